use burn::tensor::{Device, Tensor, TensorData};
use carto_encoder::EncoderConfig;

use crate::error::read_floats;
use crate::vae::Pass;
use crate::{TrainConfig, TrainError};

/// What a loss is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct LossParts {
    /// Weighted squared error and weighted divergence together.
    pub total: f64,
    /// Mean squared error of each channel.
    pub channel_mse: Vec<f64>,
    /// Kullback-Leibler divergence of each latent from the standard normal
    /// distribution, nats per column.
    pub latent_kl: Vec<f64>,
}

/// A loss on the device, before anything is read.
pub(super) struct Loss {
    /// `[1]`: what is differentiated.
    pub(super) total: Tensor<1>,
    channel_mse: Tensor<1>,
    latent_kl: Tensor<1>,
}

impl Loss {
    /// Squared error, channel by channel, and `kl_factor` times the divergence,
    /// averaged over latents and columns.
    ///
    /// The published run adds a critic with feature matching and a gradient penalty:
    /// [`AdversarialLoss`](crate::adversarial_loss::AdversarialLoss), which is no part of this and
    /// left out unless a configuration asks for it.
    ///
    /// # Source
    ///
    /// Reconstruction as in osu-dreamer `osu_dreamer/latent_model/model.py` @
    /// `195beed`, whose terms for bounds and cursor steps are left out; divergence as
    /// in its `modules/gaussian.py` @ `41566de`.
    pub(super) fn new(config: &TrainConfig, x: Tensor<3>, pass: Pass) -> Self {
        let device = x.device();
        let channel_mse = mean_of_channels(pass.decoded.sub(x).square());
        let Pass { mu, logvar, .. } = pass;
        let kl = mu.square().add(logvar.clone().exp()).sub(logvar).sub_scalar(1.0).mul_scalar(0.5);
        let latent_kl = mean_of_channels(kl);
        let weights = channel_weights(config, &device);
        let error = channel_mse.clone().mul(weights).sum();
        let total = error.add(latent_kl.clone().mean().mul_scalar(config.kl_factor));
        Self { total, channel_mse: channel_mse.detach(), latent_kl: latent_kl.detach() }
    }

    /// Reads the parts from the device.
    ///
    /// # Errors
    ///
    /// [`TrainError::Device`].
    pub(super) fn read(self) -> Result<LossParts, TrainError> {
        let read = |tensor: Tensor<1>| -> Result<Vec<f64>, TrainError> {
            Ok(read_floats(&tensor)?.into_iter().map(f64::from).collect())
        };
        let total = read(self.total.detach())?.first().copied().unwrap_or(f64::NAN);
        let (channel_mse, latent_kl) = (read(self.channel_mse)?, read(self.latent_kl)?);
        Ok(LossParts { total, channel_mse, latent_kl })
    }
}

impl LossParts {
    /// The mean over equally large parts of one batch.
    pub(super) fn mean(parts: &[Self]) -> Self {
        let n = parts.len().max(1) as f64;
        let mean = |of: fn(&Self) -> &[f64]| {
            let len = parts.first().map_or(0, |part| of(part).len());
            (0..len).map(|idx| parts.iter().map(|part| of(part)[idx]).sum::<f64>() / n).collect()
        };
        Self {
            total: parts.iter().map(|part| part.total).sum::<f64>() / n,
            channel_mse: mean(|part| &part.channel_mse),
            latent_kl: mean(|part| &part.latent_kl),
        }
    }

    /// Divergence of all latents together, nats per column.
    #[must_use]
    pub fn kl(&self) -> f64 {
        self.latent_kl.iter().sum()
    }

    /// Mean squared error of all channels together.
    #[must_use]
    pub fn mse(&self) -> f64 {
        self.channel_mse.iter().sum::<f64>() / self.channel_mse.len().max(1) as f64
    }
}

/// `[batch, n_channels, n_times]` to `[n_channels]`.
fn mean_of_channels(x: Tensor<3>) -> Tensor<1> {
    let [_, n_channels, _] = x.dims();
    x.mean_dim(2).mean_dim(0).reshape([n_channels])
}

/// Shares of the channels, so that equal weights give the mean.
fn channel_weights(config: &TrainConfig, device: &Device) -> Tensor<1> {
    let total: f64 = config.channel_weights.iter().sum();
    let shares = config.channel_weights.iter().map(|weight| (weight / total) as f32).collect();
    Tensor::from_data(TensorData::new::<f32, _>(shares, [EncoderConfig::N_CHANNELS]), device)
}
