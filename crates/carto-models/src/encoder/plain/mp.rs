//! Magnitude-preserving arithmetic: what goes in with mean square 1 comes out
//! with mean square 1.
//!
//! # Source
//!
//! osu-dreamer-cartography `osu_dreamer/modules/mp.py` @ `7ec522b`, after
//! T. Karras et al., "Analyzing and improving the training dynamics of diffusion
//! models", CVPR 2024.

use burn::tensor::Tensor;
use burn::tensor::activation::{sigmoid, silu};

/// Keeps a row of zeros from dividing by zero.
const EPS: f64 = 1e-4;
/// Root mean square of `silu(x)` for a standard normal `x`.
const SILU_RMS: f64 = 0.596;
/// Root mean square of `sigmoid(x)` for a standard normal `x`.
const SIGMOID_RMS: f64 = 0.542;

/// `silu(x) / 0.596`.
///
/// # Shapes
///
/// - `x`: any
/// - returns: the same
#[must_use]
pub fn mp_silu<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    silu(x).div_scalar(SILU_RMS)
}

/// `sigmoid(x) / 0.542`.
///
/// # Shapes
///
/// - `x`: any
/// - returns: the same
#[must_use]
pub fn mp_sigmoid<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    sigmoid(x).div_scalar(SIGMOID_RMS)
}

/// `((1 - t) a + t b) / sqrt((1 - t)^2 + t^2)`.
///
/// # Shapes
///
/// - `a`, `b`: any, both the same
/// - `t`: how much of `b`, in `[0, 1]`
/// - returns: the same
#[must_use]
pub fn mp_add<const D: usize>(a: Tensor<D>, b: Tensor<D>, t: f64) -> Tensor<D> {
    let rms = ((1.0 - t) * (1.0 - t) + t * t).sqrt();
    a.mul_scalar(1.0 - t).add(b.mul_scalar(t)).div_scalar(rms)
}

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
