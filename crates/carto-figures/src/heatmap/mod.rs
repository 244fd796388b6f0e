//! How latents go with the nine channels.

mod draw;
mod words;

use carto_types::SignalChannel;

pub use self::draw::draw_heatmap;
use crate::encoder::FigureEncoder;
use crate::error::FigureError;
use crate::number::{correlation, strongest};
use crate::svg;
use crate::theme::Theme;

const MAX_LATENTS: usize = 64;

/// The matrix of one run: what the figure shows.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatmapFigure {
    /// `[n_latents, 9]`, latent by latent: mean Pearson r of a latent with a
    /// channel, in [-1, 1]; anything else is shown as "none".
    pub r: Vec<f64>,
    /// Numbers of the latents in the order to draw, each once: by agreement
    /// between mappers where that is known.
    pub order: Vec<u32>,
    /// Whether that order is the one of agreement; else it is by number.
    pub is_ranked: bool,
    /// Maps behind the matrix.
    pub n_maps: u32,
    /// What made the latents.
    pub encoder: FigureEncoder,
}

impl HeatmapFigure {
    fn check(&self) -> Result<(), FigureError> {
        let (n_rows, n_channels) = (self.order.len(), SignalChannel::ALL.len());
        if n_rows > MAX_LATENTS {
            return Err(FigureError::TooManyRows { n_rows, limit: MAX_LATENTS });
        }
        let mut seen = vec![false; n_rows];
        for &dim in &self.order {
            if let Some(seen) = seen.get_mut(dim as usize) {
                *seen = true;
            }
        }
        if self.r.len() != n_rows * n_channels || seen.contains(&false) {
            return Err(FigureError::BadMatrix {
                n_values: self.r.len(),
                n_latents: n_rows,
                n_channels,
            });
        }
        Ok(())
    }

    /// The correlation of a latent with a channel, `None` where it is none.
    fn value(&self, dim: u32, channel_idx: usize) -> Option<f64> {
        let idx = dim as usize * SignalChannel::ALL.len() + channel_idx;
        correlation(*self.r.get(idx)?)
    }

    /// Latent, channel and r of the largest `|r|`, the first of equals.
    fn strongest(&self) -> Option<(u32, SignalChannel, f64)> {
        let cells = self.order.iter().flat_map(|&dim| {
            let channels = SignalChannel::ALL.into_iter().enumerate();
            channels.filter_map(move |(idx, channel)| Some(((dim, channel), self.value(dim, idx)?)))
        });
        strongest(cells).map(|((dim, channel), r)| (dim, channel, r))
    }
}

/// Natural width and height in pixels.
#[must_use]
pub fn heatmap_size(figure: &HeatmapFigure) -> (u32, u32) {
    draw::size_px(figure)
}

/// `synthesis_heatmap.svg`: a row for each latent, a column for each channel,
/// the relief map of their correlation with its values, on white.
///
/// # Errors
///
/// [`FigureError::TooManyRows`] above 64 latents, [`FigureError::BadMatrix`];
/// values may be anything.
pub fn heatmap_svg(figure: &HeatmapFigure) -> Result<String, FigureError> {
    figure.check()?;
    let (title, description) = (words::finding(figure), words::description(figure));
    svg::file(heatmap_size(figure), &title, &description, |area| {
        draw_heatmap(area, figure, &Theme::print())
    })
}
