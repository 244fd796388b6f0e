use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;

use super::{Measure, MeasureFigure, MeasureRow, words};
use crate::agreement::layout::{Layout, ZONES_SPAN_PX};
use crate::agreement::names::{self, BASELINE_PX, MARGIN_PX};
use crate::axis::RAxis;
use crate::error::FigureError;
use crate::marks;
use crate::number::{correlation, r_or_none, r_text};
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

/// Right ends of the three columns of numbers.
const MEAN_END_PX: f64 = 716.0;
const SPREAD_END_PX: f64 = 786.0;
const R_END_PX: f64 = 866.0;
/// From the left end of the plot to a word that stands in it.
const INSET_PX: f64 = 9.0;

pub(super) fn layout(figure: &MeasureFigure) -> Layout {
    let values = figure.rows.iter().filter_map(|row| figure.value(row));
    let reach = values.flat_map(|(mean, spread)| {
        let spread = spread.unwrap_or(0.0);
        [mean - spread, mean + spread]
    });
    let (least, most) = match figure.measure {
        Measure::Cosine => ((0, 10), figure.measure.range_tenths()),
        Measure::Distance => ((0, 8), figure.measure.range_tenths()),
    };
    let axis = RAxis::covering_within(least, most, reach, ZONES_SPAN_PX);
    Layout::of_channels(figure.rows.iter().map(|row| row.name.as_str()), axis)
}

/// Draws the figure of a measure into an area, as large as fits.
///
/// The caller presents the backend. [`super::measure_size`] says how large an
/// area it takes for text of 12 px and more.
///
/// # Errors
///
/// Those of [`super::measure_svg`], and [`FigureError::Surface`] where the
/// backend fails.
pub fn draw_measure<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    figure: &MeasureFigure,
    theme: &Theme,
) -> Result<(), FigureError>
where
    DB::ErrorType: 'static,
{
    figure.check()?;
    let layout = layout(figure);
    let sheet = Sheet::fitted(area, layout.size_px);
    draw(&sheet, &layout, figure, theme).map_err(|error| FigureError::Surface(Box::new(error)))
}

fn draw<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    layout: &Layout,
    figure: &MeasureFigure,
    theme: &Theme,
) -> Drawn<DB> {
    sheet.ground(theme.ground)?;
    let heading = Lettering::new(theme.serif, 22.0, theme.ink);
    sheet.text(&words::heading(figure), (MARGIN_PX, 37.0), heading)?;
    let ((left, right), (top, bottom)) = (ZONES_SPAN_PX, layout.zones);
    let frame = [(left, top), (right, top), (right, bottom), (left, bottom)];
    sheet.outline(&frame, 0.7, theme.rule2)?;
    layout.axis.draw_zero(sheet, layout.zones, theme)?;
    layout.axis.draw(sheet, bottom, words::axis_title(figure.measure), theme)?;

    let head = Lettering::new(theme.sans, 12.0, theme.ink2).flush_right();
    let columns = [words::column(figure.measure), "spread", "mean r"];
    for (text, x) in columns.into_iter().zip([MEAN_END_PX, SPREAD_END_PX, R_END_PX]) {
        sheet.text(text, (x, top + 20.0), head)?;
    }
    names::draw_families(sheet, layout, theme)?;
    for (row, &y) in figure.rows.iter().zip(&layout.row_ys) {
        names::draw_name(sheet, &row.name, y, theme)?;
        draw_row(sheet, layout, figure, (row, y), theme)?;
    }
    let note = Lettering::new(theme.sans, 13.0, theme.ink2);
    if figure.rows.is_empty() {
        let middle = (top + bottom) / 2.0 + BASELINE_PX;
        sheet.text("nothing to compare", (left + INSET_PX, middle), note)?;
    }
    let line = Lettering::new(theme.sans, 12.0, theme.ink2);
    let first_y = bottom + 74.0;
    for (text, y) in words::caption(figure).iter().zip([first_y, first_y + 18.0]) {
        sheet.text(text, (MARGIN_PX, y), line)?;
    }
    Ok(())
}

fn draw_row<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    layout: &Layout,
    figure: &MeasureFigure,
    (row, y): (&MeasureRow, f64),
    theme: &Theme,
) -> Drawn<DB> {
    let (axis, baseline) = (&layout.axis, y + BASELINE_PX);
    let second = Lettering::new(theme.sans, 13.0, theme.ink2);
    let Some((mean, spread)) = figure.value(row) else {
        return sheet.text("no value", (ZONES_SPAN_PX.0 + INSET_PX, baseline), second);
    };
    if let Some(std) = spread {
        marks::whisker(sheet, axis, (mean - std, mean + std), y, theme)?;
    }
    marks::diamond(sheet, (axis.x_of(mean), y), theme)?;
    let number = Lettering::new(theme.sans, 13.0, theme.yours).bold().flush_right();
    sheet.text(&r_text(mean), (MEAN_END_PX, baseline), number)?;
    let spread = match spread {
        Some(std) => format!("\u{b1} {}", r_text(std)),
        None if figure.n_pairs == 1 => "one pair".to_owned(),
        None => "no value".to_owned(),
    };
    sheet.text(&spread, (SPREAD_END_PX, baseline), second.flush_right())?;
    let r = r_or_none(correlation(row.mean_r));
    sheet.text(&r, (R_END_PX, baseline), second.flush_right())
}
