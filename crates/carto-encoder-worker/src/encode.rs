use carto_encoder::{LatentMoments, SignalFrames};
use carto_protocol::{JobId, Response};
use carto_study::BeatmapSignal;
use carto_types::{MapLatents, MapRefusal, Mode, SongPlan};
use carto_worker_port::{open, post};
use pulp::Simd;
use web_sys::File;

use crate::engine::Loaded;
use crate::worker::Worker;
use crate::{device, load};

/// One map to compute.
pub(crate) struct Wanted {
    pub(crate) job_id: JobId,
    pub(crate) mode: Mode,
    pub(crate) song: SongPlan,
    pub(crate) map_idx: u32,
    pub(crate) target_frames: u32,
}

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
    wanted: &Wanted,
    archives: &[File],
) -> Result<Response, String> {
    let latents = match signal(wanted, archives) {
        Ok(signal) => Ok(latents(worker, loaded, weights, wanted, &signal).await?),
        Err(refusal) => Err(refusal),
    };
    Ok(Response::MapEncoded { job_id: wanted.job_id, latents, backend: loaded.backend.clone() })
}

fn signal(wanted: &Wanted, archives: &[File]) -> Result<BeatmapSignal, MapRefusal> {
    let mut open_slot = |slot: usize| {
        let file = archives.get(slot).ok_or(std::io::ErrorKind::NotFound)?;
        open(file.clone())
    };
    let Wanted { song, map_idx, mode, target_frames, .. } = wanted;
    carto_study::encode_map(song, *map_idx, *mode, *target_frames, &mut open_slot)
}

async fn latents<S: Simd>(
    worker: &Worker<S>,
    loaded: &mut Loaded<S>,
    weights: &File,
    wanted: &Wanted,
    signal: &BeatmapSignal,
) -> Result<MapLatents, String> {
    let values: Vec<f32> = signal.values().iter().map(|&value| value as f32).collect();
    let frames = SignalFrames::new(&values).ok_or("the signal does not have nine channels")?;
    let (config, moments) = match compute(loaded, wanted, frames).await {
        Ok(moments) => moments,
        Err(reason) => {
            let folded = load::folded(weights)?;
            let reason = format!("the graphics processor failed: {reason}");
            (loaded.engine, loaded.backend) = device::on_cpu(worker, folded, Some(reason))?;
            compute(loaded, wanted, frames).await?
        }
    };
    let (frames_per_latent, n_dims) = config;
    Ok(MapLatents {
        map_idx: wanted.map_idx,
        n_frames: wanted.target_frames,
        n_latents: moments.n_latents() as u32,
        coupling: carto_study::couple(signal, moments.mu(), frames_per_latent, n_dims),
        mu: moments.mu().to_vec(),
    })
}

type Computed = ((u32, u32), LatentMoments);

async fn compute<S: Simd>(
    loaded: &mut Loaded<S>,
    wanted: &Wanted,
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
        post(&Response::TileDone { job_id: wanted.job_id, n_latents_done, n_latents });
    }
    Ok(((config.frames_per_latent() as u32, config.n_latent_dims as u32), moments))
}
