use std::io::{Cursor, Read, Seek};

use carto_encoder::folded::FoldedEncoder;
use carto_encoder::weights::{WeightsLimits, read_weights, write_safetensors};
use carto_encoder::{EncoderSession, EncoderWeights};
use carto_port::serve::{open, post};
use carto_protocol::{BytesLoaded, Call, EncoderSource, LoadEncoder, LoadedEncoder};
use carto_types::{DeviceChoice, EncoderOrigin};
use web_sys::File;

use crate::device::{self, Pack};
use crate::fetch::{self, file_name};
use crate::published;

/// An encoder that is ready, and what it was asked to be.
pub(crate) struct Loaded {
    pub(crate) weights_sha256: String,
    pub(crate) device: DeviceChoice,
    pub(crate) session: EncoderSession,
}

impl Loaded {
    /// Whether it is the encoder that a job asks for.
    pub(crate) fn is(&self, weights_sha256: &str, device: DeviceChoice) -> bool {
        self.weights_sha256 == weights_sha256 && self.device == device
    }
}

/// Finds an encoder and makes it ready; gives what the page keeps for the other workers,
/// too.
///
/// # Errors
///
/// Words for a person that name the file.
pub(crate) async fn load(
    pack: Pack<'_>,
    call: &LoadEncoder,
    files: &[File],
) -> Result<(LoadedEncoder, Loaded), String> {
    let mut on_bytes = |n_bytes, n_total| {
        post(&call.progress(&BytesLoaded { n_bytes, n_total }));
    };
    let (weights, name, origin) = match &call.source {
        EncoderSource::Bundled { url } | EncoderSource::Beside { url } => {
            let name = file_name(url);
            let bytes =
                fetch::fetch_all(url, &mut on_bytes).await.map_err(|error| error.to_string())?;
            let origin = match &call.source {
                EncoderSource::Beside { .. } => EncoderOrigin::Published,
                _ => EncoderOrigin::Bundled,
            };
            (read(Cursor::new(bytes), name)?, name, origin)
        }
        EncoderSource::File { name } => {
            let file = files.first().ok_or("no file came with the message")?;
            let source = open(file.clone()).map_err(|error| format!("{name}: {error}"))?;
            (read(source, name)?, name.as_str(), EncoderOrigin::File)
        }
        EncoderSource::Published { url, sha256, size_bytes } => {
            let weights = published::load(url, sha256, *size_bytes, &mut on_bytes).await?;
            (weights, file_name(url), EncoderOrigin::Published)
        }
    };
    let encoder = weights.facts(name.to_owned(), origin);
    let bytes = write_safetensors(&weights, false).map_err(|error| error.to_string())?;
    let folded = FoldedEncoder::new(&weights);
    drop(weights);
    let weights_sha256 = encoder.weights_sha256.clone();
    let session = device::open(pack, folded, call.device).await?;
    let backend = session.backend().clone();
    let reply = LoadedEncoder { encoder, backend, weights: bytes };
    Ok((reply, Loaded { weights_sha256, device: call.device, session }))
}

/// Makes ready what [`load`] gave the page, here or in another worker.
///
/// # Errors
///
/// Words for a person that name the file.
pub(crate) async fn from_page(
    pack: Pack<'_>,
    file: &File,
    weights_sha256: &str,
    device: DeviceChoice,
) -> Result<Loaded, String> {
    let session = device::open(pack, folded(file)?, device).await?;
    Ok(Loaded { weights_sha256: weights_sha256.to_owned(), device, session })
}

/// The folded form of the weights that a job brings along.
///
/// # Errors
///
/// Words for a person that name the file.
pub(crate) fn folded(file: &File) -> Result<FoldedEncoder, String> {
    let name = file.name();
    let source = open(file.clone()).map_err(|error| format!("{name}: {error}"))?;
    Ok(FoldedEncoder::new(&read(source, &name)?))
}

fn read(source: impl Read + Seek, name: &str) -> Result<EncoderWeights, String> {
    read_weights(source, name, &WeightsLimits::default())
        .map_err(|error| format!("{name} holds no encoder that this page can use: {error}"))
}
