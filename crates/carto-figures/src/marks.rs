//! The marks that mean the same in every figure.

use carto_charts::{AgreementClass, PairMean, Whisker};
use plotters::backend::DrawingBackend;

use crate::axis::DrawnAxis;
use crate::sheet::{Drawn, Lettering, Point, Sheet};
use crate::theme::Theme;

const DIAMOND_HALF_PX: f64 = 6.5;
const WHISKER_PX: f64 = 1.5;
const END_TICK_HALF_PX: f64 = 4.5;
const BAND_HALF_PX: f64 = 4.0;
const SYMBOL_STROKE_PX: f64 = 1.7;

/// A mean: the filled diamond.
pub(crate) fn diamond<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    (x, y): Point,
    theme: &Theme,
) -> Drawn<DB> {
    let half = DIAMOND_HALF_PX;
    sheet.shape(&[(x, y - half), (x + half, y), (x, y + half), (x - half, y)], theme.yours)
}

/// A mean of which nothing can be said: the diamond without its filling, in grey.
pub(crate) fn hollow_diamond<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    (x, y): Point,
    theme: &Theme,
) -> Drawn<DB> {
    let half = DIAMOND_HALF_PX - SYMBOL_STROKE_PX / 2.0;
    let corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)];
    sheet.shape(&corners, theme.ground)?;
    sheet.outline(&corners, SYMBOL_STROKE_PX, theme.ink2)
}

/// The standard deviation across pairs: a thin line with end ticks, so that it never looks like
/// the band of an interval. An end that the axis cuts off has no tick.
fn whisker<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    axis: &DrawnAxis,
    whisker: Whisker,
    across_px: f64,
    theme: &Theme,
) -> Drawn<DB> {
    let (from, to) = (axis.at(whisker.from), axis.at(whisker.to));
    let ends = [axis.point(from, across_px), axis.point(to, across_px)];
    sheet.line(&ends, WHISKER_PX, theme.yours)?;
    for (along, is_cut) in [(from, whisker.is_cut_low), (to, whisker.is_cut_high)] {
        if !is_cut {
            let half = [across_px - END_TICK_HALF_PX, across_px + END_TICK_HALF_PX];
            sheet.line(&half.map(|across| axis.point(along, across)), WHISKER_PX, theme.yours)?;
        }
    }
    Ok(())
}

/// The interval of a mean: a band, light enough for the diamond to stand on it. An end that the axis
/// cuts off is open: it has no line across.
pub(crate) fn interval_band<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    axis: &DrawnAxis,
    ends: Whisker,
    across_px: f64,
    theme: &Theme,
) -> Drawn<DB> {
    let (from, to) = (axis.at(ends.from), axis.at(ends.to));
    let [above, below] = [across_px - BAND_HALF_PX, across_px + BAND_HALF_PX];
    sheet.block(axis.point(from, above), axis.point(to, below), theme.interval)?;
    for (along, is_cut) in [(from, ends.is_cut_low), (to, ends.is_cut_high)] {
        if !is_cut {
            let ends = [above, below].map(|across| axis.point(along, across));
            sheet.line(&ends, WHISKER_PX, theme.yours)?;
        }
    }
    Ok(())
}

/// A mean with its whisker; nothing for what is no value.
pub(crate) fn mean<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    axis: &DrawnAxis,
    value: PairMean,
    across_px: f64,
    theme: &Theme,
) -> Drawn<DB> {
    if let Some(ends) = value.whisker(axis.axis) {
        whisker(sheet, axis, ends, across_px, theme)?;
    }
    match value.share(axis.axis) {
        Some(share) => diamond(sheet, axis.point(axis.at(share), across_px), theme),
        None => Ok(()),
    }
}

/// The symbol of a class, so that it never depends on colour alone; a ring in grey where there
/// are too few songs for one.
pub(crate) fn class_symbol<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    class: Option<AgreementClass>,
    (x, y): Point,
    theme: &Theme,
) -> Drawn<DB> {
    let Some(class) = class else {
        return sheet.ring((x, y), 5.2, SYMBOL_STROKE_PX, theme.ink2);
    };
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

/// How the word for a class is written: stylistic in italics.
pub(crate) fn class_lettering(class: AgreementClass, theme: &Theme) -> Lettering {
    let colour = theme.class(class).text;
    match class {
        AgreementClass::Stylistic => Lettering::new(theme.serif, 14.0, colour).italic(),
        _ => Lettering::new(theme.sans, 13.0, colour),
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
