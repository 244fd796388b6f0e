//! `synthesis_heatmap.svg`: how latents correlate with the nine channels.

use carto_charts::{CHANNELS, Cell, ChartText, HeatmapChart, value};
use plotters::backend::DrawingBackend;

use crate::figure::{Figure, FigureError, MARGIN_PX, check_rows};
use crate::grid::{self, Grid};
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

const GRID: Grid = Grid { left_px: 64.0, top_px: 116.0, column_px: 74.0, row_px: 22.0 };
const MAX_LATENTS: usize = 64;
/// What stands below the last row: the caption.
const FOOT_PX: f64 = 84.0;
/// Top of the key of the colours.
const KEY_TOP_PX: f64 = 58.0;

impl Figure for HeatmapChart {
    fn size(&self) -> (u32, u32) {
        let bottom = GRID.bottom_px(self.order.len().max(2));
        ((GRID.right_px() + MARGIN_PX) as u32, (bottom + FOOT_PX) as u32)
    }

    fn text(&self) -> ChartText {
        HeatmapChart::text(self)
    }

    fn check(&self) -> Result<(), FigureError> {
        let (n_latents, n_channels) = (self.order.len(), CHANNELS.len());
        check_rows(n_latents, MAX_LATENTS)?;
        let mut seen = vec![false; n_latents];
        for &dim in &self.order {
            if let Some(seen) = seen.get_mut(dim as usize) {
                *seen = true;
            }
        }
        let n_values = self.r.len();
        if n_values != n_latents * n_channels || seen.contains(&false) {
            return Err(FigureError::BadMatrix { n_values, n_latents, n_channels });
        }
        Ok(())
    }

    fn draw<DB: DrawingBackend>(&self, sheet: &Sheet<DB>, theme: &Theme) -> Drawn<DB> {
        let key = (GRID.right_px(), KEY_TOP_PX);
        grid::draw_key(sheet, key, ["moves against", "moves with"], theme)?;
        let names_end = GRID.left_px - 8.0;
        let head = Lettering::new(theme.sans, 12.0, theme.ink2).flush_right();
        sheet.text("latent", (names_end, GRID.top_px - 12.0), head)?;
        GRID.draw_channels(sheet, theme)?;
        for (row_idx, &dim) in self.order.iter().enumerate() {
            let number = Lettering::new(theme.sans, 13.0, theme.ink).bold().flush_right();
            sheet.text(&dim.to_string(), (names_end, GRID.baseline(row_idx)), number)?;
            for channel in 0..CHANNELS.len() {
                let r = value(&self.r, Cell { dim: dim as usize, channel });
                GRID.draw_cell(sheet, (row_idx, channel), r, theme)?;
            }
        }
        if self.order.is_empty() {
            let note = Lettering::new(theme.sans, 13.0, theme.ink2);
            sheet.text("nothing to compare", (GRID.left_px, GRID.bottom_px(1)), note)?;
        }
        Ok(())
    }
}
