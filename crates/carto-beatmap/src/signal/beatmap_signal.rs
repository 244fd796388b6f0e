use carto_types::SignalChannel;

use super::clock::FrameClock;

/// A beatmap as nine functions of time.
///
/// # Shapes and units
///
/// Channel-major `[9, n_frames]`, dimensionless. Every channel lies in
/// `[-1, 1]`; X and Y leave it where the beatmap leaves the playfield, and are
/// NaN where a zero-length slider makes them so (quirk 42).
#[derive(Debug, Clone, PartialEq)]
pub struct BeatmapSignal {
    pub(super) clock: FrameClock,
    pub(super) n_frames: usize,
    pub(super) values: Vec<f64>,
}

impl BeatmapSignal {
    /// How frames stand in time.
    #[must_use]
    pub fn clock(&self) -> FrameClock {
        self.clock
    }

    /// Columns.
    #[must_use]
    pub fn n_frames(&self) -> usize {
        self.n_frames
    }

    /// One channel, `[n_frames]`.
    #[must_use]
    pub fn channel(&self, channel: SignalChannel) -> &[f64] {
        let start = channel as usize * self.n_frames;
        &self.values[start..start + self.n_frames]
    }

    /// All channels one after the other, `[9 * n_frames]`.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The first channel and frame that is NaN or infinite.
    #[must_use]
    pub fn first_non_finite(&self) -> Option<(SignalChannel, usize)> {
        let idx = self.values.iter().position(|value| !value.is_finite())?;
        Some((SignalChannel::ALL[idx / self.n_frames], idx % self.n_frames))
    }
}
