use burn::module::Module;
use burn::tensor::{DType, Device, Tensor};

use carto_encoder::EncoderConfig;
use carto_encoder::plain::{Decoder, Encoder};

/// Logarithms of variances are cut off here while training: one stray step could
/// else make a variance infinite, and the run would never recover.
const MIN_LOGVAR: f64 = -30.0;
const MAX_LOGVAR: f64 = 20.0;

/// Encoder and decoder, trained together.
#[derive(Module, Debug)]
pub struct Vae {
    /// What is kept.
    pub encoder: Encoder,
    /// What the encoder's latents are judged by.
    pub decoder: Decoder,
}

/// What a forward pass gives.
pub(super) struct Pass {
    /// `[batch, n_latent_dims, n_latents]`.
    pub(super) mu: Tensor<3>,
    /// `[batch, n_latent_dims, n_latents]`.
    pub(super) logvar: Tensor<3>,
    /// `[batch, 9, n_frames]`.
    pub(super) decoded: Tensor<3>,
}

impl Vae {
    /// Weights that Burn draws when they are first used.
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
