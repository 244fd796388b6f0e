use std::ops::Range;

use super::EncoderConfig;

/// What an encoder reads: nine channels of one map.
#[derive(Debug, Clone, Copy, Default)]
pub struct SignalFrames<'a> {
    values: &'a [f32],
    n_frames: usize,
}

impl<'a> SignalFrames<'a> {
    /// - `values`: `[9, n_frames]`, channel by channel; `None` if the length is
    ///   no multiple of nine
    #[must_use]
    pub fn new(values: &'a [f32]) -> Option<Self> {
        values
            .len()
            .is_multiple_of(EncoderConfig::N_CHANNELS)
            .then_some(Self { values, n_frames: values.len() / EncoderConfig::N_CHANNELS })
    }

    /// Frames, without padding.
    #[must_use]
    pub fn n_frames(&self) -> usize {
        self.n_frames
    }

    /// The nine series, in order.
    pub fn channels(self) -> impl Iterator<Item = &'a [f32]> {
        (0..EncoderConfig::N_CHANNELS).map(move |channel| {
            &self.values[channel * self.n_frames..(channel + 1) * self.n_frames]
        })
    }
}

/// What an encoder says of one map: a normal distribution for each latent and
/// column.
#[derive(Debug, Clone, PartialEq)]
pub struct LatentMoments {
    n_dims: usize,
    n_latents: usize,
    mu: Vec<f32>,
    logvar: Vec<f32>,
}

impl LatentMoments {
    /// Zeros for a map of that many frames.
    #[must_use]
    pub fn new(config: &EncoderConfig, n_frames: usize) -> Self {
        let n_latents = n_frames.div_ceil(config.frames_per_latent().max(1));
        let n = config.n_latent_dims * n_latents;
        Self { n_dims: config.n_latent_dims, n_latents, mu: vec![0.0; n], logvar: vec![0.0; n] }
    }

    /// Latent dimensions.
    #[must_use]
    pub fn n_dims(&self) -> usize {
        self.n_dims
    }

    /// Columns: frames over frames per latent, rounded up.
    #[must_use]
    pub fn n_latents(&self) -> usize {
        self.n_latents
    }

    /// Means, `[n_dims, n_latents]`: the latent, where none is drawn.
    #[must_use]
    pub fn mu(&self) -> &[f32] {
        &self.mu
    }

    /// Logarithms of the variances, `[n_dims, n_latents]`.
    #[must_use]
    pub fn logvar(&self) -> &[f32] {
        &self.logvar
    }

    pub(super) fn set(&mut self, dim: usize, column: usize, mu: f32, logvar: f32) {
        self.mu[dim * self.n_latents + column] = mu;
        self.logvar[dim * self.n_latents + column] = logvar;
    }
}

/// Cuts a map into tiles of equal length, but for the last.
pub fn tiles(n_latents: usize, tile_len: usize) -> impl Iterator<Item = Range<usize>> {
    let tile_len = tile_len.max(1);
    (0..n_latents).step_by(tile_len).map(move |start| start..(start + tile_len).min(n_latents))
}
