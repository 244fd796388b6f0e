//! `curves.svg`: how a training run went, step by step.

use carto_charts::ChartText;
use carto_charts::number::fixed;
use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use crate::axis::BASELINE_PX;
use crate::curve_scale::{Scale, spread};
use crate::figure::{Figure, FigureError, check_rows};
use crate::sheet::{Drawn, Lettering, Point, Sheet};
use crate::theme::Theme;

const SIZE_PX: (u32, u32) = (920, 400);
const SPAN_PX: (f64, f64) = (76.0, 700.0);
const RISE_PX: (f64, f64) = (340.0, 64.0);
/// From one name to the next below it.
const NAME_DISTANCE_PX: f64 = 18.0;
/// From the end of a curve to the name that stands for it.
const NAME_GAP_PX: f64 = 16.0;
/// More curves would have no room for their names.
const MAX_CURVES: usize = 12;

/// One line of the figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// What stands at its end.
    pub name: String,
    /// Step and value, by step. Values that are not positive have no place on a
    /// logarithmic axis and are left out.
    pub points: Vec<(f64, f64)>,
    /// Whether it was measured on held-out maps, which is what counts.
    pub is_held_out: bool,
}

/// The curves of one run: what the figure shows.
#[derive(Debug, Clone, PartialEq)]
pub struct CurvesFigure {
    /// Which run, and what is shown.
    pub title: String,
    /// In any order; names stand at the ends, apart from each other.
    pub curves: Vec<Curve>,
}

impl Figure for CurvesFigure {
    fn size(&self) -> (u32, u32) {
        SIZE_PX
    }

    fn text(&self) -> ChartText {
        let ends = self.curves.iter().filter_map(|curve| {
            let (step, value) = curve.points.last()?;
            Some(format!("{}: {} at step {step}", curve.name, fixed(*value, 4)))
        });
        let ends: Vec<String> = ends.collect();
        let description = if ends.is_empty() { "no steps yet".to_owned() } else { ends.join("; ") };
        ChartText {
            heading: self.title.clone(),
            title: self.title.clone(),
            description,
            caption: Vec::new(),
        }
    }

    fn check(&self) -> Result<(), FigureError> {
        check_rows(self.curves.len(), MAX_CURVES)
    }

    fn draw<DB: DrawingBackend>(&self, sheet: &Sheet<DB>, theme: &Theme) -> Drawn<DB> {
        let points = self.curves.iter().flat_map(|curve| curve.points.iter().copied());
        let scale = Scale::of(points, SPAN_PX, RISE_PX);
        draw_axes(sheet, &scale, theme)?;
        let mut ends = Vec::new();
        for (place, curve) in self.curves.iter().enumerate() {
            let points: Vec<_> =
                curve.points.iter().filter_map(|&point| scale.place(point)).collect();
            if let Some(&end) = points.last() {
                let width = if curve.is_held_out { 2.4 } else { 1.0 };
                sheet.line(&points, width, colour(place, theme))?;
                ends.push((place, end));
            }
        }
        let wanted: Vec<f64> = ends.iter().map(|(_, end)| end.1).collect();
        let heights = spread(&wanted, NAME_DISTANCE_PX, (RISE_PX.1, RISE_PX.0));
        for ((place, end), y) in ends.into_iter().zip(heights) {
            draw_name(sheet, &self.curves[place], (end, y), (colour(place, theme), theme))?;
        }
        Ok(())
    }
}

/// Channels have nine hues that are told apart; a run is drawn in the same.
fn colour(place: usize, theme: &Theme) -> RGBColor {
    theme.swatches[place % theme.swatches.len()]
}

fn draw_axes<DB: DrawingBackend>(sheet: &Sheet<DB>, scale: &Scale, theme: &Theme) -> Drawn<DB> {
    let label = Lettering::new(theme.sans, 13.0, theme.ink);
    let (left, right) = SPAN_PX;
    for power in scale.powers() {
        let y = scale.y(f64::from(power));
        sheet.line(&[(left, y), (right, y)], 0.7, theme.rule2)?;
        let at = (left - 8.0, y + BASELINE_PX);
        sheet.text(&power_of_ten(power), at, label.flush_right())?;
    }
    for step in scale.steps() {
        let x = scale.x(step);
        sheet.line(&[(x, RISE_PX.0), (x, RISE_PX.0 + 6.0)], 1.0, theme.ink)?;
        sheet.text(&fixed(step, 0), (x, RISE_PX.0 + 23.0), label.centred())?;
    }
    let title = Lettering::new(theme.sans, 12.0, theme.ink2).centred();
    sheet.text("steps", ((left + right) / 2.0, RISE_PX.0 + 42.0), title)
}

/// The name of a curve at a height of its own, and the line to it from the curve's end.
fn draw_name<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    curve: &Curve,
    (end, y): (Point, f64),
    (colour, theme): (RGBColor, &Theme),
) -> Drawn<DB> {
    let to = (SPAN_PX.1 + NAME_GAP_PX, y);
    sheet.line(&[(end.0 + 3.0, end.1), to], 0.7, colour)?;
    let lettering = Lettering::new(theme.sans, 13.0, theme.ink);
    let lettering = if curve.is_held_out { lettering.bold() } else { lettering };
    sheet.text(&curve.name, (to.0 + 4.0, y + BASELINE_PX), lettering)
}

/// `0.001`, `100`, and `1e−120` where the digits would not fit.
fn power_of_ten(power: i32) -> String {
    let zeros = |n: i32| "0".repeat(usize::try_from(n).unwrap_or_default());
    match power {
        -6..0 => format!("0.{}1", zeros(-power - 1)),
        0..=6 => format!("1{}", zeros(power)),
        _ => format!("1e{power}").replace('-', "\u{2212}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten_are_written_out_where_they_fit() {
        let texts = [-6, -3, -1, 0, 1, 6].map(power_of_ten);
        assert_eq!(texts, ["0.000001", "0.001", "0.1", "1", "10", "1000000"]);
        assert_eq!([-7, 300].map(power_of_ten), ["1e\u{2212}7", "1e300"]);
    }
}
