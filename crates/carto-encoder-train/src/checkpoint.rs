//! Checkpoints: all that a run needs to go on as if it had never stopped.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use burn::module::Module;
use burn::tensor::Device;
use serde::{Deserialize, Serialize};

use crate::{Split, TrainConfig, TrainError, Trainer, TrainingSet, optimizer};

/// What a checkpoint says besides weights and moments.
#[derive(Debug, Serialize, Deserialize)]
struct Progress {
    step: u64,
    config: TrainConfig,
    /// What the set was: another one would be another run.
    n_maps: usize,
    n_frames: usize,
}

impl Progress {
    fn read(place: &Path) -> Result<Self, TrainError> {
        let path = progress_path(place);
        let text = fs::read_to_string(&path).map_err(|error| TrainError::file(&path, error))?;
        serde_json::from_str(&text).map_err(|error| TrainError::file(&path, error))
    }
}

/// The checkpoint of a folder; the one before it where a run was cut off between
/// the two.
fn place_of(dir: &Path) -> PathBuf {
    let place = dir.join("checkpoint");
    if place.exists() { place } else { dir.join("checkpoint.old") }
}

fn weights_path(dir: &Path) -> PathBuf {
    dir.join("weights.bpk")
}

fn moments_path(dir: &Path) -> PathBuf {
    dir.join("moments.bpk")
}

fn progress_path(dir: &Path) -> PathBuf {
    dir.join("progress.json")
}

impl Trainer {
    /// Writes a checkpoint into `dir/checkpoint`, whole or not at all: it is
    /// written beside and then takes the place of the one before.
    ///
    /// # Errors
    ///
    /// [`TrainError::File`].
    pub fn save(&self, dir: &Path, set: &TrainingSet) -> Result<(), TrainError> {
        let (fresh, place) = (dir.join("checkpoint.new"), dir.join("checkpoint"));
        let old = dir.join("checkpoint.old");
        let _ = fs::remove_dir_all(&fresh);
        fs::create_dir_all(&fresh).map_err(|error| TrainError::file(&fresh, error))?;
        let path = weights_path(&fresh);
        self.model.clone().save_file(&path).map_err(|error| TrainError::file(&path, error))?;
        let path = moments_path(&fresh);
        self.optimizer.save(&path).map_err(|error| TrainError::file(&path, error))?;
        if let Some(adversary) = &self.adversary {
            adversary.save(&fresh)?;
        }
        let progress = Progress {
            step: self.step,
            config: self.config.clone(),
            n_maps: set.maps.len(),
            n_frames: set.n_frames(),
        };
        let path = progress_path(&fresh);
        let text = serde_json::to_string_pretty(&progress)
            .map_err(|error| TrainError::file(&path, error))?;
        fs::write(&path, text).map_err(|error| TrainError::file(&path, error))?;
        let _ = fs::remove_dir_all(&old);
        if place.exists() {
            fs::rename(&place, &old).map_err(|error| TrainError::file(&place, error))?;
        }
        fs::rename(&fresh, &place).map_err(|error| TrainError::file(&fresh, error))?;
        let _ = fs::remove_dir_all(&old);
        Ok(())
    }

    /// Whether there is a checkpoint in `dir`, of whatever run.
    #[must_use]
    pub fn has_checkpoint(dir: &Path) -> bool {
        progress_path(&place_of(dir)).exists()
    }

    /// Steps done in `dir/checkpoint`; `None` if there is none of this configuration.
    #[must_use]
    pub fn steps_in(dir: &Path, config: &TrainConfig) -> Option<u64> {
        let progress = Progress::read(&place_of(dir)).ok()?;
        (progress.config == *config).then_some(progress.step)
    }

    /// Goes on from `dir/checkpoint`.
    ///
    /// # Errors
    ///
    /// [`TrainError::File`]; [`TrainError::OtherRun`] if it was made with another
    /// configuration (but for `n_steps`) or other data.
    pub fn resume(
        dir: &Path,
        config: TrainConfig,
        set: Arc<TrainingSet>,
        split: &Split,
        device: Device,
    ) -> Result<Self, TrainError> {
        let place = place_of(dir);
        let progress = Progress::read(&place)?;
        if progress.config != config {
            return Err(TrainError::OtherRun { what: "configuration" });
        }
        if (progress.n_maps, progress.n_frames) != (set.maps.len(), set.n_frames()) {
            return Err(TrainError::OtherRun { what: "set of maps" });
        }
        let mut trainer = Self::new(config, set, split, device)?;
        let path = weights_path(&place);
        let model = trainer.model.clone().try_load_file(&path);
        trainer.model = model.map_err(|error| TrainError::file(&path, error))?;
        let path = moments_path(&place);
        let optimizer =
            std::mem::replace(&mut trainer.optimizer, optimizer::adam(trainer.config.betas));
        trainer.optimizer =
            optimizer.load(&path).map_err(|error| TrainError::file(&path, error))?;
        trainer.adversary =
            trainer.adversary.take().map(|adversary| adversary.load(&place)).transpose()?;
        trainer.step = progress.step;
        Ok(trainer)
    }
}
