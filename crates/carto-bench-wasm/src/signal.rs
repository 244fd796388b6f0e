use carto_encoder::EncoderConfig;

/// The frames that every side of the benchmark takes: `[9, n_frames]` in
/// `[-1, 1)`.
///
/// No time depends on the values, but what comes out does; `tests/bench` makes
/// the same for the peers, and holds the latents against each other.
#[must_use]
pub fn signal(n_frames: usize) -> Vec<f32> {
    let n = EncoderConfig::N_CHANNELS * n_frames;
    (0..n).map(|idx| (idx * 7919 % 1000) as f32 / 500.0 - 1.0).collect()
}
