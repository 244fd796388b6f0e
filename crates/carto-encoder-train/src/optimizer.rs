//! How gradients change weights: Adam, the schedule of its learning rate, and what is done
//! to gradients first.

use std::f64::consts::PI;

use burn::module::{Module, ModuleVisitor, Param};
use burn::optim::{AdamConfig, GradientsParams, ModuleOptimizer};
use burn::tensor::Tensor;

use crate::TrainConfig;
use crate::error::{TrainError, read_floats};

/// Adam with moments of zero.
///
/// - `betas`: decay of the first and of the second moment
pub(super) fn adam([beta_1, beta_2]: [f32; 2]) -> ModuleOptimizer {
    AdamConfig::new().with_beta_1(beta_1).with_beta_2(beta_2).with_epsilon(1e-8).init()
}

/// The learning rate of a step: a straight rise from zero, then half a cosine
/// down to the configured share.
///
/// - `step`: counted from 0
pub(super) fn learning_rate(config: &TrainConfig, step: u64) -> f64 {
    let highest = config.learning_rate;
    if step < config.warm_up_steps {
        return highest * (step + 1) as f64 / config.warm_up_steps as f64;
    }
    let n_falling = config.n_steps.saturating_sub(config.warm_up_steps).max(1);
    let done = ((step - config.warm_up_steps) as f64 / n_falling as f64).min(1.0);
    let lowest = highest * config.final_rate_share;
    lowest + (highest - lowest) * 0.5 * (1.0 + libm::cos(PI * done))
}

/// Averages the gradients of parts of a batch, in their order.
pub(super) fn average(model: &impl Module, parts: Vec<GradientsParams>) -> GradientsParams {
    if parts.len() == 1 {
        return parts.into_iter().next().unwrap_or_default();
    }
    let mut averager =
        Averager { share: 1.0 / parts.len() as f64, parts, mean: GradientsParams::new() };
    model.visit(&mut averager);
    averager.mean
}

struct Averager {
    share: f64,
    parts: Vec<GradientsParams>,
    mean: GradientsParams,
}

impl ModuleVisitor for Averager {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let found = self.parts.iter_mut().filter_map(|part| part.remove::<D>(param.id));
        if let Some(sum) = found.reduce(Tensor::add) {
            self.mean.register(param.id, sum.mul_scalar(self.share));
        }
    }
}

/// Shortens all gradients together to a norm of at most `max_norm`, and gives the
/// norm that they had.
///
/// # Errors
///
/// [`TrainError::Device`].
pub(super) fn clip(
    model: &impl Module,
    grads: GradientsParams,
    max_norm: f64,
) -> Result<(GradientsParams, f64), TrainError> {
    let mut squares = Squares { grads: &grads, sums: Vec::new() };
    model.visit(&mut squares);
    let sums = squares.sums;
    if sums.is_empty() {
        return Ok((grads, 0.0));
    }
    // Read at once: a device answers slowly.
    let sums = read_floats(&Tensor::cat(sums, 0))?;
    let norm = sums.into_iter().map(f64::from).sum::<f64>().sqrt();
    if norm <= max_norm {
        return Ok((grads, norm));
    }
    let mut scaler = Scaler { grads, factor: max_norm / norm, scaled: GradientsParams::new() };
    model.visit(&mut scaler);
    Ok((scaler.scaled, norm))
}

struct Squares<'a> {
    grads: &'a GradientsParams,
    sums: Vec<Tensor<1>>,
}

impl ModuleVisitor for Squares<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if let Some(grad) = self.grads.get::<D>(param.id) {
            self.sums.push(grad.square().sum());
        }
    }
}

struct Scaler {
    grads: GradientsParams,
    factor: f64,
    scaled: GradientsParams,
}

impl ModuleVisitor for Scaler {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if let Some(grad) = self.grads.remove::<D>(param.id) {
            self.scaled.register(param.id, grad.mul_scalar(self.factor));
        }
    }
}
