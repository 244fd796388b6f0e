//! Means of the latents of the maps of a song.

use carto_port::serve::open_one;
use carto_protocol::{MeasureLatents, MeasuredLatents};
use carto_study::{LatentSignal, MapSource, add_latent_means, latent_signal_of_map};
use carto_types::SongLatentMeans;
use web_sys::File;

use crate::encode::{Encoder, tell};

/// Computes the mean of each latent of the maps of a song, map by map; the page hears of each tile.
/// A map that has none is named.
///
/// # Errors
///
/// Words for a person, if the encoder itself cannot be made ready.
pub(crate) async fn measure(
    encoder: &mut Encoder<'_>,
    call: &MeasureLatents,
    files: &[File],
) -> Result<MeasuredLatents, String> {
    let MeasureLatents { song, sources, .. } = call;
    let mut found = SongLatentMeans { song_idx: song.song_idx, ..SongLatentMeans::default() };
    for map_idx in 0..song.maps.len() as u32 {
        let mut open_slot =
            |slot: usize| MapSource::of_slot(sources, slot, |idx| open_one(files, idx));
        let means = match latent_signal_of_map(song, map_idx, &mut open_slot) {
            Ok(signal) => Ok(means(encoder, call, map_idx, &signal).await?),
            Err(refusal) => Err(refusal),
        };
        add_latent_means(&mut found, song, map_idx, means);
    }
    Ok(MeasuredLatents { found, backend: encoder.backend() })
}

async fn means(
    encoder: &mut Encoder<'_>,
    call: &MeasureLatents,
    map_idx: u32,
    signal: &LatentSignal,
) -> Result<Vec<Option<f64>>, String> {
    let (n_before, n_maps) = (map_idx as usize, call.song.maps.len());
    // Maps of a song are about equally long.
    let mut on_tile = |n_done: usize, n_latents: usize| {
        tell(call, n_before * n_latents + n_done, n_maps * n_latents);
    };
    let moments = encoder.moments(signal.values(), &mut on_tile).await?;
    let config = encoder.loaded.session.config();
    let (rate, n_latents) = (config.frames_per_latent() as u32, config.n_latent_dims as u32);
    Ok(signal.means(moments.mu(), n_latents, rate))
}
