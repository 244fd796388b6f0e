use serde::{Deserialize, Serialize};

/// The adversarial part of the loss: a critic that learns to tell crops from their
/// reconstructions, and what its verdict weighs for encoder and decoder.
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
    /// Weight of the critic's verdict on reconstructions; 0.005 in the published run.
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
