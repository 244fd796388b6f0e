//! Rows of channels under the names of their families, beside a plot.

use carto_charts::CHANNELS;
use carto_types::SignalChannel;
use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use crate::axis::BASELINE_PX;
use crate::figure::MARGIN_PX;
use crate::sheet::{Drawn, Lettering, Sheet};
use crate::theme::Theme;

/// Width that a figure of channels is drawn for.
const WIDTH_PX: u32 = 920;
/// Left and right end of the plot.
pub(crate) const PLOT_SPAN_PX: (f64, f64) = (272.0, 656.0);
const PLOT_TOP_PX: f64 = 58.0;
const FIRST_BLOCK_PX: f64 = 96.0;
const ROW_PX: f64 = 27.0;
const FAMILY_PX: f64 = 25.0;
/// Between two families; also where rows of no family begin.
const FAMILY_GAP_PX: f64 = 7.0;
/// What stands below the plot: the axis and the caption.
const FOOT_PX: f64 = 112.0;
const NAME_PX: f64 = 46.0;
const LISTENS_PX: f64 = 122.0;

/// Where the rows stand, in natural pixels.
pub(crate) struct ChannelRows {
    /// Width and height of the figure.
    pub(crate) size_px: (u32, u32),
    /// The family names and the lines they stand on.
    families: Vec<(&'static str, f64)>,
    /// The middle of each row.
    pub(crate) row_ys: Vec<f64>,
    /// Top and bottom of the plot.
    pub(crate) plot_px: (f64, f64),
}

impl ChannelRows {
    /// A row for each name, under the heading of its family; a name of no channel is drawn too,
    /// without swatch and family.
    pub(crate) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let (mut families, mut row_ys) = (Vec::new(), Vec::new());
        let mut y = FIRST_BLOCK_PX;
        let mut family_above = None;
        for (row_idx, name) in names.enumerate() {
            let family =
                SignalChannel::named(name).map(|channel| CHANNELS[channel as usize].family);
            if row_idx == 0 || family != family_above {
                y += if row_idx == 0 { 0.0 } else { FAMILY_GAP_PX };
                if let Some(family) = family {
                    families.push((family, y + FAMILY_PX * 0.68));
                    y += FAMILY_PX;
                }
            }
            row_ys.push(y + ROW_PX / 2.0);
            y += ROW_PX;
            family_above = family;
        }
        // An empty figure keeps its plot, with room for the sentence in it.
        y += if row_ys.is_empty() { 2.0 * ROW_PX } else { FAMILY_GAP_PX };
        let size_px = (WIDTH_PX, (y + FOOT_PX) as u32);
        Self { size_px, families, row_ys, plot_px: (PLOT_TOP_PX, y) }
    }

    /// The headings over rows of one family.
    pub(crate) fn draw_families<DB: DrawingBackend>(
        &self,
        sheet: &Sheet<DB>,
        theme: &Theme,
    ) -> Drawn<DB> {
        let lettering = Lettering::new(theme.serif, 14.0, theme.ink2).italic();
        for &(name, y) in &self.families {
            sheet.text(name, (MARGIN_PX, y), lettering)?;
        }
        Ok(())
    }
}

/// The left of a row: swatch, name, and what the channel measures.
pub(crate) fn draw_name<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    name: &str,
    y: f64,
    theme: &Theme,
) -> Drawn<DB> {
    let baseline = y + BASELINE_PX;
    let lettering = Lettering::new(theme.sans, 13.0, theme.ink).bold();
    sheet.text(name, (NAME_PX, baseline), lettering)?;
    let Some(channel) = SignalChannel::named(name) else { return Ok(()) };
    draw_swatch(sheet, y, theme.swatches[channel as usize])?;
    let listens = Lettering::new(theme.sans, 12.0, theme.ink2);
    sheet.text(CHANNELS[channel as usize].listens, (LISTENS_PX, baseline), listens)
}

/// The colour of a channel at the left of its row.
pub(crate) fn draw_swatch<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    y: f64,
    colour: RGBColor,
) -> Drawn<DB> {
    sheet.block((MARGIN_PX, y - 6.0), (MARGIN_PX + 12.0, y + 6.0), colour)
}
