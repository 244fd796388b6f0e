//! The marks that mean the same in every figure.

use carto_types::AgreementClass;
use plotters::backend::DrawingBackend;

use crate::axis::RAxis;
use crate::sheet::{Drawn, Point, Sheet};
use crate::theme::Theme;

const DIAMOND_HALF_PX: f64 = 6.5;
const WHISKER_PX: f64 = 1.5;
const END_TICK_HALF_PX: f64 = 4.5;
const SYMBOL_STROKE_PX: f64 = 1.7;

/// A person's own mean: the filled diamond.
pub(crate) fn diamond<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    (x, y): Point,
    theme: &Theme,
) -> Drawn<DB> {
    let half = DIAMOND_HALF_PX;
    sheet.shape(&[(x, y - half), (x + half, y), (x, y + half), (x - half, y)], theme.yours)
}

/// Spread over pairs: a thin line with end ticks, so that it never looks like
/// the band of an interval.
///
/// An end that lies beyond the axis stops there without its tick.
pub(crate) fn whisker<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    axis: &RAxis,
    (low, high): (f64, f64),
    y: f64,
    theme: &Theme,
) -> Drawn<DB> {
    let (least, greatest) = axis.ends();
    let (from, to) = (axis.x_of(low.max(least)), axis.x_of(high.min(greatest)));
    sheet.line(&[(from, y), (to, y)], WHISKER_PX, theme.yours)?;
    for (x, is_shown) in [(from, low >= least), (to, high <= greatest)] {
        if is_shown {
            let tick = [(x, y - END_TICK_HALF_PX), (x, y + END_TICK_HALF_PX)];
            sheet.line(&tick, WHISKER_PX, theme.yours)?;
        }
    }
    Ok(())
}

/// The same on an upright axis, over `x`.
pub(crate) fn upright_whisker<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    axis: &RAxis,
    (low, high): (f64, f64),
    x: f64,
    theme: &Theme,
) -> Drawn<DB> {
    let (least, greatest) = axis.ends();
    let (from, to) = (axis.x_of(low.max(least)), axis.x_of(high.min(greatest)));
    sheet.line(&[(x, from), (x, to)], WHISKER_PX, theme.yours)?;
    for (y, is_shown) in [(from, low >= least), (to, high <= greatest)] {
        if is_shown {
            let tick = [(x - END_TICK_HALF_PX, y), (x + END_TICK_HALF_PX, y)];
            sheet.line(&tick, WHISKER_PX, theme.yours)?;
        }
    }
    Ok(())
}

/// The symbol of a class, so that it never depends on colour alone.
pub(crate) fn class_symbol<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    class: AgreementClass,
    (x, y): Point,
    theme: &Theme,
) -> Drawn<DB> {
    let colour = theme.class(class).text;
    match class {
        AgreementClass::Perceptual => {
            sheet.shape(&[(x, y - 5.5), (x + 6.0, y + 5.5), (x - 6.0, y + 5.5)], colour)
        }
        AgreementClass::Mixed => {
            sheet.ring((x, y), 5.2, SYMBOL_STROKE_PX, colour)?;
            sheet.shape(&right_half_disc((x, y), 5.2), colour)
        }
        AgreementClass::Stylistic => {
            let corners = [(x - 5.2, y - 4.6), (x + 5.2, y - 4.6), (x, y + 4.6)];
            sheet.outline(&corners, SYMBOL_STROKE_PX, colour)
        }
    }
}

/// Points of a half circle, from the top over the right to the bottom.
fn right_half_disc((x, y): Point, radius: f64) -> Vec<Point> {
    const N_STEPS: i32 = 8;
    // With t from -1 to 1, ((1 - t²)/(1 + t²), 2t/(1 + t²)) runs along the half
    // circle: the same bits on every target, which a sine does not promise.
    (-N_STEPS..=N_STEPS)
        .map(|step| {
            let t = f64::from(step) / f64::from(N_STEPS);
            let over = radius / (1.0 + t * t);
            (x + (1.0 - t * t) * over, y + 2.0 * t * over)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_disc_is_half_a_disc() {
        let points = right_half_disc((10.0, 20.0), 5.0);
        assert_eq!(points.first(), Some(&(10.0, 15.0)));
        assert_eq!(points.last(), Some(&(10.0, 25.0)));
        for (x, y) in points {
            let (dx, dy) = (x - 10.0, y - 20.0);
            assert!(dx >= 0.0);
            assert!((dx * dx + dy * dy - 25.0).abs() < 1e-9);
        }
    }
}
