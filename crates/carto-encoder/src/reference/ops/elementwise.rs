//! Activations and weighted sums, number by number.

use super::operation::Operation;
use crate::cpu::activation::sigmoid;

/// Root mean square of `silu(x)` for a standard normal `x`, as in the published
/// `osu_dreamer/modules/mp.py`.
pub(super) const SILU_RMS: f64 = 0.596;
/// Root mean square of `sigmoid(x)` for a standard normal `x`, as in the published
/// `osu_dreamer/modules/mp.py`.
pub(super) const SIGMOID_RMS: f64 = 0.542;

/// `filter * sigmoid(gate) / 0.542`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gated;

impl Operation<2> for Gated {
    #[inline(always)]
    fn forward(self, [filter, gate]: [&[f32]; 2], output: &mut [f32]) {
        for (output, (&filter, &gate)) in output.iter_mut().zip(filter.iter().zip(gate)) {
            *output = filter * sigmoid(gate) * (1.0 / SIGMOID_RMS as f32);
        }
    }

    #[inline(always)]
    fn backward(self, [filter, gate]: [&[f32]; 2], grad: &[f32], grads: [&mut [f32]; 2]) {
        let n = grad.len();
        let [grad_filter, grad_gate] = grads.map(|grads| &mut grads[..n]);
        let (filter, gate) = (&filter[..n], &gate[..n]);
        for idx in 0..n {
            let open = sigmoid(gate[idx]);
            let grad = grad[idx] * open * (1.0 / SIGMOID_RMS as f32);
            grad_filter[idx] = grad;
            grad_gate[idx] = grad * filter[idx] * (1.0 - open);
        }
    }
}

/// `silu(x) / 0.596`.
#[derive(Debug, Clone, Copy)]
pub(super) struct MpSilu;

impl Operation<1> for MpSilu {
    #[inline(always)]
    fn forward(self, [x]: [&[f32]; 1], output: &mut [f32]) {
        for (output, &x) in output.iter_mut().zip(x) {
            *output = x * sigmoid(x) * (1.0 / SILU_RMS as f32);
        }
    }

    #[inline(always)]
    fn backward(self, [x]: [&[f32]; 1], grad: &[f32], [grad_x]: [&mut [f32]; 1]) {
        for (grad_x, (&x, &grad)) in grad_x.iter_mut().zip(x.iter().zip(grad)) {
            let open = sigmoid(x);
            *grad_x = grad * open * (1.0 + x * (1.0 - open)) * (1.0 / SILU_RMS as f32);
        }
    }
}

/// `factors[0] * a + factors[1] * b`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mix {
    pub(super) factors: [f32; 2],
}

impl Operation<2> for Mix {
    #[inline(always)]
    fn forward(self, [a, b]: [&[f32]; 2], output: &mut [f32]) {
        let [factor_a, factor_b] = self.factors;
        for (output, (&a, &b)) in output.iter_mut().zip(a.iter().zip(b)) {
            *output = factor_a * a + factor_b * b;
        }
    }

    #[inline(always)]
    fn backward(self, _: [&[f32]; 2], grad: &[f32], [grad_a, grad_b]: [&mut [f32]; 2]) {
        let [factor_a, factor_b] = self.factors;
        for (&grad, (grad_a, grad_b)) in grad.iter().zip(grad_a.iter_mut().zip(grad_b)) {
            *grad_a = factor_a * grad;
            *grad_b = factor_b * grad;
        }
    }
}

/// `sum + share * term`, where `share` is one number.
#[derive(Debug, Clone, Copy)]
pub(super) struct AddShare {
    /// Numbers that are summed apart for the gradient of `share`, so that no sum of single
    /// precision is long.
    pub(super) n_times: usize,
}

impl Operation<3> for AddShare {
    #[inline(always)]
    fn forward(self, [sum, term, share]: [&[f32]; 3], output: &mut [f32]) {
        let share = share[0];
        for (output, (&sum, &term)) in output.iter_mut().zip(sum.iter().zip(term)) {
            *output = sum + share * term;
        }
    }

    #[inline(always)]
    fn backward(self, [_, term, share]: [&[f32]; 3], grad: &[f32], grads: [&mut [f32]; 3]) {
        let [grad_sum, grad_term, grad_share] = grads;
        let share = share[0];
        grad_sum.copy_from_slice(grad);
        for (grad_term, &grad) in grad_term.iter_mut().zip(grad) {
            *grad_term = share * grad;
        }
        let series = grad.chunks(self.n_times).zip(term.chunks(self.n_times));
        let total: f64 = series.map(|(grad, term)| f64::from(dot(grad, term))).sum();
        grad_share[0] = total as f32;
    }
}

/// Partial sums of a dot product: as many as two of the widest registers hold.
const N_LANES: usize = 32;

/// The dot product of two slices of one length.
#[inline(always)]
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; N_LANES];
    let (a_chunks, a_rest) = a.as_chunks::<N_LANES>();
    let (b_chunks, b_rest) = b.as_chunks::<N_LANES>();
    for (a, b) in a_chunks.iter().zip(b_chunks) {
        for lane in 0..N_LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f32>() + rest
}
