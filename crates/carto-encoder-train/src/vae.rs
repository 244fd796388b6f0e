//! Encoder and decoder as one model, and the decoder as a file.

use std::collections::BTreeMap;

use burn::module::Module;
use burn::tensor::{DType, Device, Tensor};
use carto_encoder::EncoderConfig;
use carto_encoder::reference::{Decoder, Encoder, named_tensors};
use carto_encoder::weights::{TensorToWrite, read_tensors, write_tensors};
use carto_random::Normal;

use crate::TrainError;

/// Logarithms of variances are cut off here while training: one stray step could
/// else make a variance infinite, and the run would never recover.
const MIN_LOGVAR: f64 = -30.0;
const MAX_LOGVAR: f64 = 20.0;

/// Encoder and decoder, trained together.
#[derive(Module, Debug)]
pub struct Vae {
    /// The encoder, which is what a run is for.
    pub encoder: Encoder,
    /// The decoder, whose errors train the encoder.
    pub decoder: Decoder,
}

/// What a forward pass gives.
pub(super) struct Pass {
    /// Means, `[batch, n_latent_dims, n_latents]`.
    pub(super) mu: Tensor<3>,
    /// Logarithms of variances, `[batch, n_latent_dims, n_latents]`.
    pub(super) logvar: Tensor<3>,
    /// The reconstruction, `[batch, 9, n_frames]`.
    pub(super) decoded: Tensor<3>,
}

impl Vae {
    /// A model whose weights Burn draws when they are first used.
    #[must_use]
    pub fn new(config: &EncoderConfig, device: &Device) -> Self {
        Self { encoder: config.init(device), decoder: config.init_decoder(device) }
    }

    /// Encodes, draws with the given noise, decodes.
    ///
    /// # Shapes
    ///
    /// - `x`: `[batch, 9, n_frames]`; its type is what the products compute with
    /// - `noise`: `[batch, n_latent_dims, n_latents]`, standard normal, float32;
    ///   `None` decodes the means
    pub(super) fn forward(&self, x: Tensor<3>, noise: Option<Tensor<3>>) -> Pass {
        let (dtype, [_, _, n_frames]) = (x.dtype(), x.dims());
        let (mu, logvar) = self.encoder.forward(x);
        let (mu, logvar) =
            (mu.cast(DType::F32), logvar.cast(DType::F32).clamp(MIN_LOGVAR, MAX_LOGVAR));
        let z = match noise {
            Some(noise) => mu.clone().add(logvar.clone().mul_scalar(0.5).exp().mul(noise)),
            None => mu.clone(),
        };
        let decoded = self.decoder.forward(z.cast(dtype)).cast(DType::F32);
        Pass { mu, logvar, decoded: decoded.narrow(2, 0, n_frames) }
    }
}

/// A model whose weights follow from the seed alone, on every device: standard
/// normal where weights are normed anyway, and of the usual spread for their
/// inputs in the heads, whose biases are zero.
pub(super) fn random_vae(config: &EncoderConfig, seed: u64, device: &Device) -> Vae {
    let mut random = Normal::new(seed);
    named_tensors::replace(Vae::new(config, device), device, |path, shape| {
        let is_in_head = path.split('.').any(|name| matches!(name, "mu" | "logvar" | "head"));
        let fan_in: usize = shape[1..].iter().product();
        let std = match (is_in_head, shape.len()) {
            (true, 1) => 0.0,
            (true, _) => 1.0 / (fan_in as f64).sqrt(),
            (false, _) => 1.0,
        };
        let n: usize = shape.iter().product();
        Some((0..n).map(|_| (std * random.next()) as f32).collect())
    })
}

/// A decoder as safetensors, float16, each tensor under its path in [`Decoder`],
/// ascending.
///
/// # Errors
///
/// [`TrainError::Device`].
pub fn decoder_to_safetensors(decoder: &Decoder) -> Result<Vec<u8>, TrainError> {
    let mut tensors = named_tensors::read(decoder).map_err(|error| TrainError::read(&error))?;
    tensors.sort_by(|a, b| a.path.cmp(&b.path));
    let tensors: Vec<_> = tensors
        .iter()
        .map(|tensor| TensorToWrite {
            key: &tensor.path,
            shape: &tensor.shape,
            values: &tensor.values,
        })
        .collect();
    Ok(write_tensors(BTreeMap::new(), &tensors, true)?)
}

/// The decoder of an encoder's file, from what [`decoder_to_safetensors`] wrote.
///
/// # Errors
///
/// [`TrainError::Config`] that names the first tensor that is missing or of
/// another shape.
pub fn decoder_from_safetensors(
    bytes: Vec<u8>,
    config: &EncoderConfig,
    device: &Device,
) -> Result<Decoder, TrainError> {
    let invalid = |reason: String| TrainError::Config { reason };
    let mut tensors = read_tensors(bytes).map_err(|error| invalid(error.to_string()))?;
    let mut fault = None;
    let decoder = named_tensors::replace(config.init_decoder(device), device, |path, shape| {
        let is_shape = |found: &[u64]| found.iter().copied().eq(shape.iter().map(|&n| n as u64));
        let found = tensors.remove(path).filter(|(found, _)| is_shape(found));
        if found.is_none() {
            fault.get_or_insert_with(|| path.to_owned());
        }
        found.map(|(_, values)| values)
    });
    match fault {
        Some(path) => Err(invalid(format!("the decoder has no `{path}` of the encoder's size"))),
        None => Ok(decoder),
    }
}
