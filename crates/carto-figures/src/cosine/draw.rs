use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;

use super::bins::Bins;
use super::{CosineFigure, words};
use crate::axis::RAxis;
use crate::error::FigureError;
use crate::number::counted;
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

pub(super) const SIZE_PX: (u32, u32) = (920, 398);
const MARGIN_PX: f64 = 24.0;
const SPAN_PX: (f64, f64) = (40.0, 880.0);
const PLOT_PX: (f64, f64) = (92.0, 264.0);
/// Between two bars.
const GAP_PX: f64 = 1.0;
/// How far the lines of the means rise above the fullest bin and its label.
const MEAN_RISE_PX: f64 = 36.0;

/// Draws the histogram into an area, as large as fits.
///
/// The caller presents the backend. [`super::cosine_size`] says how large an
/// area it takes for text of 12 px and more.
///
/// # Errors
///
/// [`FigureError::Surface`] where the backend fails.
pub fn draw_cosine_histogram<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    figure: &CosineFigure,
    theme: &Theme,
) -> Result<(), FigureError>
where
    DB::ErrorType: 'static,
{
    let sheet = Sheet::fitted(area, SIZE_PX);
    draw(&sheet, figure, theme).map_err(|error| FigureError::Surface(Box::new(error)))
}

fn draw<DB: DrawingBackend>(sheet: &Sheet<DB>, figure: &CosineFigure, theme: &Theme) -> Drawn<DB> {
    let bins = Bins::of(&figure.cosines);
    let least = f64::from(bins.from_tenth) / 10.0;
    let axis = RAxis::covering_at_least((0, 10), [least, figure.mean_r], SPAN_PX);
    sheet.ground(theme.ground)?;
    let heading = Lettering::new(theme.serif, 22.0, theme.ink);
    sheet.text(words::HEADING, (MARGIN_PX, 37.0), heading)?;
    match bins.fullest() {
        Some(fullest) => {
            draw_bars(sheet, &bins, fullest, &axis, theme)?;
            draw_means(sheet, figure, &axis, theme)?;
        }
        None => {
            let note = Lettering::new(theme.sans, 13.0, theme.ink2);
            sheet.text("nothing to compare", (SPAN_PX.0 + 9.0, PLOT_PX.1 - 30.0), note)?;
        }
    }
    axis.draw(sheet, PLOT_PX.1, "cosine, and Pearson r on the same scale", theme)?;
    let line = Lettering::new(theme.sans, 12.0, theme.ink2);
    for (text, below) in words::caption(figure, &bins).iter().zip([74.0, 92.0, 110.0]) {
        sheet.text(text, (MARGIN_PX, PLOT_PX.1 + below), line)?;
    }
    Ok(())
}

fn draw_bars<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    bins: &Bins,
    (fullest_idx, most): (usize, u32),
    axis: &RAxis,
    theme: &Theme,
) -> Drawn<DB> {
    let (top, bottom) = PLOT_PX;
    let height = |count: u32| (bottom - top) * f64::from(count) / f64::from(most);
    for (idx, &count) in bins.counts.iter().enumerate().filter(|&(_, &count)| count > 0) {
        let (left, right) = (axis.x_of(bins.from(idx)), axis.x_of(bins.from(idx + 1)));
        let corner = (left + GAP_PX, bottom - height(count));
        sheet.block(corner, (right, bottom), theme.yours)?;
    }
    // The one height that is written out gives the scale of all.
    let label = Lettering::new(theme.sans, 12.0, theme.ink2);
    let fullest_left = axis.x_of(bins.from(fullest_idx));
    sheet.line(&[(SPAN_PX.0, top), (fullest_left, top)], 0.7, theme.rule2)?;
    sheet.text(&counted(most, "pair", "pairs"), (SPAN_PX.0, top - 6.0), label)
}

/// Both means as upright lines with their names.
fn draw_means<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    figure: &CosineFigure,
    axis: &RAxis,
    theme: &Theme,
) -> Drawn<DB> {
    let (top, bottom) = (PLOT_PX.0 - MEAN_RISE_PX, PLOT_PX.1);
    let marks = [
        (figure.mean_r, words::r_label(figure)),
        (figure.cosine_mean, words::cosine_label(figure)),
    ];
    for (at, label) in marks {
        // Written so that NaN has no mark, too.
        if at.abs() <= 1.0 {
            let x = axis.x_of(at);
            sheet.line(&[(x, top), (x, bottom)], 1.5, theme.ink)?;
            let name = Lettering::new(theme.sans, 13.0, theme.ink).bold();
            // On the side where there is room.
            let is_right = x > (SPAN_PX.0 + SPAN_PX.1) / 2.0;
            let (x, name) = if is_right { (x - 8.0, name.flush_right()) } else { (x + 8.0, name) };
            sheet.text(&label, (x, top + 10.0), name)?;
        }
    }
    Ok(())
}
