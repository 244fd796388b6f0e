use carto_types::AgreementClass;
use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;

use super::layout::Layout;
use super::names::{self, BASELINE_PX, MARGIN_PX};
use super::row::{Spread, Value};
use super::{AgreementFigure, words};
use crate::error::FigureError;
use crate::marks;
use crate::number::r_text;
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

/// Right ends of the two columns of numbers.
const MEAN_END_PX: f64 = 716.0;
const SPREAD_END_PX: f64 = 786.0;
const SYMBOL_PX: f64 = 813.0;
const CLASS_PX: f64 = 826.0;
/// From the left of a zone to what is written in it.
const ZONE_INSET_PX: f64 = 9.0;
/// Below this a zone has no room for its name; the class column still has it.
const LEAST_NAMED_ZONE_PX: f64 = 37.0;
/// From this on a name stands at the left of its zone, else in its middle.
const WIDE_ZONE_PX: f64 = 76.0;

/// Draws the agreement figure into an area, as large as fits.
///
/// The caller presents the backend. [`super::agreement_size`] says how large
/// an area it takes for text of 12 px and more.
///
/// # Errors
///
/// Those of [`super::agreement_svg`], and [`FigureError::Surface`] where the
/// backend fails.
pub fn draw_agreement<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    figure: &AgreementFigure,
    theme: &Theme,
) -> Result<(), FigureError>
where
    DB::ErrorType: 'static,
{
    figure.check()?;
    let layout = Layout::of(figure);
    let plot = Plot { sheet: Sheet::fitted(area, layout.size_px), layout, figure, theme };
    plot.draw().map_err(|error| FigureError::Surface(Box::new(error)))
}

struct Plot<'a, DB: DrawingBackend> {
    sheet: Sheet<'a, DB>,
    layout: Layout,
    figure: &'a AgreementFigure,
    theme: &'a Theme,
}

impl<DB: DrawingBackend> Plot<'_, DB> {
    fn draw(&self) -> Drawn<DB> {
        self.sheet.ground(self.theme.ground)?;
        let heading = Lettering::new(self.theme.serif, 22.0, self.theme.ink);
        self.sheet.text(&words::heading(self.figure), (MARGIN_PX, 37.0), heading)?;
        self.draw_zones()?;
        self.column_heads()?;
        names::draw_families(&self.sheet, &self.layout, self.theme)?;
        for (row, &y) in self.figure.rows.iter().zip(&self.layout.row_ys) {
            names::draw_name(&self.sheet, &row.name, y, self.theme)?;
            match Value::of(row, self.figure) {
                Some(value) => self.row_value(value, y)?,
                None => self.note("no value", y)?,
            }
        }
        if self.figure.rows.is_empty() {
            let (top, bottom) = self.layout.zones;
            self.note("nothing to compare", (top + bottom) / 2.0)?;
        }
        self.caption()
    }

    /// The classes along the axis, and where in natural pixels each begins and ends.
    fn zones(&self) -> [(AgreementClass, f64, f64); 3] {
        let axis = &self.layout.axis;
        let (least, greatest) = axis.ends();
        let bounds = [least, self.figure.stylistic_below, self.figure.perceptual_above, greatest];
        let [left, low, high, right] = bounds.map(|r| axis.x_of(r));
        [
            (AgreementClass::Stylistic, left, low),
            (AgreementClass::Mixed, low, high),
            (AgreementClass::Perceptual, high, right),
        ]
    }

    fn draw_zones(&self) -> Drawn<DB> {
        let (axis, (top, bottom)) = (&self.layout.axis, self.layout.zones);
        let zones = self.zones();
        for (class, left, right) in zones {
            self.sheet.block((left, top), (right, bottom), self.theme.class(class).tint)?;
            let name = self.class_lettering(class);
            let (x, name) = match right - left {
                width if width < LEAST_NAMED_ZONE_PX => continue,
                width if width < WIDE_ZONE_PX => {
                    ((left + right) / 2.0, Lettering { size_px: 12.0, ..name.centred() })
                }
                _ => (left + ZONE_INSET_PX, name),
            };
            self.sheet.text(words::class_word(class), (x, top + 20.0), name)?;
        }
        // Tints alone would merge on a printer without colours.
        for (_, border, _) in zones.into_iter().skip(1) {
            self.sheet.line(&[(border, top), (border, bottom)], 0.7, self.theme.rule2)?;
        }
        axis.draw_zero(&self.sheet, (top + 30.0, bottom), self.theme)?;
        axis.draw(&self.sheet, bottom, "mean Pearson r", self.theme)
    }

    fn column_heads(&self) -> Drawn<DB> {
        let head = Lettering::new(self.theme.sans, 12.0, self.theme.ink2);
        let y = self.layout.zones.0 + 20.0;
        self.sheet.text("mean r", (MEAN_END_PX, y), head.flush_right())?;
        self.sheet.text("spread", (SPREAD_END_PX, y), head.flush_right())?;
        self.sheet.text("class", (CLASS_PX, y), head)
    }

    fn row_value(&self, value: Value, y: f64) -> Drawn<DB> {
        let (theme, baseline, axis) = (self.theme, y + BASELINE_PX, &self.layout.axis);
        if let Some(ends) = value.whisker() {
            marks::whisker(&self.sheet, axis, ends, y, theme)?;
        }
        marks::diamond(&self.sheet, (axis.x_of(value.mean), y), theme)?;

        let number = Lettering::new(theme.sans, 13.0, theme.yours).bold().flush_right();
        self.sheet.text(&r_text(value.mean), (MEAN_END_PX, baseline), number)?;
        let spread = match value.spread {
            Spread::Std(std) => format!("\u{b1} {}", r_text(std)),
            Spread::OnlyOnePair => "one pair".to_owned(),
            Spread::NoValue => "no value".to_owned(),
        };
        let number = Lettering::new(theme.sans, 13.0, theme.ink2).flush_right();
        self.sheet.text(&spread, (SPREAD_END_PX, baseline), number)?;
        marks::class_symbol(&self.sheet, value.class, (SYMBOL_PX, y), theme)?;
        let word = words::class_word(value.class);
        self.sheet.text(word, (CLASS_PX, baseline), self.class_lettering(value.class))
    }

    /// A word where the marks would be, in the widest zone so that no line crosses it.
    fn note(&self, text: &str, y: f64) -> Drawn<DB> {
        let by_width = |a: &(AgreementClass, f64, f64), b: &(AgreementClass, f64, f64)| {
            (a.2 - a.1).total_cmp(&(b.2 - b.1))
        };
        let left = self.zones().into_iter().max_by(by_width).map_or(0.0, |(_, left, _)| left);
        let at = (left + ZONE_INSET_PX, y + BASELINE_PX);
        self.sheet.text(text, at, Lettering::new(self.theme.sans, 13.0, self.theme.ink2))
    }

    fn caption(&self) -> Drawn<DB> {
        let line = Lettering::new(self.theme.sans, 12.0, self.theme.ink2);
        let first_y = self.layout.zones.1 + 74.0;
        for (text, y) in words::caption(self.figure).iter().zip([first_y, first_y + 18.0]) {
            self.sheet.text(text, (MARGIN_PX, y), line)?;
        }
        Ok(())
    }

    /// Land upright, water in italics, as on charts.
    fn class_lettering(&self, class: AgreementClass) -> Lettering {
        let colour = self.theme.class(class).text;
        match class {
            AgreementClass::Stylistic => self.serif_italic(14.0, colour),
            _ => Lettering::new(self.theme.sans, 13.0, colour),
        }
    }

    fn serif_italic(&self, size_px: f64, colour: plotters::style::RGBColor) -> Lettering {
        Lettering::new(self.theme.serif, size_px, colour).italic()
    }
}
