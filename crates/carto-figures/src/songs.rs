//! `song_agreement.svg`: song by song, which of them are heard alike.

use carto_charts::{ChartText, SongRow, SongsChart, correlation};
use plotters::backend::DrawingBackend;

use crate::figure::{Figure, MARGIN_PX};
use crate::grid::{self, Grid};
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
/// Top of the key of the colours.
const KEY_TOP_PX: f64 = 58.0;
/// What stands below the last row: the caption.
const FOOT_PX: f64 = 66.0;

impl Figure for SongsChart {
    fn size(&self) -> (u32, u32) {
        // An empty figure keeps room for the sentence in it.
        (WIDTH_PX, (GRID.bottom_px(self.rows.len().max(1)) + FOOT_PX) as u32)
    }

    fn text(&self) -> ChartText {
        SongsChart::text(self)
    }

    fn draw<DB: DrawingBackend>(&self, sheet: &Sheet<DB>, theme: &Theme) -> Drawn<DB> {
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
        for (row_idx, row) in self.rows.iter().enumerate() {
            draw_row(sheet, (row_idx, row), theme)?;
        }
        if self.is_cut() {
            let y = GRID.bottom_px(Self::MAX_ROWS / 2) + 0.5;
            sheet.line(&[(MARGIN_PX, y), (TIMING_END_PX, y)], 1.5, theme.ink)?;
        }
        if self.rows.is_empty() {
            sheet.text("nothing to compare", (GRID.left_px, GRID.baseline(0)), head)?;
        }
        Ok(())
    }
}

fn draw_row<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    (row_idx, row): (usize, &SongRow),
    theme: &Theme,
) -> Drawn<DB> {
    let baseline = GRID.baseline(row_idx);
    let title = Lettering::new(theme.sans, 13.0, theme.ink).bold();
    let at = (MARGIN_PX, baseline - TITLE_ABOVE_PX);
    sheet.text(&cut(&row.title, TITLE_COLUMNS), at, title)?;
    let artist = Lettering::new(theme.sans, 12.0, theme.ink2);
    let at = (MARGIN_PX, baseline + ARTIST_BELOW_PX);
    sheet.text(&cut(&row.artist, ARTIST_COLUMNS), at, artist)?;
    let number = Lettering::new(theme.sans, 13.0, theme.ink2).flush_right();
    sheet.text(&row.n_mappers.to_string(), (MAPPERS_END_PX, baseline), number)?;
    sheet.text(&row.n_pairs.to_string(), (PAIRS_END_PX, baseline), number)?;
    for (channel, r) in row.r.into_iter().enumerate() {
        GRID.draw_cell(sheet, (row_idx, channel), correlation(r), theme)?;
    }
    let number = Lettering::new(theme.sans, 13.0, theme.yours).bold().flush_right();
    sheet.text(&row.timing_text(), (TIMING_END_PX, baseline), number)
}

/// As much of a name as has room, with dots where it is cut.
///
/// No text is measured: letters of wide scripts count as two.
fn cut(name: &str, n_columns: usize) -> String {
    let wide_from = '\u{1100}';
    let width = |c: char| if c >= wide_from { 2 } else { 1 };
    if name.chars().map(width).sum::<usize>() <= n_columns {
        return name.to_owned();
    }
    let mut room = n_columns.saturating_sub(1);
    let kept = name.chars().take_while(|&c| {
        let fits = width(c) <= room;
        room = room.saturating_sub(width(c));
        fits
    });
    format!("{}\u{2026}", kept.collect::<String>().trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_cut_where_their_column_ends() {
        assert_eq!(cut("Ironwood", 8), "Ironwood");
        assert_eq!(cut("Ironwoods", 8), "Ironwoo\u{2026}");
        assert_eq!(cut("Paper lanterns", 7), "Paper\u{2026}");
        assert_eq!(cut("\u{97f3}\u{697d}\u{97f3}\u{697d}", 7), "\u{97f3}\u{697d}\u{97f3}\u{2026}");
        assert_eq!(cut("", 3), "");
    }
}
