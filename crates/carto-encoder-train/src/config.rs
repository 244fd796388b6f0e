use carto_encoder::EncoderConfig;
use serde::{Deserialize, Serialize};

use crate::TrainError;

/// Everything that decides what a training run gives, but for its data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainConfig {
    /// Size of the encoder; the decoder mirrors it.
    pub encoder: EncoderConfig,
    /// Seed of weights, split, crops and noise.
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
    /// Products in float32.
    Single,
    /// Products in bfloat16, whose range is that of float32: no scaling of the loss.
    Mixed,
}

/// Which songs are kept from training; never a part of a song.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SplitRule {
    /// A share of the songs, and all that two mappers or more have mapped where
    /// `holds_shared_songs`: agreement can be measured on no others.
    Share {
        /// Share of the songs, in `[0, 1)`.
        held_out_share: f64,
        /// Whether songs of two mappers or more are all held out.
        holds_shared_songs: bool,
    },
    /// One of `n_folds` equal parts; each song is in exactly one.
    Fold {
        /// Parts, at least two.
        n_folds: usize,
        /// The part that is held out, counted from 0.
        fold: usize,
    },
    /// The published split: trained on songs of exactly two mappers, tested on those of
    /// three or more; songs of one mapper are in neither.
    Mappers,
}

impl TrainConfig {
    /// Reads and checks a configuration.
    ///
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

    /// Checks every value.
    ///
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

/// The adversarial part of the loss: a critic that learns to tell crops from their
/// reconstructions, and what its scores weigh for encoder and decoder.
///
/// # Source
///
/// osu-dreamer `osu_dreamer/latent_model/{model.py,model.yml}` @ `d3c5523`, `213ca10`,
/// whose factors are named below. There the squared error has a factor of 0 and
/// features take its place; here it stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdversarialConfig {
    /// Channels of the critic's first layer; the others have two and four times as many.
    pub width: usize,
    /// Weight of the critic's scores of reconstructions; 0.005 in the published run.
    pub score_factor: f64,
    /// Weight of the distance between the critic's features of a crop and of its
    /// reconstruction; 1 in the published run.
    pub feature_factor: f64,
    /// Weight, in the critic's loss, of the squared slope of its scores at crops. The
    /// published run has 10 for a penalty of another kind.
    pub r1_factor: f64,
    /// How far from a crop the slope is measured on both sides, in units of the signal.
    pub r1_step: f64,
    /// The critic's highest learning rate; it follows the schedule of the others.
    pub learning_rate: f64,
    /// Decay of the two moments of the critic's Adam.
    pub betas: [f32; 2],
    /// The first step, counted from 0, in which the critic learns and counts. A step
    /// before it is one of a run without a critic.
    pub starts_at_step: u64,
}

impl AdversarialConfig {
    /// The first value that is out of range.
    pub(super) fn first_fault(&self) -> Option<&'static str> {
        let is_positive = |value: f64| value.is_finite() && value > 0.0;
        let is_factor = |value: f64| value.is_finite() && value >= 0.0;
        let checks = [
            ("adversarial.width", (1..=1 << 10).contains(&self.width)),
            ("adversarial.score_factor", is_factor(self.score_factor)),
            ("adversarial.feature_factor", is_factor(self.feature_factor)),
            ("adversarial.r1_factor", is_factor(self.r1_factor)),
            ("adversarial.r1_step", is_positive(self.r1_step)),
            ("adversarial.learning_rate", is_positive(self.learning_rate)),
            ("adversarial.betas", self.betas.iter().all(|beta| (0.0..1.0).contains(beta))),
        ];
        checks.into_iter().find(|(_, is_valid)| !is_valid).map(|(name, _)| name)
    }
}
