use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};
use carto_encoder::EncoderWeights;
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::weights::{WeightsLimits, read_weights};
use carto_types::{EncoderFacts, EncoderOrigin};

use crate::args::Device;
use crate::engine::Engine;

/// An encoder that is ready, and what it is.
pub(crate) struct Encoder {
    pub(crate) facts: EncoderFacts,
    pub(crate) engine: Engine,
}

impl Encoder {
    /// Reads an encoder from a file and makes it ready on a device.
    ///
    /// # Errors
    ///
    /// In one line, with the file and what in it is wrong, or with what is wrong
    /// with the graphics processor.
    pub(crate) fn open(path: &Path, device: Device) -> Result<Self> {
        let weights = read(path).with_context(|| path.display().to_string())?;
        let facts = facts(&weights, path);
        let engine = Engine::new(FoldedEncoder::new(&weights), device)?;
        Ok(Self { facts, engine })
    }
}

fn read(path: &Path) -> Result<EncoderWeights> {
    let file = File::open(path).context("it cannot be read")?;
    Ok(read_weights(file, &file_name(path), &WeightsLimits::default())?)
}

fn facts(weights: &EncoderWeights, path: &Path) -> EncoderFacts {
    let config = weights.config();
    EncoderFacts {
        name: file_name(path),
        origin: EncoderOrigin::File,
        weights_sha256: weights.weights_sha256(),
        hidden_dim: config.hidden_dim as u32,
        n_latent_dims: config.n_latent_dims as u32,
        frames_per_latent: config.frames_per_latent() as u32,
        n_parameters: config.n_parameters() as u32,
        note: weights.metadata.note.clone(),
        is_untrained: weights.metadata.is_untrained(),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
