use carto_types::SignalChannel;
use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;

use super::{CouplingFigure, N_CHANNELS, words};
use crate::agreement::names::{self, BASELINE_PX, MARGIN_PX};
use crate::error::FigureError;
use crate::grid::{self, Grid};
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

const NAME_PX: f64 = 44.0;
const GRID: Grid = Grid { left_px: 118.0, top_px: 116.0, column_px: 68.0, row_px: 30.0 };
/// Top of the key of the relief.
const KEY_TOP_PX: f64 = 58.0;
/// What stands below the last row: the caption.
const FOOT_PX: f64 = 66.0;

pub(super) fn size_px() -> (u32, u32) {
    ((GRID.right_px() + MARGIN_PX) as u32, (GRID.bottom_px(N_CHANNELS) + FOOT_PX) as u32)
}

/// Draws the coupling into an area, as large as fits.
///
/// The caller presents the backend. [`super::coupling_size`] says how large an
/// area it takes for text of 12 px and more.
///
/// # Errors
///
/// Those of [`super::coupling_svg`], and [`FigureError::Surface`] where the
/// backend fails.
pub fn draw_coupling<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    figure: &CouplingFigure,
    theme: &Theme,
) -> Result<(), FigureError>
where
    DB::ErrorType: 'static,
{
    figure.check()?;
    let sheet = Sheet::fitted(area, size_px());
    draw(&sheet, figure, theme).map_err(|error| FigureError::Surface(Box::new(error)))
}

fn draw<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    figure: &CouplingFigure,
    theme: &Theme,
) -> Drawn<DB> {
    sheet.ground(theme.ground)?;
    let heading = Lettering::new(theme.serif, 22.0, theme.ink);
    sheet.text(words::HEADING, (MARGIN_PX, 37.0), heading)?;
    let key = (GRID.right_px(), KEY_TOP_PX);
    grid::draw_key(sheet, key, ["against each other", "together"], theme)?;
    GRID.draw_channels(sheet, theme)?;
    for (row_idx, (channel, swatch)) in SignalChannel::ALL.iter().zip(theme.swatches).enumerate() {
        let baseline = GRID.baseline(row_idx);
        names::draw_swatch(sheet, baseline - BASELINE_PX, swatch)?;
        let name = Lettering::new(theme.sans, 13.0, theme.ink).bold();
        sheet.text(channel.name(), (NAME_PX, baseline), name)?;
        for channel_idx in 0..N_CHANNELS {
            let r = figure.value(row_idx, channel_idx);
            GRID.draw_cell(sheet, (row_idx, channel_idx), r, theme)?;
        }
    }
    let line = Lettering::new(theme.sans, 12.0, theme.ink2);
    let first_y = GRID.bottom_px(N_CHANNELS) + 28.0;
    for (text, below) in words::caption(figure).iter().zip([0.0, 18.0]) {
        sheet.text(text, (MARGIN_PX, first_y + below), line)?;
    }
    Ok(())
}
