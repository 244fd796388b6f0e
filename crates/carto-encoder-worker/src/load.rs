use std::io::{Cursor, Read, Seek};

use carto_encoder::EncoderWeights;
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::weights::{WeightsLimits, read_weights, write_safetensors};
use carto_port::serve::{open, post};
use carto_protocol::{BytesLoaded, Call, DeviceChoice, EncoderSource, LoadEncoder, LoadedEncoder};
use carto_types::{EncoderFacts, EncoderOrigin};
use pulp::Simd;
use web_sys::File;

use crate::engine::Loaded;
use crate::worker::Worker;
use crate::{device, fetch, published};

/// Finds an encoder, makes it ready, and gives the page what the other workers
/// need.
///
/// # Errors
///
/// Words for a person that name the file.
pub(crate) async fn load<S: Simd>(
    worker: &Worker<S>,
    call: &LoadEncoder,
    files: &[File],
) -> Result<LoadedEncoder, String> {
    let mut on_bytes = |n_bytes, n_total| {
        post(&call.progress(&BytesLoaded { n_bytes, n_total }));
    };
    let (weights, name, origin) = match &call.source {
        EncoderSource::Bundled { url } | EncoderSource::Beside { url } => {
            let name = url.rsplit('/').next().unwrap_or(url);
            let bytes = fetch::whole(url, &mut on_bytes).await.map_err(|it| it.to_string())?;
            let origin = match &call.source {
                EncoderSource::Beside { .. } => EncoderOrigin::Published,
                _ => EncoderOrigin::Bundled,
            };
            (read(Cursor::new(bytes), name)?, name.to_owned(), origin)
        }
        EncoderSource::File { name } => {
            let file = files.first().ok_or("no file came with the message")?;
            let source = open(file.clone()).map_err(|error| format!("{name}: {error}"))?;
            (read(source, name)?, name.clone(), EncoderOrigin::File)
        }
        EncoderSource::Published { url, sha256, size_bytes } => {
            let weights = published::load(url, sha256, *size_bytes, &mut on_bytes).await?;
            let name = url.rsplit('/').next().unwrap_or(url).to_owned();
            (weights, name, EncoderOrigin::Published)
        }
    };
    let encoder = facts(&weights, name, origin);
    let bytes = write_safetensors(&weights, false).map_err(|error| error.to_string())?;
    let folded = FoldedEncoder::new(&weights);
    drop(weights);
    let backend = keep(worker, folded, encoder.weights_sha256.clone(), call.device).await?;
    Ok(LoadedEncoder { encoder, backend, weights: bytes })
}

/// Makes ready what the page was given by [`load`], here or in another worker.
///
/// # Errors
///
/// As [`load`].
pub(crate) async fn from_page<S: Simd>(
    worker: &Worker<S>,
    file: &File,
    weights_sha256: &str,
    device: DeviceChoice,
) -> Result<Loaded<S>, String> {
    let (engine, backend) = device::ready(worker, folded(file)?, device).await?;
    Ok(Loaded { weights_sha256: weights_sha256.to_owned(), device, backend, engine })
}

/// The folded form of the weights that a job brings along.
///
/// # Errors
///
/// As [`load`].
pub(crate) fn folded(file: &File) -> Result<FoldedEncoder, String> {
    let name = file.name();
    let source = open(file.clone()).map_err(|error| format!("{name}: {error}"))?;
    Ok(FoldedEncoder::new(&read(source, &name)?))
}

async fn keep<S: Simd>(
    worker: &Worker<S>,
    folded: FoldedEncoder,
    weights_sha256: String,
    device: DeviceChoice,
) -> Result<carto_types::Backend, String> {
    let (engine, backend) = device::ready(worker, folded, device).await?;
    worker.keep(Loaded { weights_sha256, device, backend: backend.clone(), engine });
    Ok(backend)
}

fn read(source: impl Read + Seek, name: &str) -> Result<EncoderWeights, String> {
    read_weights(source, name, &WeightsLimits::default())
        .map_err(|error| format!("{name} holds no encoder that this page can use: {error}"))
}

fn facts(weights: &EncoderWeights, name: String, origin: EncoderOrigin) -> EncoderFacts {
    let config = weights.config();
    EncoderFacts {
        name,
        origin,
        weights_sha256: weights.weights_sha256(),
        hidden_dim: config.hidden_dim as u32,
        n_latent_dims: config.n_latent_dims as u32,
        frames_per_latent: config.frames_per_latent() as u32,
        n_parameters: config.n_parameters() as u32,
        note: weights.metadata.note.clone(),
        is_untrained: weights.metadata.is_untrained(),
    }
}
