//! `cross_mapper_agreement.svg`, `channel_cosine.svg` and `channel_distance.svg`: how much
//! mappers agree, channel by channel.

use carto_charts::number::fixed;
use carto_charts::{
    AgreementChart, AgreementClass, AgreementRow, ChartText, Metric, PairMean, bands,
};
use plotters::backend::DrawingBackend;

use crate::axis::{BASELINE_PX, DrawnAxis};
use crate::channel_rows::{ChannelRows, PLOT_SPAN_PX, draw_name};
use crate::figure::{Figure, FigureError, check_rows, more_caption_px};
use crate::marks;
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

/// Most rows of one figure; a beatmap has nine channels, a latent 32.
pub(crate) const MAX_ROWS: usize = 64;

/// Right ends of the columns of numbers; the third is that of mean r beside a companion.
const MEAN_END_PX: f64 = 716.0;
const SPREAD_END_PX: f64 = 786.0;
const R_END_PX: f64 = 866.0;
const SYMBOL_PX: f64 = 813.0;
const CLASS_PX: f64 = 826.0;
/// From the left of a band, or of the plot, to what is written in it.
const INSET_PX: f64 = 9.0;
/// From the top of the plot to the line of heads and names.
const HEADS_BELOW_PX: f64 = 20.0;
/// The line of zero begins below the names of the bands.
const ZERO_BELOW_NAMES_PX: f64 = 30.0;
/// Below this a band has no room for its name; the class column still has it.
const LEAST_NAMED_BAND_PX: f64 = 37.0;
/// From this on a name stands at the left of its band, else in its middle.
const WIDE_BAND_PX: f64 = 76.0;

impl Figure for AgreementChart {
    fn size(&self) -> (u32, u32) {
        let (width, height) = rows_of(self).size_px;
        (width, height + more_caption_px(&self.text(), 2))
    }

    fn text(&self) -> ChartText {
        AgreementChart::text(self)
    }

    fn check(&self) -> Result<(), FigureError> {
        check_rows(self.rows.len(), MAX_ROWS)
    }

    fn draw<DB: DrawingBackend>(&self, sheet: &Sheet<DB>, theme: &Theme) -> Drawn<DB> {
        let axis = DrawnAxis { axis: self.axis, span_px: PLOT_SPAN_PX };
        Plot { sheet, chart: self, rows: rows_of(self), axis, theme }.draw()
    }
}

fn rows_of(chart: &AgreementChart) -> ChannelRows {
    ChannelRows::of(chart.rows.iter().map(|row| row.name.as_str()))
}

struct Plot<'a, 'b, DB: DrawingBackend> {
    sheet: &'a Sheet<'b, DB>,
    chart: &'a AgreementChart,
    rows: ChannelRows,
    axis: DrawnAxis,
    theme: &'a Theme,
}

impl<DB: DrawingBackend> Plot<'_, '_, DB> {
    fn draw(&self) -> Drawn<DB> {
        let (top, bottom) = self.rows.plot_px;
        match self.chart.metric {
            Metric::Correlation => self.bands()?,
            Metric::Cosine | Metric::Distance => self.frame()?,
        }
        self.axis.draw(self.sheet, bottom, self.theme)?;
        self.axis.draw_title(self.sheet, bottom, self.chart.metric.axis_title(), self.theme)?;
        self.column_heads()?;
        self.rows.draw_families(self.sheet, self.theme)?;
        for (row, &y) in self.chart.rows.iter().zip(&self.rows.row_ys) {
            draw_name(self.sheet, &row.name, y, self.theme)?;
            match row.shown.mean {
                Some(_) => self.row_value(row, y)?,
                None => self.note("no value", y)?,
            }
        }
        if self.chart.rows.is_empty() {
            self.note("nothing to compare", (top + bottom) / 2.0)?;
        }
        Ok(())
    }

    fn frame(&self) -> Drawn<DB> {
        let ((left, right), (top, bottom)) = (PLOT_SPAN_PX, self.rows.plot_px);
        self.sheet.frame((left, top), (right, bottom), 0.7, self.theme.rule2)?;
        self.axis.draw_zero(self.sheet, (top, bottom), self.theme)
    }

    /// The classes along the axis, and where in natural pixels each begins and ends.
    fn band_ends(&self) -> [(AgreementClass, f64, f64); 3] {
        let bands = bands(AgreementChart::BOUNDS, self.chart.axis);
        bands.map(|band| (band.class, self.axis.at(band.from), self.axis.at(band.to)))
    }

    fn bands(&self) -> Drawn<DB> {
        let (top, bottom) = self.rows.plot_px;
        let bands = self.band_ends();
        for (class, left, right) in bands {
            self.sheet.block((left, top), (right, bottom), self.theme.class(class).tint)?;
            let name = marks::class_lettering(class, self.theme);
            let (x, name) = match right - left {
                width if width < LEAST_NAMED_BAND_PX => continue,
                width if width < WIDE_BAND_PX => {
                    ((left + right) / 2.0, Lettering { size_px: 12.0, ..name.centred() })
                }
                _ => (left + INSET_PX, name),
            };
            self.sheet.text(class.name(), (x, top + HEADS_BELOW_PX), name)?;
        }
        // Tints alone would merge on a printer without colours.
        for (_, border, _) in bands.into_iter().skip(1) {
            self.sheet.line(&[(border, top), (border, bottom)], 0.7, self.theme.rule2)?;
        }
        self.axis.draw_zero(self.sheet, (top + ZERO_BELOW_NAMES_PX, bottom), self.theme)
    }

    fn column_heads(&self) -> Drawn<DB> {
        let head = Lettering::new(self.theme.sans, 12.0, self.theme.ink2);
        let y = self.rows.plot_px.0 + HEADS_BELOW_PX;
        let metric = self.chart.metric;
        self.sheet.text(metric.column(), (MEAN_END_PX, y), head.flush_right())?;
        self.sheet.text("spread", (SPREAD_END_PX, y), head.flush_right())?;
        match metric {
            Metric::Correlation => self.sheet.text("class", (CLASS_PX, y), head),
            Metric::Cosine | Metric::Distance => {
                let beside = metric.companion().column();
                self.sheet.text(beside, (R_END_PX, y), head.flush_right())
            }
        }
    }

    fn row_value(&self, row: &AgreementRow, y: f64) -> Drawn<DB> {
        let (theme, baseline) = (self.theme, y + BASELINE_PX);
        marks::mean(self.sheet, &self.axis, row.shown, y, theme)?;
        let number = Lettering::new(theme.sans, 13.0, theme.yours).bold().flush_right();
        self.sheet.text(&row.shown.mean_text(), (MEAN_END_PX, baseline), number)?;
        let number = Lettering::new(theme.sans, 13.0, theme.ink2).flush_right();
        self.sheet.text(&spread_text(row.shown), (SPREAD_END_PX, baseline), number)?;
        if self.chart.metric != Metric::Correlation {
            return self.sheet.text(&row.companion.mean_text(), (R_END_PX, baseline), number);
        }
        let class = row.r.class(AgreementChart::BOUNDS);
        marks::class_symbol(self.sheet, class, (SYMBOL_PX, y), theme)?;
        let plain = Lettering::new(theme.sans, 13.0, theme.ink2);
        let word = class.map_or(plain, |class| marks::class_lettering(class, theme));
        self.sheet.text(row.r.class_text(AgreementChart::BOUNDS), (CLASS_PX, baseline), word)
    }

    /// A word where the marks would be: in the widest band, so that no line crosses it.
    fn note(&self, text: &str, y: f64) -> Drawn<DB> {
        let left = match self.chart.metric {
            Metric::Correlation => {
                let width = |(_, left, right): &(AgreementClass, f64, f64)| right - left;
                let widest = self.band_ends().into_iter();
                let widest = widest.max_by(|a, b| width(a).total_cmp(&width(b)));
                widest.map_or(0.0, |(_, left, _)| left)
            }
            Metric::Cosine | Metric::Distance => PLOT_SPAN_PX.0,
        };
        let at = (left + INSET_PX, y + BASELINE_PX);
        self.sheet.text(text, at, Lettering::new(self.theme.sans, 13.0, self.theme.ink2))
    }
}

/// The standard deviation in its column, or why there is none.
fn spread_text(value: PairMean) -> String {
    match value.std {
        Some(std) => format!("± {}", fixed(std, 2)),
        None => value.no_spread().to_owned(),
    }
}
