use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use burn::tensor::Device;
use carto_encoder::EncoderWeights;
use carto_encoder::folded::FoldedEncoder;
use carto_encoder_train::{Split, TrainConfig, Trainer, TrainingSet};
use carto_types::crossval::{Fold, Spectrum};

use crate::evaluate::{self, latents_of, spectrum};
use crate::train;

/// One part to train and to evaluate.
pub(super) struct FoldJob {
    pub(super) set: Arc<TrainingSet>,
    pub(super) split: Split,
    pub(super) config: TrainConfig,
    /// Folder of its checkpoint and its weights.
    pub(super) dir: PathBuf,
    pub(super) device: Device,
    pub(super) deadline: Option<Instant>,
}

/// One part, trained and evaluated.
pub(super) struct EvaluatedFold {
    pub(super) split: Split,
    pub(super) weights: EncoderWeights,
    /// Agreement of its latents on its held-out songs.
    pub(super) agreement: Spectrum,
}

impl EvaluatedFold {
    /// The part as the results have it.
    pub(super) fn row(&self) -> Fold {
        let means = &self.agreement.pearson_mean;
        Fold {
            n_training_maps: self.split.training.len(),
            n_held_out_maps: self.split.held_out.len(),
            weights_sha256: self.weights.weights_sha256(),
            mean_r: means.iter().sum::<f64>() / means.len().max(1) as f64,
            agreement: self.agreement.clone(),
        }
    }
}

impl FoldJob {
    /// Trains from where it stands; `None` if the time is over before the end.
    ///
    /// # Errors
    ///
    /// A checkpoint of another run, files, the device.
    pub(super) fn run(self) -> Result<Option<EvaluatedFold>> {
        let encoder = self.dir.join("encoder.safetensors");
        if !self.is_done() {
            crate::training_set::make_folder(&self.dir)?;
            let mut trainer = self.trainer()?;
            train::train(&mut trainer, &self.set, &self.dir, self.deadline)?;
            if !self.is_done() {
                return Ok(None);
            }
        }
        let weights = evaluate::read(&encoder)?;
        let latents = latents_of(&self.set, &self.split.held_out, &FoldedEncoder::new(&weights));
        let agreement = spectrum(&self.set, &self.split.held_out, &latents)
            .context("no song of two mappers is held out")?;
        Ok(Some(EvaluatedFold { split: self.split, weights, agreement }))
    }

    /// Whether the checkpoint is that of the last step of this very run.
    fn is_done(&self) -> bool {
        Trainer::steps_in(&self.dir, &self.config) == Some(self.config.n_steps)
    }

    fn trainer(&self) -> Result<Trainer> {
        let (config, set) = (self.config.clone(), Arc::clone(&self.set));
        let device = self.device.clone();
        // A checkpoint of another run is refused there, not written over.
        if Trainer::has_checkpoint(&self.dir) {
            let resumed = Trainer::resume(&self.dir, config, set, &self.split, device);
            return resumed.with_context(|| format!("{} cannot be resumed", self.dir.display()));
        }
        Ok(Trainer::new(config, set, &self.split, device)?)
    }
}
