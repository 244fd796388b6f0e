use std::convert::Infallible;
use std::fs::File;
use std::io::Cursor;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use carto_encoder::cpu::native_encoder;
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::weights::{WeightsLimits, read_weights};
use carto_encoder::{EncoderSession, EncoderWeights, LatentMoments, SignalFrames};
use carto_types::{Backend, EncoderFacts, EncoderOrigin};
use pollster::block_on;

use crate::args::Device;

/// Name of the bundled encoder, as the page calls it: both write the same files.
const BUNDLED_NAME: &str = "encoder.safetensors";

/// The encoder that the page serves, for those who name no other.
const BUNDLED: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/models/encoder.safetensors"));

/// An encoder that computes for as many threads as ask.
pub(crate) struct SharedEncoder {
    pub(crate) facts: EncoderFacts,
    folded: FoldedEncoder,
    /// Sessions on the processor that no thread uses; there is at most one for each thread
    /// that computes at the same time: 27 MB of the published encoder's weights each, and
    /// a tile's activations.
    idle: Mutex<Vec<EncoderSession>>,
    /// One for all threads, which come one after the other.
    gpu: Mutex<Option<EncoderSession>>,
    /// What was opened, or why it was given up.
    backend: Mutex<Backend>,
}

impl SharedEncoder {
    /// Makes the encoder of a file ready on a device, or the bundled one without a file.
    ///
    /// # Errors
    ///
    /// Those of [`Self::open`] and [`Self::bundled`].
    pub(crate) fn of_choice(path: Option<&Path>, device: Device) -> Result<Self> {
        path.map_or_else(|| Self::bundled(device), |path| Self::open(path, device))
    }

    /// Reads an encoder from a file and makes it ready on a device.
    ///
    /// # Errors
    ///
    /// In one line, with the file and what in it is wrong, or with what is wrong
    /// with the graphics processor.
    pub(crate) fn open(path: &Path, device: Device) -> Result<Self> {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let file = File::open(path).context("it cannot be read");
        let weights = file
            .and_then(|file| Ok(read_weights(file, &name, &WeightsLimits::default())?))
            .with_context(|| path.display().to_string())?;
        Self::ready(&weights, weights.facts(name, EncoderOrigin::File), device)
    }

    /// Makes the bundled encoder ready on a device.
    ///
    /// # Errors
    ///
    /// In one line, with what is wrong with the graphics processor.
    pub(crate) fn bundled(device: Device) -> Result<Self> {
        let weights = read_weights(Cursor::new(BUNDLED), BUNDLED_NAME, &WeightsLimits::default())
            .context("the bundled encoder")?;
        let facts = weights.facts(BUNDLED_NAME.to_owned(), EncoderOrigin::Bundled);
        Self::ready(&weights, facts, device)
    }

    fn ready(weights: &EncoderWeights, facts: EncoderFacts, device: Device) -> Result<Self> {
        let folded = FoldedEncoder::new(weights);
        let (mut idle, mut gpu) = (Vec::new(), None);
        let backend = match device {
            Device::Cpu => {
                let session = EncoderSession::on_cpu(native_encoder(folded.clone()), None);
                let backend = session.backend().clone();
                idle.push(session);
                backend
            }
            Device::Gpu => gpu.insert(open_gpu(&folded)?).backend().clone(),
        };
        let (idle, gpu, backend) = (Mutex::new(idle), Mutex::new(gpu), Mutex::new(backend));
        Ok(Self { facts, folded, idle, gpu, backend })
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
        let mut session = idle
            .unwrap_or_else(|| EncoderSession::on_cpu(native_encoder(self.folded.clone()), None));
        let moments = self.run(&mut session, signal, on_latents);
        lock(&self.idle).push(session);
        moments
    }

    fn encode_on_gpu(&self, signal: SignalFrames<'_>) -> Option<LatentMoments> {
        let mut gpu = lock(&self.gpu);
        let session = gpu.as_mut()?;
        let moments = self.run(session, signal, &|_| {});
        if let Backend::Cpu { reason: Some(reason), .. } = session.backend() {
            eprintln!("carto: warning: {reason}; going on with the processor");
            *lock(&self.backend) = session.backend().clone();
            lock(&self.idle).extend(gpu.take());
        }
        Some(moments)
    }

    fn run(
        &self,
        session: &mut EncoderSession,
        signal: SignalFrames<'_>,
        on_latents: &dyn Fn(usize),
    ) -> LatentMoments {
        let mut n_before = 0;
        let mut on_tile = |n_done: usize, _| {
            on_latents(n_done - n_before);
            n_before = n_done;
        };
        let on_failure = || Ok::<_, Infallible>(native_encoder(self.folded.clone()));
        let Ok(moments) = block_on(session.encode(signal, &mut on_tile, on_failure));
        moments
    }

    /// What computes; the processor, with the reason, once the graphics processor has
    /// failed.
    pub(crate) fn backend(&self) -> Backend {
        lock(&self.backend).clone()
    }
}

/// Which encoder made latents, and what computed: `latents by the bundled encoder, encoder.safetensors,
/// sha256 0a1b2c3d, computed with avx2`.
pub(crate) fn made_by(encoder: &EncoderFacts, backend: &Backend) -> String {
    let origin = match encoder.origin {
        EncoderOrigin::Bundled => "the bundled encoder, ",
        EncoderOrigin::File | EncoderOrigin::Published => "",
    };
    let note = encoder.note.iter().map(|note| format!(" ({note})")).collect::<String>();
    let hash: String = encoder.weights_sha256.chars().take(8).collect();
    let backend = match backend {
        Backend::Cpu { instructions, .. } => instructions,
        Backend::Gpu { adapter, .. } => adapter,
    };
    format!("latents by {origin}{}{note}, sha256 {hash}, computed with {backend}", encoder.name)
}

/// Opens the fastest graphics adapter, lets it prove itself on a small encoder, and
/// uploads the weights.
///
/// # Errors
///
/// One line that says to use the processor.
#[cfg(feature = "gpu-code")]
fn open_gpu(folded: &FoldedEncoder) -> Result<EncoderSession> {
    use carto_encoder::gpu::{GpuAdapter, GpuError};

    let open = async {
        let adapter = GpuAdapter::request().await?;
        EncoderSession::on_gpu(&adapter, folded).await
    };
    let session = block_on(open)
        .map_err(|error: GpuError| anyhow::Error::msg(error.one_line()))
        .context("--device gpu cannot be had, use --device cpu")?;
    if let Backend::Gpu { adapter, is_software: true } = session.backend() {
        eprintln!(
            "carto: warning: {adapter} only imitates a graphics processor; --device cpu is faster"
        );
    }
    Ok(session)
}

/// # Errors
///
/// Always: one line that says how to build with what it takes.
#[cfg(not(feature = "gpu-code"))]
fn open_gpu(_folded: &FoldedEncoder) -> Result<EncoderSession> {
    anyhow::bail!(
        "this carto was built without --device gpu; build it with \
         `cargo install --path crates/carto-cli --features gpu` or use --device cpu"
    )
}

/// Also after a thread has failed under the lock: a map of its own is all that is
/// lost with it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
