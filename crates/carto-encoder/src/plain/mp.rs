//! Magnitude-preserving arithmetic: what goes in with mean square 1 comes out
//! with mean square 1.
//!
//! # Source
//!
//! osu-dreamer-cartography `osu_dreamer/modules/mp.py` @ `7ec522b`, after
//! T. Karras et al., "Analyzing and improving the training dynamics of diffusion
//! models", CVPR 2024.

use burn::tensor::Tensor;

/// Keeps a row of zeros from dividing by zero.
const EPS: f64 = 1e-4;
/// Root mean square of `silu(x)` for a standard normal `x`.
pub(super) const SILU_RMS: f64 = 0.596;
/// Root mean square of `sigmoid(x)` for a standard normal `x`.
pub(super) const SIGMOID_RMS: f64 = 0.542;

/// Weights over their root mean square along `dims`, but for [`EPS`].
///
/// # Shapes
///
/// - `weight`: any
/// - `dims`: those that are taken together
/// - returns: the shape of `weight`
pub(super) fn normed<const D: usize>(weight: Tensor<D>, dims: &[usize]) -> Tensor<D> {
    let mean_square = weight.clone().square().mean_dims(dims);
    weight.div(mean_square.sqrt().add_scalar(EPS))
}
