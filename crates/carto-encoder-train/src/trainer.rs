use std::sync::Arc;

use burn::module::Module;
use burn::optim::ModuleOptimizer;
use burn::tensor::Device;
use carto_encoder::weights::{SourceFormat, WeightsMetadata};
use carto_encoder::{EncoderConfig, EncoderWeights};

use crate::adversary::Adversary;
use crate::crops::Crops;
use crate::loss::Loss;
use crate::optimizer::{adam, clip, learning_rate};
use crate::parallel::{batch, gradients, typed};
use crate::vae::random_vae;
use crate::{AdversarialParts, LossParts, Split, TrainConfig, TrainError, TrainingSet, Vae};

/// Crops of a batch of the validation.
const VALIDATION_LEN: usize = 8;
/// Batches of the validation: some 25 minutes of music.
const N_VALIDATION_BATCHES: u64 = 32;

/// What one step did.
#[derive(Debug, Clone, PartialEq)]
pub struct StepMetrics {
    /// Number of the step, counted from 0.
    pub step: u64,
    /// Loss of the batch, before the weights changed.
    pub loss: LossParts,
    /// The batch's adversarial part, in steps that have one.
    pub adversarial: Option<AdversarialParts>,
    /// The learning rate that was used.
    pub learning_rate: f64,
    /// Norm of all gradients together, before they were clipped.
    pub grad_norm: f64,
}

/// A training run in progress.
pub struct Trainer {
    pub(super) config: TrainConfig,
    pub(super) device: Device,
    pub(super) model: Vae,
    pub(super) optimizer: ModuleOptimizer,
    /// The critic, where the loss has an adversarial part.
    pub(super) adversary: Option<Adversary>,
    /// Steps done.
    pub(super) step: u64,
    set: Arc<TrainingSet>,
    crops: Crops,
    held_out_crops: Option<Crops>,
}

impl Trainer {
    /// Begins a run.
    ///
    /// - `device`: without gradients, which are switched on here
    ///
    /// # Errors
    ///
    /// [`TrainError::Config`], [`TrainError::NothingToTrainOn`].
    pub fn new(
        config: TrainConfig,
        set: Arc<TrainingSet>,
        split: &Split,
        device: Device,
    ) -> Result<Self, TrainError> {
        config.validate()?;
        let crops = Crops::new(&set, &split.training, config.crop_frames)?;
        // A run may hold nothing out.
        let held_out_crops = Crops::new(&set, &split.held_out, config.crop_frames).ok();
        let device = device.autodiff();
        let model = random_vae(&config.encoder, config.seed, &device);
        let optimizer = adam(config.betas);
        let adversary = Adversary::new(&config, &device);
        Ok(Self {
            config,
            device,
            model,
            optimizer,
            adversary,
            step: 0,
            set,
            crops,
            held_out_crops,
        })
    }

    /// Steps done.
    #[must_use]
    pub fn n_steps_done(&self) -> u64 {
        self.step
    }

    /// The configuration of the run.
    #[must_use]
    pub fn config(&self) -> &TrainConfig {
        &self.config
    }

    /// Encoder and decoder as they are now, without gradients.
    #[must_use]
    pub fn model(&self) -> Vae {
        self.model.valid()
    }

    /// Takes one step.
    ///
    /// # Errors
    ///
    /// [`TrainError::Diverged`], [`TrainError::Device`], [`TrainError::Worker`].
    pub fn step(&mut self) -> Result<StepMetrics, TrainError> {
        let step = self.step;
        let crops = self.crops.of_step(&self.set, &self.config, step);
        let config = &self.config;
        let adversary = self.adversary.as_mut().filter(|adversary| adversary.is_active(step));
        let (model, device) = (&self.model, &self.device);
        let found = gradients(model, adversary.as_deref(), config, device, &crops, step)?;
        let (adversarial, critic_grads) = found.critic.unzip();
        if !found.loss.total.is_finite() || adversarial.is_some_and(|parts| !parts.is_finite()) {
            return Err(TrainError::Diverged { step });
        }
        if let Some((adversary, grads)) = adversary.zip(critic_grads) {
            adversary.step(config, step, grads)?;
        }
        let (grads, grad_norm) = clip(&self.model, found.model, config.clip_norm)?;
        let learning_rate = learning_rate(config, step);
        self.model = self.optimizer.step(learning_rate, self.model.clone(), grads);
        self.step += 1;
        Ok(StepMetrics { step, loss: found.loss, adversarial, learning_rate, grad_norm })
    }

    /// Loss on the same crops of held-out maps every time, decoded from the means;
    /// `None` where nothing that is long enough is held out.
    ///
    /// # Errors
    ///
    /// [`TrainError::Device`].
    pub fn validate(&self) -> Result<Option<LossParts>, TrainError> {
        let Some(crops) = &self.held_out_crops else { return Ok(None) };
        let model = self.model.valid();
        let device = self.device.clone().inner();
        let config = &self.config;
        let shape = [VALIDATION_LEN, EncoderConfig::N_CHANNELS, config.crop_frames];
        let parts = (0..N_VALIDATION_BATCHES).map(|idx| {
            let values = crops.of_validation(&self.set, config, VALIDATION_LEN, idx);
            let x = batch(&values, shape, &device);
            let pass = model.forward(typed(x.clone(), config.precision), None);
            Loss::new(config, x, pass).read()
        });
        let parts = parts.collect::<Result<Vec<_>, _>>()?;
        Ok(Some(LossParts::mean(&parts)))
    }

    /// The encoder as it is now.
    ///
    /// # Errors
    ///
    /// [`TrainError::Device`], [`TrainError::Weights`].
    pub fn encoder_weights(&self, note: Option<String>) -> Result<EncoderWeights, TrainError> {
        let tensors = self.model.encoder.tensors().map_err(|error| TrainError::read(&error))?;
        let metadata = WeightsMetadata {
            format: SourceFormat::Safetensors,
            source_name: None,
            source_sha256: None,
            note,
        };
        Ok(EncoderWeights::new(self.config.encoder.clone(), tensors, metadata)?)
    }
}
