//! `song_latents.svg`: latents of two maps over time.

use carto_charts::{ChartText, SongLatentRow, SongLatentsChart};
use plotters::backend::DrawingBackend;

use crate::colormap;
use crate::figure::{Figure, MARGIN_PX};
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::song::{FINDING_PX, FOOT_PX, WIDTH_PX};
use crate::song_strips::{self, N_COLUMNS, Strip, height_px};
use crate::theme::Theme;

/// Below the finding and the numbers of bars.
const STRIPS_TOP_PX: f64 = FINDING_PX + 42.0;
/// The r whose colour the strips of latents have that agree, and with the other sign those of latents
/// that do not: the colour of an r near 0 is hardly to be seen.
const R_OF_COLOUR: f64 = 0.6;

impl Figure for SongLatentsChart<'_> {
    fn size(&self) -> (u32, u32) {
        // Without a latent there is the room of one.
        let height = height_px(self.rows().len().max(1));
        (WIDTH_PX, (STRIPS_TOP_PX + height + FOOT_PX) as u32)
    }

    fn text(&self) -> ChartText {
        SongLatentsChart::text(self)
    }

    fn draw<DB: DrawingBackend>(&self, sheet: &Sheet<DB>, theme: &Theme) -> Drawn<DB> {
        let finding = Lettering::new(theme.sans, 13.0, theme.ink2);
        sheet.text(&self.finding(), (MARGIN_PX, FINDING_PX), finding)?;
        let rows = self.rows();
        let strips: Vec<Strip> = rows.iter().map(|row| strip(self, row, theme)).collect();
        if strips.is_empty() {
            return Ok(());
        }
        song_strips::draw(sheet, &self.song, &strips, STRIPS_TOP_PX, theme)
    }
}

fn strip(chart: &SongLatentsChart<'_>, row: &SongLatentRow, theme: &Theme) -> Strip {
    Strip {
        name: row.name(),
        colour: colormap::colour(R_OF_COLOUR.copysign(row.r), theme),
        edges: [0, 1].map(|map_idx| chart.edges(map_idx, row.latent_idx, N_COLUMNS)),
        r: [Some(row.r); 2],
    }
}
