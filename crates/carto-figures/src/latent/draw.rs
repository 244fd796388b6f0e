use carto_types::AgreementClass;
use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;

use super::layout::Layout;
use super::{LatentAgreementFigure, words};
use crate::agreement::row::{Spread, Value};
use crate::agreement::{AgreementFigure, AgreementRow};
use crate::error::FigureError;
use crate::marks;
use crate::number::cell_text;
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

const MARGIN_PX: f64 = 24.0;
/// From the plot to the bar of the axis.
const AXIS_GAP_PX: f64 = 2.0;
/// From the edges of a zone to its name.
const ZONE_INSET_PX: f64 = 9.0;
/// Below this a zone has no room for its name.
const LEAST_NAMED_ZONE_PX: f64 = 17.0;
/// Lines under a column: its symbol, its number, mean r, spread.
const SYMBOL_BELOW_PX: f64 = 15.0;
const NUMBER_BELOW_PX: f64 = 40.0;
const MEAN_BELOW_PX: f64 = 62.0;
const SPREAD_BELOW_PX: f64 = 80.0;
const CAPTION_BELOW_PX: f64 = 112.0;

/// Draws the figure of latents into an area, as large as fits.
///
/// The caller presents the backend. [`super::latent_agreement_size`] says how
/// large an area it takes for text of 12 px and more.
///
/// # Errors
///
/// Those of [`super::latent_agreement_svg`], and [`FigureError::Surface`] where
/// the backend fails.
pub fn draw_latent_agreement<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    figure: &LatentAgreementFigure,
    theme: &Theme,
) -> Result<(), FigureError>
where
    DB::ErrorType: 'static,
{
    let agreement = figure.agreement();
    agreement.check()?;
    let layout = Layout::of(&agreement);
    let sheet = Sheet::fitted(area, layout.size_px);
    let plot = Plot { sheet, layout, figure: &agreement, latents: figure, theme };
    plot.draw().map_err(|error| FigureError::Surface(Box::new(error)))
}

struct Plot<'a, DB: DrawingBackend> {
    sheet: Sheet<'a, DB>,
    layout: Layout,
    figure: &'a AgreementFigure,
    latents: &'a LatentAgreementFigure,
    theme: &'a Theme,
}

impl<DB: DrawingBackend> Plot<'_, DB> {
    fn draw(&self) -> Drawn<DB> {
        self.sheet.ground(self.theme.ground)?;
        let heading = Lettering::new(self.theme.serif, 22.0, self.theme.ink);
        self.sheet.text(&words::heading(self.latents), (MARGIN_PX, 37.0), heading)?;
        self.draw_zones()?;
        self.row_heads()?;
        for (row, &x) in self.figure.rows.iter().zip(&self.layout.columns) {
            self.column(row, x)?;
        }
        if self.figure.rows.is_empty() {
            let at = (self.layout.span.0 + ZONE_INSET_PX, self.layout.bottom_px - 90.0);
            let note = Lettering::new(self.theme.sans, 13.0, self.theme.ink2);
            self.sheet.text("nothing to compare", at, note)?;
        }
        let line = Lettering::new(self.theme.sans, 12.0, self.theme.ink2);
        let captions = words::caption(self.figure, &self.latents.encoder);
        for (text, below) in captions.iter().zip([0.0, 18.0, 36.0]) {
            let y = self.layout.bottom_px + CAPTION_BELOW_PX + below;
            self.sheet.text(text, (MARGIN_PX, y), line)?;
        }
        Ok(())
    }

    fn draw_zones(&self) -> Drawn<DB> {
        let (axis, (left, right)) = (&self.layout.axis, self.layout.span);
        let (least, greatest) = axis.ends();
        let bounds = [least, self.figure.stylistic_below, self.figure.perceptual_above, greatest];
        let [bottom, low, high, top] = bounds.map(|r| axis.x_of(r));
        let zones = [
            (AgreementClass::Stylistic, bottom, low),
            (AgreementClass::Mixed, low, high),
            (AgreementClass::Perceptual, high, top),
        ];
        for (class, bottom, top) in zones {
            self.sheet.block((left, top), (right, bottom), self.theme.class(class).tint)?;
        }
        // Tints alone would merge on a printer without colours.
        for y in [low, high] {
            self.sheet.line(&[(left, y), (right, y)], 0.7, self.theme.rule2)?;
        }
        let zero = axis.x_of(0.0);
        self.sheet.line(&[(left, zero), (right, zero)], 1.0, self.theme.ink2)?;
        // The ranking falls from the left: names stand where no mark does.
        for (class, bottom, top) in zones {
            if bottom - top < LEAST_NAMED_ZONE_PX {
                continue;
            }
            let name = self.class_lettering(class);
            let (at, name) = match class {
                AgreementClass::Perceptual => {
                    ((right - ZONE_INSET_PX, top + 19.0), name.flush_right())
                }
                AgreementClass::Mixed | AgreementClass::Stylistic => {
                    ((left + ZONE_INSET_PX, bottom - 8.0), name)
                }
            };
            self.sheet.text(&words::zone(self.figure, class), at, name)?;
        }
        axis.draw_upright(&self.sheet, left - AXIS_GAP_PX, self.theme)
    }

    fn row_heads(&self) -> Drawn<DB> {
        let head = Lettering::new(self.theme.sans, 12.0, self.theme.ink2);
        let bottom = self.layout.bottom_px;
        for (text, below) in
            [("latent", NUMBER_BELOW_PX), ("mean r", MEAN_BELOW_PX), ("spread", SPREAD_BELOW_PX)]
        {
            self.sheet.text(text, (MARGIN_PX, bottom + below), head)?;
        }
        Ok(())
    }

    fn column(&self, row: &AgreementRow, x: f64) -> Drawn<DB> {
        let (theme, axis, bottom) = (self.theme, &self.layout.axis, self.layout.bottom_px);
        let figure = Lettering::new(theme.sans, 12.0, theme.ink2).centred();
        let number = Lettering::new(theme.sans, 13.0, theme.ink).bold().centred();
        self.sheet.text(&row.name, (x, bottom + NUMBER_BELOW_PX), number)?;
        let Some(value) = Value::of(row, self.figure) else {
            return self.sheet.text("none", (x, bottom + MEAN_BELOW_PX), figure);
        };
        if let Some(ends) = value.whisker() {
            marks::upright_whisker(&self.sheet, axis, ends, x, theme)?;
        }
        marks::diamond(&self.sheet, (x, axis.x_of(value.mean)), theme)?;
        marks::class_symbol(&self.sheet, value.class, (x, bottom + SYMBOL_BELOW_PX), theme)?;
        let mean = Lettering::new(theme.sans, 12.0, theme.yours).bold().centred();
        self.sheet.text(&cell_text(value.mean), (x, bottom + MEAN_BELOW_PX), mean)?;
        let spread = match value.spread {
            Spread::Std(std) => cell_text(std),
            Spread::OnlyOnePair => "one".to_owned(),
            Spread::NoValue => "none".to_owned(),
        };
        self.sheet.text(&spread, (x, bottom + SPREAD_BELOW_PX), figure)
    }

    /// Land upright, water in italics, as on charts.
    fn class_lettering(&self, class: AgreementClass) -> Lettering {
        let colour = self.theme.class(class).text;
        match class {
            AgreementClass::Stylistic => Lettering::new(self.theme.serif, 14.0, colour).italic(),
            _ => Lettering::new(self.theme.sans, 13.0, colour),
        }
    }
}
