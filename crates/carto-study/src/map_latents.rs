use carto_beatmap::signal::BeatmapSignal;
use carto_types::MapLatents;

use crate::cross_correlate;

/// The latents of one map, with how they correlate with its channels.
///
/// - `map_idx`: place in the plan's maps of the song
/// - `signal`: the signal that the encoder read, as [`signal_of_map`](crate::signal_of_map)
///   gives it
/// - `mu`: `[n_dims, n_latents]`, dimension by dimension
#[must_use]
pub fn map_latents(
    map_idx: u32,
    signal: &BeatmapSignal,
    mu: Vec<f32>,
    frames_per_latent: u32,
    n_dims: u32,
) -> MapLatents {
    MapLatents {
        map_idx,
        n_frames: signal.n_frames() as u32,
        n_latents: (mu.len() / (n_dims as usize).max(1)) as u32,
        correlations: cross_correlate(signal, &mu, frames_per_latent, n_dims),
        mu,
    }
}
