use std::path::{Path, PathBuf};

use burn::module::Module;
use burn::optim::{GradientsParams, ModuleOptimizer};
use burn::tensor::Device;

use super::critic::Critic;
use super::{AdversarialConfig, TrainConfig, TrainError};
use super::{clip, schedule, trainer};

/// A run's critic with what trains it.
pub(super) struct Rival {
    pub(super) config: AdversarialConfig,
    pub(super) critic: Critic,
    optimizer: ModuleOptimizer,
}

impl Rival {
    /// One that has learnt nothing; `None` where the run has none.
    pub(super) fn new(config: &TrainConfig, device: &Device) -> Option<Self> {
        let adversarial = config.adversarial.clone()?;
        let critic = Critic::random(config, adversarial.width, device);
        let optimizer = trainer::adam(adversarial.betas);
        Some(Self { config: adversarial, critic, optimizer })
    }

    /// Whether it learns and counts in a step.
    pub(super) fn is_in_play(&self, step: u64) -> bool {
        step >= self.config.starts_at_step
    }

    /// Changes the critic's weights; its gradients are shortened as the model's are.
    ///
    /// # Errors
    ///
    /// [`TrainError::Device`].
    pub(super) fn learn(
        &mut self,
        config: &TrainConfig,
        step: u64,
        grads: GradientsParams,
    ) -> Result<(), TrainError> {
        let (grads, _) = clip::clip(&self.critic, grads, config.clip_norm)?;
        let share = schedule::learning_rate(config, step) / config.learning_rate;
        let learning_rate = self.config.learning_rate * share;
        self.critic = self.optimizer.step(learning_rate, self.critic.clone(), grads);
        Ok(())
    }

    /// # Errors
    ///
    /// [`TrainError::File`].
    pub(super) fn save(&self, dir: &Path) -> Result<(), TrainError> {
        let path = weights_path(dir);
        self.critic.clone().save_file(&path).map_err(|error| TrainError::file(&path, error))?;
        let path = moments_path(dir);
        self.optimizer.save(&path).map_err(|error| TrainError::file(&path, error))
    }

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
