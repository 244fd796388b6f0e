//! `latent_agreement.svg` and `held_out_agreement.svg`: how much mappers agree, latent by latent.

use carto_charts::number::cell;
use carto_charts::{AgreementClass, ChartText, LatentChart, LatentRow, bands};
use plotters::backend::DrawingBackend;

use crate::agreement::MAX_ROWS;
use crate::axis::DrawnAxis;
use crate::figure::{Figure, FigureError, MARGIN_PX, check_rows, more_caption_px};
use crate::marks;
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

const LEAST_WIDTH_PX: f64 = 920.0;
/// Left end of the plot: the axis and its labels stand before it.
const LEFT_PX: f64 = 76.0;
/// A column has room for `.45`, and is no wider where there are few.
const COLUMN_PX: (f64, f64) = (25.5, 64.0);
/// Top and bottom of the plot.
const PLOT_PX: (f64, f64) = (58.0, 310.0);
/// What stands below the plot: four lines under each column, and the caption.
const FOOT_PX: f64 = 168.0;
/// From the plot to the bar of the axis.
const AXIS_GAP_PX: f64 = 2.0;
/// From the edges of a band to its name.
const INSET_PX: f64 = 9.0;
/// Below this a band has no room for its name.
const LEAST_NAMED_BAND_PX: f64 = 17.0;
/// Lines under a column: its symbol, its number, mean r, spread.
const SYMBOL_PX: f64 = PLOT_PX.1 + 15.0;
const NUMBER_PX: f64 = PLOT_PX.1 + 40.0;
const MEAN_PX: f64 = PLOT_PX.1 + 62.0;
const SPREAD_PX: f64 = PLOT_PX.1 + 80.0;

impl Figure for LatentChart {
    /// 920 wide up to 32 latents.
    fn size(&self) -> (u32, u32) {
        let height = (PLOT_PX.1 + FOOT_PX) as u32 + more_caption_px(&self.text(), 3);
        ((right_px(self) + MARGIN_PX) as u32, height)
    }

    fn text(&self) -> ChartText {
        LatentChart::text(self)
    }

    fn check(&self) -> Result<(), FigureError> {
        check_rows(self.ranking.len(), MAX_ROWS)
    }

    fn draw<DB: DrawingBackend>(&self, sheet: &Sheet<DB>, theme: &Theme) -> Drawn<DB> {
        let axis = DrawnAxis { axis: self.axis, span_px: (PLOT_PX.1, PLOT_PX.0) };
        Plot { sheet, chart: self, axis, right_px: right_px(self), theme }.draw()
    }
}

fn n_columns(chart: &LatentChart) -> f64 {
    chart.ranked().count().max(1) as f64
}

/// Right end of the plot.
fn right_px(chart: &LatentChart) -> f64 {
    let width = (n_columns(chart) * COLUMN_PX.0 + LEFT_PX + MARGIN_PX).ceil();
    LEAST_WIDTH_PX.max(width) - MARGIN_PX
}

struct Plot<'a, 'b, DB: DrawingBackend> {
    sheet: &'a Sheet<'b, DB>,
    chart: &'a LatentChart,
    axis: DrawnAxis,
    right_px: f64,
    theme: &'a Theme,
}

impl<DB: DrawingBackend> Plot<'_, '_, DB> {
    fn draw(&self) -> Drawn<DB> {
        self.bands()?;
        self.axis.draw(self.sheet, LEFT_PX - AXIS_GAP_PX, self.theme)?;
        let head = Lettering::new(self.theme.sans, 12.0, self.theme.ink2);
        for (text, y) in [("latent", NUMBER_PX), ("mean r", MEAN_PX), ("spread", SPREAD_PX)] {
            self.sheet.text(text, (MARGIN_PX, y), head)?;
        }
        let column_px = ((self.right_px - LEFT_PX) / n_columns(self.chart)).min(COLUMN_PX.1);
        for (idx, row) in self.chart.ranked().enumerate() {
            self.column(row, LEFT_PX + (idx as f64 + 0.5) * column_px)?;
        }
        if self.chart.rows.is_empty() {
            let note = Lettering::new(self.theme.sans, 13.0, self.theme.ink2);
            let at = (LEFT_PX + INSET_PX, PLOT_PX.1 - 90.0);
            self.sheet.text("nothing to compare", at, note)?;
        }
        Ok(())
    }

    fn bands(&self) -> Drawn<DB> {
        let (left, right) = (LEFT_PX, self.right_px);
        let bands = bands(LatentChart::BOUNDS, self.chart.axis)
            .map(|band| (band.class, self.axis.at(band.from), self.axis.at(band.to)));
        for (class, bottom, top) in bands {
            self.sheet.block((left, top), (right, bottom), self.theme.class(class).tint)?;
        }
        // Tints alone would merge on a printer without colours.
        for (_, border, _) in bands.into_iter().skip(1) {
            self.sheet.line(&[(left, border), (right, border)], 0.7, self.theme.rule2)?;
        }
        self.axis.draw_zero(self.sheet, (left, right), self.theme)?;
        // The ranking falls from the left: names stand where no mark does.
        for (class, bottom, top) in bands {
            if bottom - top < LEAST_NAMED_BAND_PX {
                continue;
            }
            let name = marks::class_lettering(class, self.theme);
            let (at, name) = match class {
                AgreementClass::Perceptual => ((right - INSET_PX, top + 19.0), name.flush_right()),
                AgreementClass::Mixed | AgreementClass::Stylistic => {
                    ((left + INSET_PX, bottom - 8.0), name)
                }
            };
            let label = LatentChart::band_label(class, self.chart.n_of(Some(class)));
            self.sheet.text(&label, at, name)?;
        }
        Ok(())
    }

    fn column(&self, row: &LatentRow, x: f64) -> Drawn<DB> {
        let theme = self.theme;
        let figure = Lettering::new(theme.sans, 12.0, theme.ink2).centred();
        let number = Lettering::new(theme.sans, 13.0, theme.ink).bold().centred();
        self.sheet.text(&row.dim.to_string(), (x, NUMBER_PX), number)?;
        let Some(mean) = row.r.mean else {
            return self.sheet.text("none", (x, MEAN_PX), figure);
        };
        marks::mean(self.sheet, &self.axis, row.r, x, theme)?;
        let class = row.r.class(LatentChart::BOUNDS);
        marks::class_symbol(self.sheet, class, (x, SYMBOL_PX), theme)?;
        let number = Lettering::new(theme.sans, 12.0, theme.yours).bold().centred();
        self.sheet.text(&cell(mean), (x, MEAN_PX), number)?;
        let spread = match row.r.std {
            Some(std) => cell(std),
            None if row.r.n_pairs == 1 => "one".to_owned(),
            None => "none".to_owned(),
        };
        self.sheet.text(&spread, (x, SPREAD_PX), figure)
    }
}
