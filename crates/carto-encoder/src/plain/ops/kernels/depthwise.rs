//! Depthwise convolution, series by series.

use std::ops::Range;

use pulp::{Simd, WithSimd};

use super::dot;
use crate::plain::ops::Taps;
/// A batch of series, `[batch, n_channels, n_times]`.
#[derive(Debug, Clone, Copy)]
pub(in crate::plain::ops) struct Sizes {
    pub(in crate::plain::ops) n_channels: usize,
    pub(in crate::plain::ops) n_times: usize,
}

impl Sizes {
    /// Every series of the batch with the index of its channel.
    fn channels(self, n_series: usize) -> impl Iterator<Item = usize> {
        (0..n_series).map(move |series| series % self.n_channels)
    }

    fn n_series(self, values: &[f32]) -> usize {
        values.len().checked_div(self.n_times).unwrap_or_default()
    }
}

/// The range of outputs `t` for which the input `t + shift` lies in the series.
fn reach(taps: Taps, k: usize, n_times: usize) -> (Range<usize>, Range<usize>) {
    let (ahead, before) = (k * taps.dilation, taps.n_before);
    if ahead >= before {
        let shift = (ahead - before).min(n_times);
        (0..n_times - shift, shift..n_times)
    } else {
        let shift = (before - ahead).min(n_times);
        (shift..n_times, 0..n_times - shift)
    }
}

#[inline(always)]
fn add_scaled(output: &mut [f32], input: &[f32], factor: f32) {
    for (output, &input) in output.iter_mut().zip(input) {
        *output += factor * input;
    }
}

/// `output = x * weight`, see [`super::depthwise`].
pub(in crate::plain::ops) struct Depthwise<'a> {
    pub(in crate::plain::ops) x: &'a [f32],
    /// `[n_channels, kernel_len]`.
    pub(in crate::plain::ops) weight: &'a [f32],
    pub(in crate::plain::ops) taps: Taps,
    pub(in crate::plain::ops) sizes: Sizes,
    /// Zeros.
    pub(in crate::plain::ops) output: &'a mut [f32],
}

impl WithSimd for Depthwise<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let Self { x, weight, taps, sizes, output } = self;
        let kernel_len = weight.len() / sizes.n_channels;
        let series = x.chunks_exact(sizes.n_times).zip(output.chunks_exact_mut(sizes.n_times));
        for ((x, output), channel) in series.zip(sizes.channels(sizes.n_series(x))) {
            for (k, &tap) in weight[channel * kernel_len..][..kernel_len].iter().enumerate() {
                let (to, from) = reach(taps, k, sizes.n_times);
                add_scaled(&mut output[to], &x[from], tap);
            }
        }
    }
}

/// The gradients of [`Depthwise`].
pub(in crate::plain::ops) struct DepthwiseBackward<'a> {
    pub(in crate::plain::ops) x: &'a [f32],
    pub(in crate::plain::ops) weight: &'a [f32],
    pub(in crate::plain::ops) grad: &'a [f32],
    pub(in crate::plain::ops) taps: Taps,
    pub(in crate::plain::ops) sizes: Sizes,
    /// Zeros.
    pub(in crate::plain::ops) grad_x: &'a mut [f32],
    /// Zeros.
    pub(in crate::plain::ops) grad_weight: &'a mut [f32],
}

impl WithSimd for DepthwiseBackward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let Self { x, weight, grad, taps, sizes, grad_x, grad_weight } = self;
        let kernel_len = weight.len() / sizes.n_channels;
        let inputs = x.chunks_exact(sizes.n_times).zip(grad.chunks_exact(sizes.n_times));
        let series = inputs.zip(grad_x.chunks_exact_mut(sizes.n_times));
        for (((x, grad), grad_x), channel) in series.zip(sizes.channels(sizes.n_series(x))) {
            for k in 0..kernel_len {
                let place = channel * kernel_len + k;
                let (to, from) = reach(taps, k, sizes.n_times);
                add_scaled(&mut grad_x[from.clone()], &grad[to.clone()], weight[place]);
                grad_weight[place] += dot(&grad[to], &x[from]);
            }
        }
    }
}
