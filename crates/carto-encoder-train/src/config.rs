use serde::{Deserialize, Serialize};

use super::{AdversarialConfig, TrainError};
use carto_encoder::EncoderConfig;

/// Everything that decides what a training run gives, but for its data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainConfig {
    /// Size of the encoder; the decoder mirrors it.
    pub encoder: EncoderConfig,
    /// Of weights, split, crops and noise.
    pub seed: u64,
    /// Steps of the whole run, which the learning rate's schedule spans.
    pub n_steps: u64,
    /// Frames of a crop; 1024 in the published run.
    pub crop_frames: usize,
    /// Crops of a step.
    pub batch_len: usize,
    /// Parts of a batch that are computed side by side on the processor. The sum
    /// of their gradients depends on it in the last digits, so it belongs here.
    pub n_workers: usize,
    /// The highest learning rate, reached after the warm-up.
    pub learning_rate: f64,
    /// Steps in which the learning rate rises from zero.
    pub warm_up_steps: u64,
    /// Share of the highest learning rate that is left at the last step; between
    /// them it falls on a cosine.
    pub final_rate_share: f64,
    /// Decay of the two moments of Adam.
    pub betas: [f32; 2],
    /// Gradients longer than this, all taken as one vector, are shortened to it.
    pub clip_norm: f64,
    /// Weight of the Kullback-Leibler divergence, averaged over latents; 1e-4 in the
    /// published run.
    pub kl_factor: f64,
    /// Weight of each channel's squared error.
    pub channel_weights: [f64; EncoderConfig::N_CHANNELS],
    /// What the products compute with.
    pub precision: Precision,
    /// Which songs are kept from training.
    pub split: SplitRule,
    /// A critic's part in the loss; none where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adversarial: Option<AdversarialConfig>,
}

/// What the products compute with; weights and sums of the loss are float32.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// float32.
    Single,
    /// bfloat16, whose range is that of float32: no scaling of the loss.
    Mixed,
}

/// Which songs are kept from training; never a part of a song.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SplitRule {
    /// A share of the songs, and all that two mappers or more have mapped where
    /// `holds_shared_songs`: agreement can be measured on no others.
    Share {
        /// In `[0, 1)`.
        held_out_share: f64,
        /// Whether songs of two mappers or more are all held out.
        holds_shared_songs: bool,
    },
    /// One of `n_folds` equal parts; each song is in exactly one.
    Fold {
        /// At least two.
        n_folds: usize,
        /// Counted from 0.
        fold: usize,
    },
    /// As published: trained on songs of exactly two mappers, tested on those of
    /// three or more; songs of one mapper are in neither.
    Mappers,
}

impl TrainConfig {
    /// # Errors
    ///
    /// [`TrainError::Config`] with the JSON reader's words, or with the first value
    /// that is out of range.
    pub fn from_json(text: &str) -> Result<Self, TrainError> {
        let config: Self = serde_json::from_str(text)
            .map_err(|error| TrainError::Config { reason: error.to_string() })?;
        config.validate()?;
        Ok(config)
    }

    /// # Errors
    ///
    /// [`TrainError::Config`] with the first value that is out of range.
    pub fn validate(&self) -> Result<(), TrainError> {
        self.encoder
            .validate()
            .map_err(|error| TrainError::Config { reason: error.to_string() })?;
        let is_positive = |value: f64| value.is_finite() && value > 0.0;
        let is_share = |value: f64| (0.0..=1.0).contains(&value);
        let weights = self.channel_weights;
        let (n_workers, batch_len) = (self.n_workers, self.batch_len);
        let checks = [
            ("n_steps", self.n_steps > 0),
            ("crop_frames", (18..1 << 20).contains(&self.crop_frames)),
            ("batch_len", (1..=1 << 12).contains(&batch_len)),
            ("n_workers", n_workers > 0 && batch_len.is_multiple_of(n_workers)),
            ("learning_rate", is_positive(self.learning_rate)),
            ("final_rate_share", is_share(self.final_rate_share)),
            ("betas", self.betas.iter().all(|beta| (0.0..1.0).contains(beta))),
            ("clip_norm", is_positive(self.clip_norm)),
            ("kl_factor", self.kl_factor.is_finite() && self.kl_factor >= 0.0),
            ("channel_weights", weights.iter().all(|weight| weight.is_finite() && *weight >= 0.0)),
            ("channel_weights", weights.iter().any(|weight| *weight > 0.0)),
            ("split", self.split.is_valid()),
        ];
        let fault = checks.into_iter().find(|(_, is_valid)| !is_valid).map(|(name, _)| name);
        let adversarial_fault = || self.adversarial.as_ref()?.first_fault();
        match fault.or_else(adversarial_fault) {
            Some(name) => Err(TrainError::Config { reason: format!("`{name}` is out of range") }),
            None => Ok(()),
        }
    }
}

impl SplitRule {
    fn is_valid(&self) -> bool {
        match *self {
            Self::Share { held_out_share, .. } => (0.0..1.0).contains(&held_out_share),
            Self::Fold { n_folds, fold } => n_folds >= 2 && fold < n_folds,
            Self::Mappers => true,
        }
    }
}
