use burn::module::{Module, ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::tensor::Tensor;

use super::TrainError;

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
    let sums = Tensor::cat(sums, 0)
        .try_to_vec_as::<f32>()
        .map_err(|error| TrainError::device(format!("{error:?}")))?;
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
