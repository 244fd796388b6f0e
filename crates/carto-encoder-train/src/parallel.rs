use std::thread;

use burn::module::Module;
use burn::optim::GradientsParams;
use burn::tensor::{DType, Device, Tensor, TensorData};
use carto_encoder::EncoderConfig;

use crate::adversarial_loss::AdversarialLoss;
use crate::adversary::{Adversary, Critic};
use crate::crops::{directions, noise};
use crate::loss::{Loss, LossParts};
use crate::optimizer::average;
use crate::{AdversarialConfig, AdversarialParts, Precision, TrainConfig, TrainError, Vae};

/// What a batch, or a part of one, gives.
pub(super) struct BatchGradients {
    pub(super) loss: LossParts,
    /// Gradients of encoder and decoder.
    pub(super) model: GradientsParams,
    /// Parts of the loss and gradients of the critic, where one is active.
    pub(super) critic: Option<(AdversarialParts, GradientsParams)>,
}

/// Loss and gradients of a step's batch: equal parts side by side, each on a copy of
/// the model, since graphs that share weights wait for each other. (Not
/// `Module::fork`: what it leaves in Burn's table of graphs is never taken out, and
/// every step would take longer than the one before.)
///
/// - `adversary`: the one that is active in the step
/// - `crops`: `[batch_len, 9, crop_frames]`
///
/// # Errors
///
/// [`TrainError::Device`], [`TrainError::Worker`].
pub(super) fn gradients(
    model: &Vae,
    adversary: Option<&Adversary>,
    config: &TrainConfig,
    device: &Device,
    crops: &[f32],
    step: u64,
) -> Result<BatchGradients, TrainError> {
    let n_latents = config.crop_frames.div_ceil(config.encoder.frames_per_latent());
    let noise = noise(config, step, config.batch_len * config.encoder.n_latent_dims * n_latents);
    let directions = adversary.map(|_| directions(config, step, crops.len())).unwrap_or_default();
    let share = |values, idx| batch_share(values, idx, config.n_workers);
    let worker = Worker {
        model: model.valid(),
        critic: adversary.map(|adversary| (&adversary.config, adversary.critic.valid())),
        config,
        device,
    };
    let work = |idx| worker.work(share(crops, idx), share(&noise, idx), share(&directions, idx));
    let done: Vec<Result<_, TrainError>> = thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> =
            (0..config.n_workers).map(|idx| scope.spawn(move || work(idx))).collect();
        let join = |thread: thread::ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or(Err(TrainError::Worker))
        };
        threads.into_iter().map(join).collect()
    });
    let parts = done.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(BatchGradients::average(model, adversary, parts))
}

/// What every thread works with; weights have no graph until they are copied.
struct Worker<'a> {
    model: Vae,
    critic: Option<(&'a AdversarialConfig, Critic)>,
    config: &'a TrainConfig,
    device: &'a Device,
}

impl Worker<'_> {
    /// Loss and gradients of one part of the batch.
    ///
    /// - `crops`: `[len, 9, crop_frames]`
    /// - `noise`: `[len, n_latent_dims, n_latents]`
    /// - `directions`: the shape of `crops`, or nothing without a critic
    fn work(
        &self,
        crops: &[f32],
        noise: &[f32],
        directions: &[f32],
    ) -> Result<BatchGradients, TrainError> {
        let config = self.config;
        let len = config.batch_len / config.n_workers;
        let shape = [len, EncoderConfig::N_CHANNELS, config.crop_frames];
        let n_dims = config.encoder.n_latent_dims;
        let model = self.model.clone().train();
        let x = batch(crops, shape, self.device);
        let noise = batch(noise, [len, n_dims, noise.len() / (len * n_dims)], self.device);
        let pass = model.forward(typed(x.clone(), config.precision), Some(noise));
        let Some((adversarial, critic)) = &self.critic else {
            let loss = Loss::new(config, x, pass);
            let grads = GradientsParams::from_grads(loss.total.backward(), &model);
            return Ok(BatchGradients { loss: loss.read()?, model: grads, critic: None });
        };
        let critic = critic.clone().train();
        let directions = batch(directions, shape, self.device);
        let decoded = pass.decoded.clone();
        let of_critic = AdversarialLoss::new(adversarial, &critic, x.clone(), decoded, directions);
        let loss = Loss::new(config, x, pass);
        let total = loss.total.clone().add(of_critic.for_model.clone());
        let grads = GradientsParams::from_grads(total.backward(), &model);
        let critic_grads = GradientsParams::from_grads(of_critic.for_critic.backward(), &critic);
        let critic = Some((of_critic.read()?, critic_grads));
        Ok(BatchGradients { loss: loss.read()?, model: grads, critic })
    }
}

impl BatchGradients {
    /// The average over equally large parts, in their order.
    fn average(model: &Vae, adversary: Option<&Adversary>, parts: Vec<Self>) -> Self {
        let (mut losses, mut grads, mut critics) = (Vec::new(), Vec::new(), Vec::new());
        for part in parts {
            losses.push(part.loss);
            grads.push(part.model);
            critics.extend(part.critic);
        }
        let (figures, critic_grads): (Vec<_>, Vec<_>) = critics.into_iter().unzip();
        let critic = adversary
            .zip(AdversarialParts::mean(&figures))
            .map(|(adversary, figures)| (figures, average(&adversary.critic, critic_grads)));
        Self { loss: LossParts::mean(&losses), model: average(model, grads), critic }
    }
}

/// The values of one of `n` equal parts.
fn batch_share(values: &[f32], idx: usize, n: usize) -> &[f32] {
    let len = values.len() / n;
    &values[idx * len..(idx + 1) * len]
}

/// Numbers on the device.
pub(super) fn batch(values: &[f32], shape: [usize; 3], device: &Device) -> Tensor<3> {
    Tensor::from_data(TensorData::new(values.to_vec(), shape), device)
}

/// The type of the input is what all products compute with.
pub(super) fn typed(x: Tensor<3>, precision: Precision) -> Tensor<3> {
    match precision {
        Precision::Single => x,
        Precision::Mixed => x.cast(DType::BF16),
    }
}
