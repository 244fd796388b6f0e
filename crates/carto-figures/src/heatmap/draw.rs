use carto_types::SignalChannel;
use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;

use super::{HeatmapFigure, words};
use crate::error::FigureError;
use crate::grid::{self, Grid};
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

const MARGIN_PX: f64 = 24.0;
const GRID: Grid = Grid { left_px: 64.0, top_px: 116.0, column_px: 74.0, row_px: 22.0 };
const WIDTH_PX: u32 = 754;
/// What stands below the last row: the caption.
const FOOT_PX: f64 = 84.0;
/// The key of the relief: its right end and its top.
const KEY_PX: (f64, f64) = (730.0, 58.0);

pub(super) fn size_px(figure: &HeatmapFigure) -> (u32, u32) {
    (WIDTH_PX, (bottom_px(figure) + FOOT_PX) as u32)
}

fn bottom_px(figure: &HeatmapFigure) -> f64 {
    GRID.bottom_px(figure.order.len().max(2))
}

/// Draws the heatmap into an area, as large as fits.
///
/// The caller presents the backend. [`super::heatmap_size`] says how large an
/// area it takes for text of 12 px and more.
///
/// # Errors
///
/// Those of [`super::heatmap_svg`], and [`FigureError::Surface`] where the
/// backend fails.
pub fn draw_heatmap<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    figure: &HeatmapFigure,
    theme: &Theme,
) -> Result<(), FigureError>
where
    DB::ErrorType: 'static,
{
    figure.check()?;
    let sheet = Sheet::fitted(area, size_px(figure));
    draw(&sheet, figure, theme).map_err(|error| FigureError::Surface(Box::new(error)))
}

fn draw<DB: DrawingBackend>(sheet: &Sheet<DB>, figure: &HeatmapFigure, theme: &Theme) -> Drawn<DB> {
    sheet.ground(theme.ground)?;
    let heading = Lettering::new(theme.serif, 22.0, theme.ink);
    sheet.text(&words::heading(figure), (MARGIN_PX, 37.0), heading)?;
    grid::draw_key(sheet, KEY_PX, ["moves against", "moves with"], theme)?;
    let names_end = GRID.left_px - 8.0;
    let head = Lettering::new(theme.sans, 12.0, theme.ink2).flush_right();
    sheet.text("latent", (names_end, GRID.top_px - 12.0), head)?;
    GRID.draw_channels(sheet, theme)?;
    for (row_idx, &dim) in figure.order.iter().enumerate() {
        let number = Lettering::new(theme.sans, 13.0, theme.ink).bold().flush_right();
        sheet.text(&dim.to_string(), (names_end, GRID.baseline(row_idx)), number)?;
        for channel_idx in 0..SignalChannel::ALL.len() {
            let r = figure.value(dim, channel_idx);
            GRID.draw_cell(sheet, (row_idx, channel_idx), r, theme)?;
        }
    }
    let note = Lettering::new(theme.sans, 13.0, theme.ink2);
    if figure.order.is_empty() {
        sheet.text("nothing to compare", (GRID.left_px, GRID.bottom_px(1)), note)?;
    }
    let line = Lettering::new(theme.sans, 12.0, theme.ink2);
    let first_y = bottom_px(figure) + 28.0;
    for (text, below) in words::caption(figure).iter().zip([0.0, 18.0, 36.0]) {
        sheet.text(text, (MARGIN_PX, first_y + below), line)?;
    }
    Ok(())
}
