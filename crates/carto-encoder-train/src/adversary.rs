//! The critic of a run, and what trains it.

use std::path::{Path, PathBuf};

use burn::module::Module;
use burn::nn::PaddingConfig1d;
use burn::nn::conv::{Conv1d, Conv1dConfig};
use burn::optim::{GradientsParams, ModuleOptimizer};
use burn::tensor::activation::leaky_relu;
use burn::tensor::{Device, Tensor};
use carto_encoder::EncoderConfig;
use carto_encoder::reference::named_tensors;

use crate::crops::critic_stream;
use crate::{AdversarialConfig, TrainConfig, TrainError, optimizer};

/// Channels as a multiple of the width, taps, stride.
const LAYERS: [(usize, usize, usize); 4] = [(1, 5, 2), (2, 5, 2), (4, 5, 2), (4, 3, 1)];
/// What negative values are multiplied by.
const NEGATIVE_SLOPE: f64 = 0.2;

/// Scores signals: each score looks at 45 frames, 0.27 s, and is high where they
/// look like those of a map and low where they look like a decoder's.
///
/// # Source
///
/// Layers of features with a score map at the end as `Critic` in osu-dreamer
/// `osu_dreamer/latent_model/modules/critic.py` @ `d3c5523`. Deviations: one scale
/// instead of three, ordinary convolutions and leaky rectifiers instead of normed
/// ones, narrower, and it does not hear the song.
#[derive(Module, Debug)]
pub(super) struct Critic {
    layers: Vec<Conv1d>,
    score: Conv1d,
}

/// Scores and features that a critic gives a batch.
pub(super) struct CriticOutput {
    /// Features of each layer, `[batch, n_channels, n_times]`.
    pub(super) features: Vec<Tensor<3>>,
    /// Scores, `[batch, 1, n_scores]`, one for eight frames.
    pub(super) scores: Tensor<3>,
}

impl Critic {
    /// Weights that follow from the run's seed alone: normal, of a spread that keeps
    /// that of the signal; biases of zero.
    ///
    /// - `width`: channels of the first layer
    pub(super) fn random(config: &TrainConfig, width: usize, device: &Device) -> Self {
        let mut random = critic_stream(config);
        let gain = 2.0 / (1.0 + NEGATIVE_SLOPE * NEGATIVE_SLOPE);
        named_tensors::replace(Self::init(width, device), device, |_, shape| {
            let fan_in: usize = shape[1..].iter().product();
            let std = if shape.len() == 1 { 0.0 } else { (gain / fan_in as f64).sqrt() };
            let n: usize = shape.iter().product();
            Some((0..n).map(|_| (std * random.next()) as f32).collect())
        })
    }

    fn init(width: usize, device: &Device) -> Self {
        let conv = |n_in, n_out, kernel_len, stride| {
            // As many zeros at both ends, so that no crop is too short.
            let padding = PaddingConfig1d::Explicit(kernel_len / 2, kernel_len / 2);
            let config = Conv1dConfig::new(n_in, n_out, kernel_len);
            config.with_stride(stride).with_padding(padding).init(device)
        };
        let mut n_in = EncoderConfig::N_CHANNELS;
        let mut layers = Vec::with_capacity(LAYERS.len());
        for (multiple, kernel_len, stride) in LAYERS {
            layers.push(conv(n_in, multiple * width, kernel_len, stride));
            n_in = multiple * width;
        }
        Self { layers, score: conv(n_in, 1, 1, 1) }
    }

    /// Scores signals.
    ///
    /// # Shapes
    ///
    /// - `x`: `[batch, 9, n_frames]`, float32
    pub(super) fn forward(&self, x: Tensor<3>) -> CriticOutput {
        let mut features: Vec<Tensor<3>> = Vec::with_capacity(self.layers.len());
        let mut last = x;
        for layer in &self.layers {
            last = leaky_relu(layer.forward(last), NEGATIVE_SLOPE);
            features.push(last.clone());
        }
        CriticOutput { features, scores: self.score.forward(last) }
    }
}

/// A run's critic with its optimizer.
pub(super) struct Adversary {
    pub(super) config: AdversarialConfig,
    pub(super) critic: Critic,
    optimizer: ModuleOptimizer,
}

impl Adversary {
    /// An untrained critic; `None` for a run without one.
    pub(super) fn new(config: &TrainConfig, device: &Device) -> Option<Self> {
        let adversarial = config.adversarial.clone()?;
        let critic = Critic::random(config, adversarial.width, device);
        let optimizer = optimizer::adam(adversarial.betas);
        Some(Self { config: adversarial, critic, optimizer })
    }

    /// Whether the critic is trained, and part of the loss, in a step.
    pub(super) fn is_active(&self, step: u64) -> bool {
        step >= self.config.starts_at_step
    }

    /// Takes a step of the critic's optimizer; gradients are clipped as the model's are.
    ///
    /// # Errors
    ///
    /// [`TrainError::Device`].
    pub(super) fn step(
        &mut self,
        config: &TrainConfig,
        step: u64,
        grads: GradientsParams,
    ) -> Result<(), TrainError> {
        let (grads, _) = optimizer::clip(&self.critic, grads, config.clip_norm)?;
        let share = optimizer::learning_rate(config, step) / config.learning_rate;
        let learning_rate = self.config.learning_rate * share;
        self.critic = self.optimizer.step(learning_rate, self.critic.clone(), grads);
        Ok(())
    }

    /// Writes weights and moments into a folder.
    ///
    /// # Errors
    ///
    /// [`TrainError::File`].
    pub(super) fn save(&self, dir: &Path) -> Result<(), TrainError> {
        let path = weights_path(dir);
        self.critic.clone().save_file(&path).map_err(|error| TrainError::file(&path, error))?;
        let path = moments_path(dir);
        self.optimizer.save(&path).map_err(|error| TrainError::file(&path, error))
    }

    /// Reads weights and moments from a folder.
    ///
    /// # Errors
    ///
    /// [`TrainError::File`].
    pub(super) fn load(self, dir: &Path) -> Result<Self, TrainError> {
        let Self { config, critic, optimizer } = self;
        let path = weights_path(dir);
        let critic = critic.try_load_file(&path).map_err(|error| TrainError::file(&path, error))?;
        let path = moments_path(dir);
        let optimizer = optimizer.load(&path).map_err(|error| TrainError::file(&path, error))?;
        Ok(Self { config, critic, optimizer })
    }
}

fn weights_path(dir: &Path) -> PathBuf {
    dir.join("critic.bpk")
}

fn moments_path(dir: &Path) -> PathBuf {
    dir.join("critic_moments.bpk")
}
