//! Depthwise convolution, series by series.

use std::ops::Range;

use pulp::{Simd, WithSimd};

use super::elementwise::dot;

/// Where the taps of a depthwise convolution lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Taps {
    /// Distance of two taps.
    pub(crate) dilation: usize,
    /// How many times the first tap lies before its output.
    pub(crate) n_before: usize,
}

impl Taps {
    /// As many outputs as inputs; where the zeros around a series cannot be shared
    /// out evenly its end gets the one more (PyTorch's rule).
    pub(crate) fn same(kernel_len: usize, dilation: usize) -> Self {
        Self { dilation, n_before: dilation * (kernel_len - 1) / 2 }
    }
}

/// Shape of a batch of series, `[batch, n_channels, n_times]`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    pub(crate) n_channels: usize,
    pub(crate) n_times: usize,
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

/// `output = x * weight`: a depthwise convolution, series by series.
pub(crate) struct Depthwise<'a> {
    pub(crate) x: &'a [f32],
    /// `[n_channels, kernel_len]`.
    pub(crate) weight: &'a [f32],
    pub(crate) taps: Taps,
    pub(crate) sizes: Sizes,
    /// Zeros, to which is added.
    pub(crate) output: &'a mut [f32],
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
pub(crate) struct DepthwiseBackward<'a> {
    pub(crate) x: &'a [f32],
    pub(crate) weight: &'a [f32],
    pub(crate) grad: &'a [f32],
    pub(crate) taps: Taps,
    pub(crate) sizes: Sizes,
    /// Zeros, to which is added.
    pub(crate) grad_x: &'a mut [f32],
    /// Zeros, to which is added.
    pub(crate) grad_weight: &'a mut [f32],
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
