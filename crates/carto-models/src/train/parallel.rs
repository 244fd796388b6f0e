use std::thread;

use burn::module::Module;
use burn::optim::GradientsParams;
use burn::tensor::{DType, Device, Tensor, TensorData};

use super::crops::noise;
use super::loss::{Loss, LossParts};
use super::{Precision, TrainConfig, TrainError, Vae, clip};
use crate::encoder::EncoderConfig;

/// Loss and gradients of a step's batch: equal parts side by side, each on a copy of
/// the model, since graphs that share weights wait for each other. (Not
/// `Module::fork`: what it leaves in Burn's table of graphs is never taken out, and
/// every step would take longer than the one before.)
///
/// - `crops`: `[batch_len, 9, crop_frames]`
///
/// # Errors
///
/// [`TrainError::Device`], [`TrainError::Worker`].
pub(super) fn gradients(
    model: &Vae,
    config: &TrainConfig,
    device: &Device,
    crops: &[f32],
    step: u64,
) -> Result<(LossParts, GradientsParams), TrainError> {
    let n_latents = config.crop_frames.div_ceil(config.encoder.frames_per_latent());
    let n_dims = config.encoder.n_latent_dims;
    let noise = noise(config, step, config.batch_len * n_dims * n_latents);
    let len = config.batch_len / config.n_workers;
    let parts = crops
        .chunks_exact(len * EncoderConfig::N_CHANNELS * config.crop_frames)
        .zip(noise.chunks_exact(len * n_dims * n_latents));
    let weights = model.valid();
    let work = |(crops, noise): (&[f32], &[f32])| {
        let model = weights.clone().train();
        let x = batch(crops, [len, EncoderConfig::N_CHANNELS, config.crop_frames], device);
        let noise = batch(noise, [len, n_dims, n_latents], device);
        let pass = model.forward(typed(x.clone(), config.precision), Some(noise));
        let loss = Loss::new(config, x, pass);
        let grads = GradientsParams::from_grads(loss.total.backward(), &model);
        Ok((loss.read()?, grads))
    };
    let done: Vec<Result<_, TrainError>> = thread::scope(|scope| {
        let threads: Vec<_> = parts.map(|part| scope.spawn(move || work(part))).collect();
        let join = |thread: thread::ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or(Err(TrainError::Worker))
        };
        threads.into_iter().map(join).collect()
    });
    let (losses, grads): (Vec<_>, Vec<_>) =
        done.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
    Ok((LossParts::mean(&losses), clip::average(model, grads)))
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
