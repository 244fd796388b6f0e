//! The operations from Burn's own, for devices other than the processor,
//! and as the definition that tests hold the rest against.
#![allow(clippy::needless_pass_by_value, reason = "as Burn's own operations take tensors")]

use burn::tensor::activation::{sigmoid, silu};
use burn::tensor::ops::PadMode;
use burn::tensor::{Tensor, s};

use super::depthwise::Taps;
use super::elementwise::{SIGMOID_RMS, SILU_RMS};
use super::resample::phases;

/// Shifted copies, tap by tap: Burn's gradient of a grouped convolution goes
/// channel by channel, which on a graphics processor is thousands of launches.
pub(super) fn depthwise(x: Tensor<3>, weight: Tensor<2>, taps: Taps) -> Tensor<3> {
    let [_, n_channels, n_times] = x.dims();
    let [_, kernel_len] = weight.dims();
    let n_padding = taps.dilation * (kernel_len - 1);
    let padding = (taps.n_before, n_padding - taps.n_before);
    let padded = x.pad([padding], PadMode::Constant(0.0));
    let tap = |k: usize| {
        let first = k * taps.dilation;
        let shifted = padded.clone().slice(s![.., .., first..first + n_times]);
        let weight = weight.clone().slice(s![.., k..k + 1]).reshape([1, n_channels, 1]);
        shifted.mul(weight)
    };
    (1..kernel_len).fold(tap(0), |sum, k| sum.add(tap(k)))
}

pub(super) fn gated(filter: Tensor<3>, gate: Tensor<3>) -> Tensor<3> {
    filter.mul(sigmoid(gate).div_scalar(SIGMOID_RMS))
}

pub(super) fn mp_silu(x: Tensor<3>) -> Tensor<3> {
    silu(x).div_scalar(SILU_RMS)
}

pub(super) fn mix(a: Tensor<3>, b: Tensor<3>, factors: [f32; 2]) -> Tensor<3> {
    let [factor_a, factor_b] = factors;
    a.mul_scalar(factor_a).add(b.mul_scalar(factor_b))
}

pub(super) fn add_share(sum: Tensor<3>, term: Tensor<3>, share: Tensor<3>) -> Tensor<3> {
    sum.add(term.mul(share))
}

pub(super) fn pool(x: Tensor<3>, stride: usize) -> Tensor<3> {
    let [n_batch, n_channels, n_times] = x.dims();
    x.reshape([n_batch, n_channels, n_times / stride, stride]).mean_dim(3).squeeze_dim(3)
}

pub(super) fn upsample(x: Tensor<3>, stride: usize) -> Tensor<3> {
    let [n_batch, n_channels, n_times] = x.dims();
    let first = x.clone().slice(s![.., .., 0..1]);
    let last = x.clone().slice(s![.., .., n_times - 1..n_times]);
    let before = Tensor::cat(vec![first, x.clone().slice(s![.., .., 0..n_times - 1])], 2);
    let after = Tensor::cat(vec![x.clone().slice(s![.., .., 1..n_times]), last], 2);
    let phase = |(shift, share): (isize, f32)| {
        let there = if shift < 0 { before.clone() } else { after.clone() };
        mix(x.clone(), there, [1.0 - share, share])
    };
    let phases: Vec<Tensor<3>> = phases(stride).map(phase).collect();
    Tensor::stack::<4>(phases, 3).reshape([n_batch, n_channels, n_times * stride])
}
