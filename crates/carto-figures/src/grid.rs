//! A table of correlations with channels, each cell on the colour of its value.

use carto_charts::{CHANNELS, COLORMAP_KEY, cell_text};
use plotters::backend::DrawingBackend;

use crate::axis::BASELINE_PX;
use crate::colormap;
use crate::sheet::{Drawn, Lettering, Point, Sheet};
use crate::theme::Theme;

/// Between two cells.
const GAP_PX: f64 = 1.0;
/// The size of one step of the key.
const KEY_STEP_PX: (f64, f64) = (10.0, 10.0);

/// Where the cells stand, in natural pixels: a column for each channel.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grid {
    /// Left end of the first column.
    pub(crate) left_px: f64,
    /// Top of the first row.
    pub(crate) top_px: f64,
    pub(crate) column_px: f64,
    pub(crate) row_px: f64,
}

impl Grid {
    /// The line that the text of a row stands on.
    pub(crate) fn baseline(&self, row_idx: usize) -> f64 {
        self.row_top(row_idx) + self.row_px / 2.0 + BASELINE_PX
    }

    /// Right end of the last column.
    pub(crate) fn right_px(&self) -> f64 {
        self.column_left(CHANNELS.len())
    }

    /// Below so many rows.
    pub(crate) fn bottom_px(&self, n_rows: usize) -> f64 {
        self.row_top(n_rows)
    }

    fn row_top(&self, row_idx: usize) -> f64 {
        self.top_px + self.row_px * row_idx as f64
    }

    fn column_left(&self, channel_idx: usize) -> f64 {
        self.left_px + self.column_px * channel_idx as f64
    }

    /// Above each column the channel's name and its swatch.
    pub(crate) fn draw_channels<DB: DrawingBackend>(
        &self,
        sheet: &Sheet<DB>,
        theme: &Theme,
    ) -> Drawn<DB> {
        for (idx, (channel, swatch)) in CHANNELS.iter().zip(theme.swatches).enumerate() {
            let left = self.column_left(idx);
            let name = Lettering::new(theme.sans, 12.0, theme.ink).bold().centred();
            let at = (left + self.column_px / 2.0, self.top_px - 12.0);
            sheet.text(channel.name, at, name)?;
            let from = (left + GAP_PX, self.top_px - 7.0);
            sheet.block(from, (left + self.column_px, self.top_px - 3.0), swatch)?;
        }
        Ok(())
    }

    /// The colour of a correlation and its value on it; a word for what is none.
    pub(crate) fn draw_cell<DB: DrawingBackend>(
        &self,
        sheet: &Sheet<DB>,
        (row_idx, channel_idx): (usize, usize),
        r: Option<f64>,
        theme: &Theme,
    ) -> Drawn<DB> {
        let (left, top) = (self.column_left(channel_idx), self.row_top(row_idx));
        let middle = (left + self.column_px / 2.0, self.baseline(row_idx));
        let lettering = |colour| Lettering::new(theme.sans, 12.0, colour).centred();
        let text = cell_text(r);
        let Some(r) = r else { return sheet.text(&text, middle, lettering(theme.ink2)) };
        let colour = colormap::colour(r, theme);
        let from = (left + GAP_PX, top + GAP_PX);
        sheet.block(from, (left + self.column_px, top + self.row_px), colour)?;
        sheet.text(&text, middle, lettering(colormap::text_on(colour)))
    }
}

/// All steps of the colormap, with what its ends mean.
pub(crate) fn draw_key<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    (right, top): Point,
    ends: [&str; 2],
    theme: &Theme,
) -> Drawn<DB> {
    let left = right - KEY_STEP_PX.0 * theme.colormap.len() as f64;
    let bottom = top + KEY_STEP_PX.1;
    let step_left = |step: usize| left + KEY_STEP_PX.0 * step as f64;
    for (step, &colour) in theme.colormap.iter().enumerate() {
        sheet.block((step_left(step), top), (step_left(step + 1), bottom), colour)?;
    }
    sheet.frame((left, top), (right, bottom), 0.7, theme.rule2)?;
    let label = Lettering::new(theme.sans, 12.0, theme.ink2);
    let [least, greatest] = ends;
    sheet.text(least, (left, top - 6.0), label)?;
    sheet.text(greatest, (right, top - 6.0), label.flush_right())?;
    for (text, step) in COLORMAP_KEY {
        let middle = step_left(step) + KEY_STEP_PX.0 / 2.0;
        sheet.text(text, (middle, bottom + 14.0), label.centred())?;
    }
    Ok(())
}
