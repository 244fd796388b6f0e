use plotters::backend::DrawingBackend;
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;

use super::{MAX_ROWS, SongFigureRow, SongsFigure, words};
use crate::agreement::names::MARGIN_PX;
use crate::error::FigureError;
use crate::grid::{self, Grid};
use crate::number::{correlation, r_or_none};
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

/// Right ends of the two counts before the cells.
const MAPPERS_END_PX: f64 = 276.0;
const PAIRS_END_PX: f64 = 316.0;
const GRID: Grid = Grid { left_px: 328.0, top_px: 116.0, column_px: 60.0, row_px: 34.0 };
/// Right end of the last column.
const TIMING_END_PX: f64 = 922.0;
const WIDTH_PX: u32 = 946;
/// Letters of a title and of an artist before the count of mappers.
const TITLE_COLUMNS: usize = 27;
const ARTIST_COLUMNS: usize = 30;
/// From the line of a row's figures to those of its title and artist.
const TITLE_ABOVE_PX: f64 = 7.0;
const ARTIST_BELOW_PX: f64 = 8.0;
/// Top of the key of the relief.
const KEY_TOP_PX: f64 = 58.0;
/// What stands below the last row: the caption.
const FOOT_PX: f64 = 66.0;

pub(super) fn size_px(figure: &SongsFigure) -> (u32, u32) {
    (WIDTH_PX, (GRID.bottom_px(n_rows(figure)) + FOOT_PX) as u32)
}

/// An empty figure keeps room for the sentence in it.
fn n_rows(figure: &SongsFigure) -> usize {
    figure.songs.len().clamp(1, MAX_ROWS)
}

/// Draws the figure of songs into an area, as large as fits.
///
/// The caller presents the backend. [`super::songs_size`] says how large an area it
/// takes for text of 12 px and more.
///
/// # Errors
///
/// [`FigureError::Surface`] where the backend fails.
pub fn draw_songs<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    figure: &SongsFigure,
    theme: &Theme,
) -> Result<(), FigureError>
where
    DB::ErrorType: 'static,
{
    let sheet = Sheet::fitted(area, size_px(figure));
    draw(&sheet, figure, theme).map_err(|error| FigureError::Surface(Box::new(error)))
}

fn draw<DB: DrawingBackend>(sheet: &Sheet<DB>, figure: &SongsFigure, theme: &Theme) -> Drawn<DB> {
    sheet.ground(theme.ground)?;
    let heading = Lettering::new(theme.serif, 22.0, theme.ink);
    sheet.text(words::HEADING, (MARGIN_PX, 37.0), heading)?;
    let key = (GRID.right_px(), KEY_TOP_PX);
    grid::draw_key(sheet, key, ["against each other", "together"], theme)?;
    let head = Lettering::new(theme.sans, 12.0, theme.ink2);
    let y = GRID.top_px - 12.0;
    sheet.text("song", (MARGIN_PX, y), head)?;
    let columns =
        [("mappers", MAPPERS_END_PX), ("pairs", PAIRS_END_PX), ("timing r", TIMING_END_PX)];
    for (text, x) in columns {
        sheet.text(text, (x, y), head.flush_right())?;
    }
    GRID.draw_channels(sheet, theme)?;
    let rows = figure.drawn();
    for (row_idx, row) in rows.iter().enumerate() {
        draw_row(sheet, (row_idx, row), theme)?;
    }
    if figure.is_cut() {
        let y = GRID.bottom_px(MAX_ROWS / 2) + 0.5;
        sheet.line(&[(MARGIN_PX, y), (TIMING_END_PX, y)], 1.5, theme.ink)?;
    }
    if rows.is_empty() {
        sheet.text("nothing to compare", (GRID.left_px, GRID.baseline(0)), head)?;
    }
    let first_y = GRID.bottom_px(n_rows(figure)) + 28.0;
    for (text, below) in words::caption(figure).iter().zip([0.0, 18.0]) {
        sheet.text(text, (MARGIN_PX, first_y + below), head)?;
    }
    Ok(())
}

fn draw_row<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    (row_idx, row): (usize, &SongFigureRow),
    theme: &Theme,
) -> Drawn<DB> {
    let baseline = GRID.baseline(row_idx);
    let title = Lettering::new(theme.sans, 13.0, theme.ink).bold();
    let at = (MARGIN_PX, baseline - TITLE_ABOVE_PX);
    sheet.text(&words::cut(&row.title, TITLE_COLUMNS), at, title)?;
    let artist = Lettering::new(theme.sans, 12.0, theme.ink2);
    let at = (MARGIN_PX, baseline + ARTIST_BELOW_PX);
    sheet.text(&words::cut(&row.artist, ARTIST_COLUMNS), at, artist)?;
    let number = Lettering::new(theme.sans, 13.0, theme.ink2).flush_right();
    sheet.text(&row.n_mappers.to_string(), (MAPPERS_END_PX, baseline), number)?;
    sheet.text(&row.n_pairs.to_string(), (PAIRS_END_PX, baseline), number)?;
    for (channel_idx, r) in row.r.into_iter().enumerate() {
        GRID.draw_cell(sheet, (row_idx, channel_idx), correlation(r), theme)?;
    }
    let timing = r_or_none(correlation(row.timing_r()));
    let number = Lettering::new(theme.sans, 13.0, theme.yours).bold().flush_right();
    sheet.text(&timing, (TIMING_END_PX, baseline), number)
}
