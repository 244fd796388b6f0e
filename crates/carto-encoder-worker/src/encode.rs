use carto_encoder::SignalFrames;
use carto_port::serve::{open_one, post};
use carto_protocol::{Call, EncodeMap, EncodedMap, TileDone};
use carto_study::{BeatmapSignal, MapSource};
use carto_types::{MapLatents, MapRefusal};
use web_sys::File;

use crate::device::{self, Pack};
use crate::load::{self, Loaded};

/// Computes one map's latents, tile by tile; the page hears of each.
///
/// Where the graphics processor fails the processor does the map, and all
/// others after it.
///
/// # Errors
///
/// Words for a person, if the encoder itself cannot be made ready.
pub(crate) async fn encode(
    pack: Pack<'_>,
    loaded: &mut Loaded,
    weights: &File,
    call: &EncodeMap,
    files: &[File],
) -> Result<EncodedMap, String> {
    let latents = match signal(call, files) {
        Ok(signal) => Ok(latents(pack, loaded, weights, call, &signal).await?),
        Err(refusal) => Err(refusal),
    };
    Ok(EncodedMap { latents, backend: loaded.session.backend().clone() })
}

fn signal(call: &EncodeMap, files: &[File]) -> Result<BeatmapSignal, MapRefusal> {
    let EncodeMap { song, sources, map_idx, mode, target_frames, .. } = call;
    let mut open_slot = |slot: usize| MapSource::of_slot(sources, slot, |idx| open_one(files, idx));
    carto_study::signal_of_map(song, *map_idx, *mode, *target_frames, &mut open_slot)
}

async fn latents(
    pack: Pack<'_>,
    loaded: &mut Loaded,
    weights: &File,
    call: &EncodeMap,
    signal: &BeatmapSignal,
) -> Result<MapLatents, String> {
    let values: Vec<f32> = signal.values().iter().map(|&value| value as f32).collect();
    let frames = SignalFrames::new(&values).ok_or("the signal does not have nine channels")?;
    let mut on_tile = |n_done: usize, n_latents: usize| {
        let (n_latents_done, n_latents) = (n_done as u32, n_latents as u32);
        post(&call.progress(&TileDone { n_latents_done, n_latents }));
    };
    let on_failure = || device::for_cpu(pack, load::folded(weights)?);
    let moments = loaded.session.encode(frames, &mut on_tile, on_failure).await?;
    let config = loaded.session.config();
    let (rate, n_dims) = (config.frames_per_latent() as u32, config.n_latent_dims as u32);
    Ok(carto_study::map_latents(call.map_idx, signal, moments.mu().to_vec(), rate, n_dims))
}
