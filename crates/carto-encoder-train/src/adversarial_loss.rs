use burn::module::Module;
use burn::tensor::Tensor;
use burn::tensor::activation::softplus;
use serde::{Deserialize, Serialize};

use crate::adversary::Critic;
use crate::error::read_floats;
use crate::{AdversarialConfig, TrainError};

/// What the adversarial part of a loss is made of, without its factors.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AdversarialParts {
    /// What the critic minimises, its penalty left out, nats; `2 ln 2` = 1.386 where it
    /// cannot tell crops from reconstructions.
    pub critic: f64,
    /// What encoder and decoder minimise of the critic's scores, nats; `ln 2` = 0.693
    /// where it is undecided.
    pub score: f64,
    /// Mean distance of features, summed over layers.
    pub features: f64,
    /// Mean squared slope of the critic's scores at crops.
    pub penalty: f64,
}

/// The adversarial part of a loss on the device, before anything is read.
pub(super) struct AdversarialLoss {
    /// `[1]`: what encoder and decoder are differentiated by, besides their own loss.
    /// The critic's weights are constants in it.
    pub(super) for_model: Tensor<1>,
    /// `[1]`: what the critic is differentiated by. The reconstruction is a constant
    /// in it.
    pub(super) for_critic: Tensor<1>,
    /// `[4]`: the fields of [`AdversarialParts`].
    parts: Tensor<1>,
}

impl AdversarialLoss {
    /// Non-saturating logistic losses, feature matching and the R1 penalty.
    ///
    /// R1 is the squared gradient of a score by the signal, whose own gradient would
    /// be a second derivative. Burn has only the first, so the slope is measured
    /// instead: for `v` standard normal, `((s(x + h v) - s(x - h v)) / 2h)^2` has the
    /// mean `|grad s(x)|^2` as `h` becomes small. One direction for each crop serves
    /// all its scores, which look at different frames and so at different parts of it.
    ///
    /// # Shapes
    ///
    /// - `critic`: what trains; graphs of it are no other thread's
    /// - `x`: crops, `[batch, 9, n_frames]`, float32
    /// - `decoded`: their reconstructions, the same shape
    /// - `directions`: standard normal, the same shape
    ///
    /// # Source
    ///
    /// Losses as in osu-dreamer `osu_dreamer/latent_model/model.py` @ `d3c5523`.
    /// Deviations: its penalty pulls the gradient's norm to 1 between crops and
    /// reconstructions, while R1 (L. Mescheder, A. Geiger, S. Nowozin, "Which training
    /// methods for GANs do actually converge?", ICML 2018) pulls it to 0 at crops; the
    /// gradient is that of each score and not of their sum, so that the crop's length
    /// does not matter; and both sides learn from one forward pass instead of two.
    pub(super) fn new(
        config: &AdversarialConfig,
        critic: &Critic,
        x: Tensor<3>,
        decoded: Tensor<3>,
        directions: Tensor<3>,
    ) -> Self {
        let len = x.dims()[0];
        let step = directions.mul_scalar(config.r1_step);
        let (before, after) = (x.clone().sub(step.clone()), x.clone().add(step));
        let scored =
            critic.forward(Tensor::cat(vec![x, decoded.clone().detach(), before, after], 0));
        let part = |of: &Tensor<3>, idx: usize| of.clone().narrow(0, idx * len, len);
        let [real, fake, before, after] = [0, 1, 2, 3].map(|idx| part(&scored.scores, idx));
        let penalty = after.sub(before).div_scalar(2.0 * config.r1_step).square().mean();
        let classified = softplus(real.neg(), 1.0).mean().add(softplus(fake, 1.0).mean());

        let found = frozen(critic).forward(decoded);
        let score = softplus(found.scores.neg(), 1.0).mean();
        let distances = scored.features.iter().zip(found.features);
        let distances =
            distances.map(|(real, found)| part(real, 0).detach().sub(found).abs().mean());
        let features = Tensor::cat(distances.collect(), 0).sum();
        let for_model = score.clone().mul_scalar(config.score_factor);
        Self {
            for_model: for_model.add(features.clone().mul_scalar(config.feature_factor)),
            for_critic: classified.clone().add(penalty.clone().mul_scalar(config.r1_factor)),
            parts: Tensor::cat(
                [classified, score, features, penalty].map(Tensor::detach).into(),
                0,
            ),
        }
    }

    /// Reads the parts from the device.
    ///
    /// # Errors
    ///
    /// [`TrainError::Device`].
    pub(super) fn read(self) -> Result<AdversarialParts, TrainError> {
        let parts = read_floats(&self.parts)?;
        let part = |idx: usize| parts.get(idx).map_or(f64::NAN, |&part| f64::from(part));
        Ok(AdversarialParts {
            critic: part(0),
            score: part(1),
            features: part(2),
            penalty: part(3),
        })
    }
}

/// A critic whose weights are constants: no gradients are computed for them.
fn frozen(critic: &Critic) -> Critic {
    critic.valid().train().no_grad()
}

impl AdversarialParts {
    /// The mean over equally large parts of one batch, or over several steps; `None` of
    /// nothing.
    #[must_use]
    pub fn mean(parts: &[Self]) -> Option<Self> {
        let n = parts.len() as f64;
        let mean = |of: fn(&Self) -> f64| parts.iter().map(of).sum::<f64>() / n;
        (!parts.is_empty()).then(|| Self {
            critic: mean(|part| part.critic),
            score: mean(|part| part.score),
            features: mean(|part| part.features),
            penalty: mean(|part| part.penalty),
        })
    }

    pub(super) fn is_finite(&self) -> bool {
        (self.critic + self.score + self.features + self.penalty).is_finite()
    }
}
