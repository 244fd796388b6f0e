//! What the nine channels share among themselves, before any network.

mod draw;
mod words;

use carto_types::SignalChannel;

pub use self::draw::draw_coupling;
use crate::error::FigureError;
use crate::number::{correlation, strongest};
use crate::svg;
use crate::theme::Theme;

const N_CHANNELS: usize = SignalChannel::ALL.len();

/// The coupling of one run: what the figure shows.
#[derive(Debug, Clone, PartialEq)]
pub struct CouplingFigure {
    /// `[9, 9]`, row by row: mean Pearson r of two channels of one map, in [-1, 1];
    /// anything else is shown as "none".
    pub r: Vec<f64>,
    /// Maps behind the matrix.
    pub n_maps: u32,
}

impl CouplingFigure {
    fn check(&self) -> Result<(), FigureError> {
        if self.r.len() != N_CHANNELS * N_CHANNELS {
            return Err(FigureError::BadCoupling { n_values: self.r.len() });
        }
        Ok(())
    }

    fn value(&self, row_idx: usize, channel_idx: usize) -> Option<f64> {
        correlation(*self.r.get(row_idx * N_CHANNELS + channel_idx)?)
    }

    /// The two different channels of the largest `|r|`, the first of equals.
    fn closest(&self) -> Option<(SignalChannel, SignalChannel, f64)> {
        let channels = || SignalChannel::ALL.into_iter().enumerate();
        let pairs = channels().flat_map(|(row_idx, a)| {
            let others = channels().skip(row_idx + 1);
            others.filter_map(move |(idx, b)| Some(((a, b), self.value(row_idx, idx)?)))
        });
        strongest(pairs).map(|((a, b), r)| (a, b, r))
    }
}

/// Natural width and height in pixels, of any such figure.
#[must_use]
pub fn coupling_size() -> (u32, u32) {
    draw::size_px()
}

/// `channel_coupling.svg`: a row and a column for each channel, the relief map of
/// their correlation with its values, on white.
///
/// # Errors
///
/// [`FigureError::BadCoupling`] unless there are 81 values; they may be anything.
pub fn coupling_svg(figure: &CouplingFigure) -> Result<String, FigureError> {
    figure.check()?;
    let (title, description) = (words::finding(figure), words::description(figure));
    svg::file(coupling_size(), &title, &description, |area| {
        draw_coupling(area, figure, &Theme::print())
    })
}
