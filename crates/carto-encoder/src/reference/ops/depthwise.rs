use std::ops::Range;

use super::elementwise::dot;
use super::operation::Operation;

/// Where the taps of a depthwise convolution lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Taps {
    /// Distance of two taps.
    pub(crate) dilation: usize,
    /// How many times the first tap lies before its output.
    pub(crate) n_before: usize,
}

impl Taps {
    /// Taps that give as many outputs as inputs; where the zeros around a series cannot be
    /// shared out evenly its end gets the one more (PyTorch's rule).
    pub(crate) fn same(kernel_len: usize, dilation: usize) -> Self {
        Self { dilation, n_before: dilation * (kernel_len - 1) / 2 }
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

/// A depthwise convolution of `x`, `[batch, n_channels, n_times]`, with a weight,
/// `[n_channels, kernel_len]`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Depthwise {
    pub(super) taps: Taps,
    pub(super) n_channels: usize,
    pub(super) n_times: usize,
}

impl Operation<2> for Depthwise {
    #[inline(always)]
    fn forward(self, [x, weight]: [&[f32]; 2], output: &mut [f32]) {
        let Self { taps, n_channels, n_times } = self;
        let kernel_len = weight.len() / n_channels;
        let series = x.chunks_exact(n_times).zip(output.chunks_exact_mut(n_times));
        for (idx, (x, output)) in series.enumerate() {
            let channel = idx % n_channels;
            for (k, &tap) in weight[channel * kernel_len..][..kernel_len].iter().enumerate() {
                let (to, from) = reach(taps, k, n_times);
                add_scaled(&mut output[to], &x[from], tap);
            }
        }
    }

    #[inline(always)]
    fn backward(self, [x, weight]: [&[f32]; 2], grad: &[f32], grads: [&mut [f32]; 2]) {
        let Self { taps, n_channels, n_times } = self;
        let [grad_x, grad_weight] = grads;
        let kernel_len = weight.len() / n_channels;
        let inputs = x.chunks_exact(n_times).zip(grad.chunks_exact(n_times));
        let series = inputs.zip(grad_x.chunks_exact_mut(n_times));
        for (idx, ((x, grad), grad_x)) in series.enumerate() {
            for k in 0..kernel_len {
                let place = (idx % n_channels) * kernel_len + k;
                let (to, from) = reach(taps, k, n_times);
                add_scaled(&mut grad_x[from.clone()], &grad[to.clone()], weight[place]);
                grad_weight[place] += dot(&grad[to], &x[from]);
            }
        }
    }
}
