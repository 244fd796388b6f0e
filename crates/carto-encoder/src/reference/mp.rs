//! Magnitude-preserving layers: what goes in with mean square 1 comes out with mean
//! square 1.
//!
//! # Source
//!
//! osu-dreamer-cartography `osu_dreamer/modules/mp.py` @ `7ec522b`, after
//! T. Karras et al., "Analyzing and improving the training dynamics of diffusion
//! models", CVPR 2024.

use burn::config::Config;
use burn::module::{Initializer, Module, Param};
use burn::tensor::activation::softmax;
use burn::tensor::{Device, Tensor};

use super::ops::{self, Taps};

/// Keeps a row of zeros from dividing by zero.
const EPS: f64 = 1e-4;

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

/// Configuration of a [`MpConv1d`]: pointwise, or depthwise by
/// [`MpConv1dConfig::depthwise`]; the family has no others.
#[derive(Config, Debug)]
pub struct MpConv1dConfig {
    /// Channels that go in.
    pub n_in: usize,
    /// Channels that come out.
    pub n_out: usize,
    /// Length of the kernel.
    #[config(default = "1")]
    pub kernel_len: usize,
    /// Distance of two taps.
    #[config(default = "1")]
    pub dilation: usize,
    /// Groups of channels, each of which sees itself only.
    #[config(default = "1")]
    pub n_groups: usize,
}

/// Convolution over time without bias, each output channel with weights of norm
/// 1, and as long as its input ("same" padding, PyTorch's rule: where the zeros
/// cannot be shared out evenly, the end gets the one more).
///
/// Created by [`MpConv1dConfig`].
#[derive(Module, Debug)]
pub struct MpConv1d {
    /// Not normed, `[n_out, n_in / n_groups, kernel_len]`.
    pub weight: Param<Tensor<3>>,
    /// Distance of two taps.
    pub dilation: usize,
}

impl MpConv1dConfig {
    /// One output channel for each input channel, which sees nothing else.
    #[must_use]
    pub fn depthwise(n_channels: usize, kernel_len: usize) -> Self {
        Self::new(n_channels, n_channels).with_kernel_len(kernel_len).with_n_groups(n_channels)
    }

    /// Weights from the standard normal distribution, as the published program
    /// draws them.
    #[must_use]
    pub fn init(&self, device: &Device) -> MpConv1d {
        let shape = [self.n_out, self.n_in / self.n_groups, self.kernel_len];
        MpConv1d {
            weight: Initializer::Normal { mean: 0.0, std: 1.0 }.init(shape, device),
            dilation: self.dilation,
        }
    }
}

impl MpConv1d {
    /// Norms the weights, then convolves.
    ///
    /// # Shapes
    ///
    /// - `x`: `[batch, n_in, n_times]`
    /// - returns: `[batch, n_out, n_times]`
    #[must_use]
    pub fn forward(&self, x: Tensor<3>) -> Tensor<3> {
        let [n_out, n_in_of_group, kernel_len] = self.weight.dims();
        let fan_in = n_in_of_group * kernel_len;
        let weight = normed(self.weight.val(), &[1, 2]).div_scalar((fan_in as f64).sqrt());
        let weight = weight.reshape([n_out, fan_in]);
        if kernel_len == 1 {
            ops::pointwise(x, weight)
        } else {
            ops::depthwise(x, weight, Taps::same(kernel_len, self.dilation))
        }
    }
}

/// Configuration of a [`MpSum`].
#[derive(Config, Debug)]
pub struct MpSumConfig {
    /// Summands.
    pub n_terms: usize,
}

/// Weighted sum with learnt shares, of mean square 1 if the summands are
/// independent and have it.
///
/// Created by [`MpSumConfig`].
#[derive(Module, Debug)]
pub struct MpSum {
    /// Logits of the shares, not normed, `[n_terms]`.
    pub weight_logits: Param<Tensor<1>>,
}

impl MpSumConfig {
    /// Logits from the standard normal distribution, as the published program
    /// draws them.
    #[must_use]
    pub fn init(&self, device: &Device) -> MpSum {
        let normal = Initializer::Normal { mean: 0.0, std: 1.0 };
        MpSum { weight_logits: normal.init([self.n_terms], device) }
    }
}

impl MpSum {
    /// `sum_i w_i x_i / sqrt(sum_i w_i^2)` with `w = softmax(normed(logits))`.
    ///
    /// # Shapes
    ///
    /// - `terms`: as many as there are logits, at least one, each
    ///   `[batch, n_channels, n_times]`
    /// - returns: `[batch, n_channels, n_times]`
    #[must_use]
    pub fn forward(&self, terms: Vec<Tensor<3>>) -> Tensor<3> {
        let shares = softmax(normed(self.weight_logits.val(), &[0]), 0);
        let shares = shares.clone().div(shares.square().sum().sqrt());
        let shares: Tensor<3> = shares.reshape([-1, 1, 1]).cast(terms[0].dtype());
        let (mut terms, mut shares) = (terms, shares.split(1, 0));
        let first = terms.remove(0).mul(shares.remove(0));
        let rest = terms.into_iter().zip(shares);
        rest.fold(first, |sum, (term, share)| ops::add_share(sum, term, share))
    }
}
