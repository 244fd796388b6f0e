//! `channel_coupling.svg`: what the nine channels share among themselves, before any network.

use carto_charts::{CHANNELS, Cell, ChartText, CouplingChart, value};
use plotters::backend::DrawingBackend;

use crate::axis::BASELINE_PX;
use crate::channel_rows::draw_swatch;
use crate::figure::{Figure, FigureError, MARGIN_PX};
use crate::grid::{self, Grid};
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

const N_CHANNELS: usize = CHANNELS.len();
const NAME_PX: f64 = 44.0;
const GRID: Grid = Grid { left_px: 118.0, top_px: 116.0, column_px: 68.0, row_px: 30.0 };
/// Top of the key of the colours.
const KEY_TOP_PX: f64 = 58.0;
/// What stands below the last row: the caption.
const FOOT_PX: f64 = 66.0;

impl Figure for CouplingChart {
    fn size(&self) -> (u32, u32) {
        ((GRID.right_px() + MARGIN_PX) as u32, (GRID.bottom_px(N_CHANNELS) + FOOT_PX) as u32)
    }

    fn text(&self) -> ChartText {
        CouplingChart::text(self)
    }

    fn check(&self) -> Result<(), FigureError> {
        if self.r.len() != N_CHANNELS * N_CHANNELS {
            return Err(FigureError::BadCoupling { n_values: self.r.len() });
        }
        Ok(())
    }

    fn draw<DB: DrawingBackend>(&self, sheet: &Sheet<DB>, theme: &Theme) -> Drawn<DB> {
        let key = (GRID.right_px(), KEY_TOP_PX);
        grid::draw_key(sheet, key, ["against each other", "together"], theme)?;
        GRID.draw_channels(sheet, theme)?;
        for (row_idx, (labels, swatch)) in CHANNELS.iter().zip(theme.swatches).enumerate() {
            let baseline = GRID.baseline(row_idx);
            draw_swatch(sheet, baseline - BASELINE_PX, swatch)?;
            let name = Lettering::new(theme.sans, 13.0, theme.ink).bold();
            sheet.text(labels.name, (NAME_PX, baseline), name)?;
            for channel in 0..N_CHANNELS {
                let r = value(&self.r, Cell { dim: row_idx, channel });
                GRID.draw_cell(sheet, (row_idx, channel), r, theme)?;
            }
        }
        Ok(())
    }
}
