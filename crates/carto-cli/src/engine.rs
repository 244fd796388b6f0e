use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use carto_encoder::cpu::{Instructions, NativeEncoder};
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::{LatentMoments, SignalFrames, tiles};
use carto_types::Backend;

use crate::args::Device;
use crate::gpu::Gpu;

/// Columns of a tile on the processor: some 5,400 frames of the published
/// encoder, a second of work, of which 3% is computed twice.
const TILE_LEN: usize = 300;

/// Computes latents for as many threads as ask for them.
pub(crate) struct Engine {
    folded: FoldedEncoder,
    /// At most one for each thread that computes at the same time: 27 MB of the
    /// published encoder's weights each, and a tile's activations.
    idle: Mutex<Vec<NativeEncoder>>,
    /// One for all threads, which come one after the other.
    gpu: Mutex<Option<Gpu>>,
    /// What was opened, or why it was given up.
    backend: Mutex<Backend>,
}

impl Engine {
    /// # Errors
    ///
    /// Why there is no graphics processor, where one was asked for.
    pub(crate) fn new(folded: FoldedEncoder, device: Device) -> Result<Self> {
        let gpu = match device {
            Device::Cpu => None,
            Device::Gpu => Some(Gpu::open(&folded)?),
        };
        let backend = gpu.as_ref().map_or_else(|| on_cpu(None), Gpu::backend);
        Ok(Self {
            folded,
            idle: Mutex::default(),
            gpu: Mutex::new(gpu),
            backend: Mutex::new(backend),
        })
    }

    /// Computes one map.
    ///
    /// Where the graphics processor fails, the processor computes the map again
    /// and all that follow.
    ///
    /// - `on_latents`: hears how many columns are done since it heard last
    pub(crate) fn encode(
        &self,
        signal: SignalFrames<'_>,
        on_latents: &dyn Fn(usize),
    ) -> LatentMoments {
        if let Some(moments) = self.encode_on_gpu(signal) {
            on_latents(moments.n_latents());
            return moments;
        }
        let idle = lock(&self.idle).pop();
        let mut encoder = idle.unwrap_or_else(|| NativeEncoder::new(self.folded.clone()));
        let mut moments = LatentMoments::new(encoder.config(), signal.n_frames());
        for latents in tiles(moments.n_latents(), TILE_LEN) {
            let n_latents = latents.len();
            encoder.encode_tile(signal, latents, &mut moments);
            on_latents(n_latents);
        }
        lock(&self.idle).push(encoder);
        moments
    }

    fn encode_on_gpu(&self, signal: SignalFrames<'_>) -> Option<LatentMoments> {
        let mut gpu = lock(&self.gpu);
        match gpu.as_mut()?.encode(signal) {
            Ok(moments) => Some(moments),
            Err(reason) => {
                let reason = format!("the graphics processor failed: {reason}");
                eprintln!("carto: warning: {reason}; going on with the processor");
                *lock(&self.backend) = on_cpu(Some(reason));
                *gpu = None;
                None
            }
        }
    }

    /// What computes; that of the processor with the reason, once the graphics
    /// processor has failed.
    pub(crate) fn backend(&self) -> Backend {
        lock(&self.backend).clone()
    }
}

fn on_cpu(reason: Option<String>) -> Backend {
    Backend::Cpu { instructions: Instructions::best().name().to_owned(), reason }
}

/// Also after a thread has failed under the lock: a map of its own is all that is
/// lost with it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
