use carto_core::signal::SignalChannel;
use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;

use super::{HeatmapFigure, words};
use crate::error::FigureError;
use crate::number::{cell_text, r_text};
use crate::relief;
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

const MARGIN_PX: f64 = 24.0;
const LEFT_PX: f64 = 64.0;
const COLUMN_PX: f64 = 74.0;
const ROW_PX: f64 = 22.0;
const TOP_PX: f64 = 116.0;
/// Between two cells.
const GAP_PX: f64 = 1.0;
const WIDTH_PX: u32 = 754;
/// What stands below the last row: the caption.
const FOOT_PX: f64 = 84.0;
/// The key of the relief: its right end, its top, and the size of one step.
const KEY_RIGHT_PX: f64 = 730.0;
const KEY_TOP_PX: f64 = 58.0;
const KEY_STEP_PX: (f64, f64) = (10.0, 10.0);

pub(super) fn size_px(figure: &HeatmapFigure) -> (u32, u32) {
    (WIDTH_PX, (bottom_px(figure) + FOOT_PX) as u32)
}

fn bottom_px(figure: &HeatmapFigure) -> f64 {
    TOP_PX + ROW_PX * figure.order.len().max(2) as f64
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
    draw_key(sheet, theme)?;
    draw_channels(sheet, theme)?;
    for (row_idx, &dim) in figure.order.iter().enumerate() {
        draw_row(sheet, figure, (TOP_PX + ROW_PX * row_idx as f64, dim), theme)?;
    }
    let note = Lettering::new(theme.sans, 13.0, theme.ink2);
    if figure.order.is_empty() {
        sheet.text("nothing to compare", (LEFT_PX, TOP_PX + ROW_PX), note)?;
    }
    let line = Lettering::new(theme.sans, 12.0, theme.ink2);
    let first_y = bottom_px(figure) + 28.0;
    for (text, below) in words::caption(figure).iter().zip([0.0, 18.0, 36.0]) {
        sheet.text(text, (MARGIN_PX, first_y + below), line)?;
    }
    Ok(())
}

/// All steps of the relief, with what its ends mean.
fn draw_key<DB: DrawingBackend>(sheet: &Sheet<DB>, theme: &Theme) -> Drawn<DB> {
    let n_steps = theme.relief.len();
    let left = KEY_RIGHT_PX - KEY_STEP_PX.0 * n_steps as f64;
    let bottom = KEY_TOP_PX + KEY_STEP_PX.1;
    let step_left = |step: usize| left + KEY_STEP_PX.0 * step as f64;
    for (step, &colour) in theme.relief.iter().enumerate() {
        sheet.block((step_left(step), KEY_TOP_PX), (step_left(step + 1), bottom), colour)?;
    }
    let corners =
        [(left, KEY_TOP_PX), (KEY_RIGHT_PX, KEY_TOP_PX), (KEY_RIGHT_PX, bottom), (left, bottom)];
    sheet.outline(&corners, 0.7, theme.rule2)?;
    let label = Lettering::new(theme.sans, 12.0, theme.ink2);
    sheet.text("moves against", (left, KEY_TOP_PX - 6.0), label)?;
    sheet.text("moves with", (KEY_RIGHT_PX, KEY_TOP_PX - 6.0), label.flush_right())?;
    for (tenths, step) in [(-10, 0), (0, 10), (10, 20)] {
        let middle = step_left(step) + KEY_STEP_PX.0 / 2.0;
        let text = r_text(f64::from(tenths) / 10.0);
        let text = text.strip_suffix(".00").unwrap_or(&text);
        sheet.text(text, (middle, bottom + 14.0), label.centred())?;
    }
    Ok(())
}

fn draw_channels<DB: DrawingBackend>(sheet: &Sheet<DB>, theme: &Theme) -> Drawn<DB> {
    let head = Lettering::new(theme.sans, 12.0, theme.ink2);
    sheet.text("latent", (LEFT_PX - 8.0, TOP_PX - 12.0), head.flush_right())?;
    for (idx, (channel, swatch)) in SignalChannel::ALL.iter().zip(theme.swatches).enumerate() {
        let left = LEFT_PX + COLUMN_PX * idx as f64;
        let name = Lettering::new(theme.sans, 12.0, theme.ink).bold().centred();
        sheet.text(channel.name(), (left + COLUMN_PX / 2.0, TOP_PX - 12.0), name)?;
        let (from, to) = ((left + GAP_PX, TOP_PX - 7.0), (left + COLUMN_PX, TOP_PX - 3.0));
        sheet.block(from, to, swatch)?;
    }
    Ok(())
}

fn draw_row<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    figure: &HeatmapFigure,
    (top, dim): (f64, u32),
    theme: &Theme,
) -> Drawn<DB> {
    let baseline = top + ROW_PX / 2.0 + 4.6;
    let number = Lettering::new(theme.sans, 13.0, theme.ink).bold().flush_right();
    sheet.text(&dim.to_string(), (LEFT_PX - 8.0, baseline), number)?;
    for channel_idx in 0..SignalChannel::ALL.len() {
        let left = LEFT_PX + COLUMN_PX * channel_idx as f64;
        let middle = (left + COLUMN_PX / 2.0, baseline);
        let Some(r) = figure.value(dim, channel_idx) else {
            let none = Lettering::new(theme.sans, 12.0, theme.ink2).centred();
            sheet.text("none", middle, none)?;
            continue;
        };
        let colour = relief::colour(r, theme);
        let from = (left + GAP_PX, top + GAP_PX);
        sheet.block(from, (left + COLUMN_PX, top + ROW_PX), colour)?;
        let value = Lettering::new(theme.sans, 12.0, relief::text_on(colour)).centred();
        sheet.text(&cell_text(r), middle, value)?;
    }
    Ok(())
}
