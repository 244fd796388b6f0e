use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::style::RGBColor;

use super::scale::{Scale, spread};
use super::{Curve, CurvesFigure};
use crate::error::FigureError;
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

pub(super) const SIZE_PX: (u32, u32) = (920, 400);
const MARGIN_PX: f64 = 24.0;
const SPAN_PX: (f64, f64) = (76.0, 700.0);
const RISE_PX: (f64, f64) = (340.0, 64.0);
/// From one name to the next below it.
const NAME_DISTANCE_PX: f64 = 18.0;
/// From the end of a curve to the name that stands for it.
const NAME_GAP_PX: f64 = 16.0;
/// From the middle of a text to the line that it stands on.
const BASELINE_PX: f64 = 4.6;
const MAX_CURVES: usize = 12;

/// Draws the figure into an area, as large as fits.
///
/// # Errors
///
/// Those of [`super::curves_svg`], and [`FigureError::Surface`] where the backend
/// fails.
pub fn draw_curves<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    figure: &CurvesFigure,
    theme: &Theme,
) -> Result<(), FigureError>
where
    DB::ErrorType: 'static,
{
    let n_rows = figure.curves.len();
    if n_rows > MAX_CURVES {
        return Err(FigureError::TooManyRows { n_rows, limit: MAX_CURVES });
    }
    let scale = Scale::of(figure, SPAN_PX, RISE_PX);
    let plot = Plot { sheet: Sheet::fitted(area, SIZE_PX), scale, figure, theme };
    plot.draw().map_err(|error| FigureError::Surface(Box::new(error)))
}

struct Plot<'a, DB: DrawingBackend> {
    sheet: Sheet<'a, DB>,
    scale: Scale,
    figure: &'a CurvesFigure,
    theme: &'a Theme,
}

impl<DB: DrawingBackend> Plot<'_, DB> {
    fn draw(&self) -> Drawn<DB> {
        self.sheet.ground(self.theme.ground)?;
        let heading = Lettering::new(self.theme.serif, 22.0, self.theme.ink);
        self.sheet.text(&self.figure.title, (MARGIN_PX, 37.0), heading)?;
        self.axes()?;
        let mut ends = Vec::new();
        for (place, curve) in self.figure.curves.iter().enumerate() {
            if let Some(end) = self.curve(curve, self.colour(place))? {
                ends.push((place, end));
            }
        }
        let wanted: Vec<f64> = ends.iter().map(|(_, end)| end.1).collect();
        for ((place, end), y) in
            ends.iter().zip(spread(&wanted, NAME_DISTANCE_PX, (RISE_PX.1, RISE_PX.0)))
        {
            self.name(&self.figure.curves[*place], *end, y, self.colour(*place))?;
        }
        Ok(())
    }

    /// Channels have nine hues that are told apart; a run is drawn in the same.
    fn colour(&self, place: usize) -> RGBColor {
        self.theme.swatches[place % self.theme.swatches.len()]
    }

    fn axes(&self) -> Drawn<DB> {
        let label = Lettering::new(self.theme.sans, 13.0, self.theme.ink);
        let (left, right) = SPAN_PX;
        for power in self.scale.powers() {
            let y = self.scale.y(f64::from(power));
            self.sheet.line(&[(left, y), (right, y)], 0.7, self.theme.rule2)?;
            let at = (left - 8.0, y + BASELINE_PX);
            self.sheet.text(&power_of_ten(power), at, label.flush_right())?;
        }
        for step in self.scale.steps() {
            let x = self.scale.x(step);
            self.sheet.line(&[(x, RISE_PX.0), (x, RISE_PX.0 + 6.0)], 1.0, self.theme.ink)?;
            self.sheet.text(&thousands(step), (x, RISE_PX.0 + 23.0), label.centred())?;
        }
        let title = Lettering::new(self.theme.sans, 12.0, self.theme.ink2).centred();
        self.sheet.text("steps", ((left + right) / 2.0, RISE_PX.0 + 42.0), title)
    }

    /// Gives the end of the line.
    fn curve(&self, curve: &Curve, colour: RGBColor) -> Result<Option<(f64, f64)>, DrawError<DB>> {
        let points: Vec<(f64, f64)> =
            curve.points.iter().filter_map(|&point| self.scale.place(point)).collect();
        let Some(&end) = points.last() else { return Ok(None) };
        let width = if curve.is_held_out { 2.4 } else { 1.0 };
        self.sheet.line(&points, width, colour)?;
        Ok(Some(end))
    }

    fn name(&self, curve: &Curve, end: (f64, f64), y: f64, colour: RGBColor) -> Drawn<DB> {
        let start = (end.0 + 3.0, end.1);
        let to = (SPAN_PX.1 + NAME_GAP_PX, y);
        self.sheet.line(&[start, to], 0.7, colour)?;
        let lettering = Lettering::new(self.theme.sans, 13.0, self.theme.ink);
        let lettering = if curve.is_held_out { lettering.bold() } else { lettering };
        self.sheet.text(&curve.name, (to.0 + 4.0, y + BASELINE_PX), lettering)
    }
}

type DrawError<DB> = DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>;

/// `0.001`, `100`, and `1e−120` where the digits would not fit.
fn power_of_ten(power: i32) -> String {
    let zeros = |n: i32| "0".repeat(usize::try_from(n).unwrap_or_default());
    match power {
        -6..0 => format!("0.{}1", zeros(-power - 1)),
        0..=6 => format!("1{}", zeros(power)),
        _ => format!("1e{power}").replace('-', "\u{2212}"),
    }
}

fn thousands(step: f64) -> String {
    let digits = format!("{step:.0}");
    let n = digits.len();
    let grouped = digits.chars().enumerate().flat_map(|(idx, digit)| {
        let comma = (idx > 0 && (n - idx).is_multiple_of(3)).then_some(',');
        comma.into_iter().chain([digit])
    });
    grouped.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_grouped() {
        assert_eq!(thousands(0.0), "0");
        assert_eq!(thousands(500.0), "500");
        assert_eq!(thousands(12_500.0), "12,500");
        assert_eq!(thousands(1_000_000.0), "1,000,000");
    }

    #[test]
    fn powers_of_ten_are_written_out_where_they_fit() {
        let texts = [-6, -3, -1, 0, 1, 6].map(power_of_ten);
        assert_eq!(texts, ["0.000001", "0.001", "0.1", "1", "10", "1000000"]);
        assert_eq!([-7, 300].map(power_of_ten), ["1e\u{2212}7", "1e300"]);
    }
}
