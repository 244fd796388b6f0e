use carto_encoder::{LatentMoments, SignalFrames};
use carto_port::serve::{open, post};
use carto_protocol::{Call, EncodeMap, EncodedMap, TileDone};
use carto_study::BeatmapSignal;
use carto_types::{MapLatents, MapRefusal};
use pulp::Simd;
use web_sys::File;

use crate::engine::Loaded;
use crate::worker::Worker;
use crate::{device, load};

/// Computes one map's latents, tile by tile; the page hears of each.
///
/// Where the graphics processor fails the processor does the map, and all
/// others after it.
///
/// # Errors
///
/// Words for a person, if the encoder itself cannot be made ready.
pub(crate) async fn encode<S: Simd>(
    worker: &Worker<S>,
    loaded: &mut Loaded<S>,
    weights: &File,
    call: &EncodeMap,
    archives: &[File],
) -> Result<EncodedMap, String> {
    let latents = match signal(call, archives) {
        Ok(signal) => Ok(latents(worker, loaded, weights, call, &signal).await?),
        Err(refusal) => Err(refusal),
    };
    Ok(EncodedMap { latents, backend: loaded.backend.clone() })
}

fn signal(call: &EncodeMap, archives: &[File]) -> Result<BeatmapSignal, MapRefusal> {
    let mut open_slot = |slot: usize| {
        let file = archives.get(slot).ok_or(std::io::ErrorKind::NotFound)?;
        open(file.clone())
    };
    let EncodeMap { song, map_idx, mode, target_frames, .. } = call;
    carto_study::encode_map(song, *map_idx, *mode, *target_frames, &mut open_slot)
}

async fn latents<S: Simd>(
    worker: &Worker<S>,
    loaded: &mut Loaded<S>,
    weights: &File,
    call: &EncodeMap,
    signal: &BeatmapSignal,
) -> Result<MapLatents, String> {
    let values: Vec<f32> = signal.values().iter().map(|&value| value as f32).collect();
    let frames = SignalFrames::new(&values).ok_or("the signal does not have nine channels")?;
    let (config, moments) = match compute(loaded, call, frames).await {
        Ok(moments) => moments,
        Err(reason) => {
            let folded = load::folded(weights)?;
            let reason = format!("the graphics processor failed: {reason}");
            (loaded.engine, loaded.backend) = device::on_cpu(worker, folded, Some(reason))?;
            compute(loaded, call, frames).await?
        }
    };
    let (frames_per_latent, n_dims) = config;
    Ok(MapLatents {
        map_idx: call.map_idx,
        n_frames: call.target_frames,
        n_latents: moments.n_latents() as u32,
        coupling: carto_study::couple(signal, moments.mu(), frames_per_latent, n_dims),
        mu: moments.mu().to_vec(),
    })
}

type Computed = ((u32, u32), LatentMoments);

async fn compute<S: Simd>(
    loaded: &mut Loaded<S>,
    call: &EncodeMap,
    frames: SignalFrames<'_>,
) -> Result<Computed, String> {
    let config = loaded.engine.config().clone();
    let mut moments = LatentMoments::new(&config, frames.n_frames());
    let n_latents = moments.n_latents();
    for tile in carto_encoder::tiles(n_latents, loaded.engine.tile_len()) {
        let n_latents_done = tile.end as u32;
        let encoded = loaded.engine.encode_tile(frames, tile, &mut moments).await;
        encoded.map_err(|error| device::in_words(&error))?;
        let n_latents = n_latents as u32;
        post(&call.progress(&TileDone { n_latents_done, n_latents }));
    }
    Ok(((config.frames_per_latent() as u32, config.n_latent_dims as u32), moments))
}
