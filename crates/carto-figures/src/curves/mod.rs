//! How a training run went: what it counts, step by step.

mod draw;
mod scale;

pub use self::draw::draw_curves;
use crate::error::FigureError;
use crate::svg;
use crate::theme::Theme;

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

/// Natural width and height in pixels.
#[must_use]
pub fn curves_size() -> (u32, u32) {
    draw::SIZE_PX
}

/// Curves over steps on a logarithmic axis, on white, as a file of its own.
///
/// # Errors
///
/// [`FigureError::TooManyRows`] above twelve curves, whose names would not have
/// room; numbers may be anything.
pub fn curves_svg(figure: &CurvesFigure) -> Result<String, FigureError> {
    let ends: Vec<String> = figure
        .curves
        .iter()
        .filter_map(|curve| {
            let (step, value) = curve.points.last()?;
            Some(format!("{}: {value:.4} at step {step}", curve.name))
        })
        .collect();
    let description = if ends.is_empty() { "no steps yet".to_owned() } else { ends.join("; ") };
    svg::file(curves_size(), &figure.title, &description, |area| {
        draw_curves(area, figure, &Theme::print())
    })
}
