//! Activations and weighted sums, number by number.

use pulp::{Simd, WithSimd};

use crate::cpu::activation::sigmoid;

/// Root mean square of `silu(x)` for a standard normal `x`, as in the published
/// `osu_dreamer/modules/mp.py`.
pub(crate) const SILU_RMS: f64 = 0.596;
/// Root mean square of `sigmoid(x)` for a standard normal `x`, as in the published
/// `osu_dreamer/modules/mp.py`.
pub(crate) const SIGMOID_RMS: f64 = 0.542;

/// `output = filter * sigmoid(gate) / 0.542`.
pub(crate) struct Gated<'a> {
    pub(crate) filter: &'a [f32],
    pub(crate) gate: &'a [f32],
    pub(crate) output: &'a mut [f32],
}

impl WithSimd for Gated<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let inputs = self.filter.iter().zip(self.gate);
        for (output, (&filter, &gate)) in self.output.iter_mut().zip(inputs) {
            *output = filter * sigmoid(gate) * (1.0 / SIGMOID_RMS as f32);
        }
    }
}

/// The gradients of [`Gated`].
pub(crate) struct GatedBackward<'a> {
    pub(crate) filter: &'a [f32],
    pub(crate) gate: &'a [f32],
    pub(crate) grad: &'a [f32],
    pub(crate) grad_filter: &'a mut [f32],
    pub(crate) grad_gate: &'a mut [f32],
}

impl WithSimd for GatedBackward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let n = self.grad.len();
        let (filter, gate) = (&self.filter[..n], &self.gate[..n]);
        let (grad_filter, grad_gate) = (&mut self.grad_filter[..n], &mut self.grad_gate[..n]);
        for idx in 0..n {
            let open = sigmoid(gate[idx]);
            let grad = self.grad[idx] * open * (1.0 / SIGMOID_RMS as f32);
            grad_filter[idx] = grad;
            grad_gate[idx] = grad * filter[idx] * (1.0 - open);
        }
    }
}

/// `output = silu(x) / 0.596`.
pub(crate) struct MpSilu<'a> {
    pub(crate) x: &'a [f32],
    pub(crate) output: &'a mut [f32],
}

impl WithSimd for MpSilu<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        for (output, &x) in self.output.iter_mut().zip(self.x) {
            *output = x * sigmoid(x) * (1.0 / SILU_RMS as f32);
        }
    }
}

/// The gradient of [`MpSilu`].
pub(crate) struct MpSiluBackward<'a> {
    pub(crate) x: &'a [f32],
    pub(crate) grad: &'a [f32],
    pub(crate) grad_x: &'a mut [f32],
}

impl WithSimd for MpSiluBackward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let inputs = self.x.iter().zip(self.grad);
        for (grad_x, (&x, &grad)) in self.grad_x.iter_mut().zip(inputs) {
            let open = sigmoid(x);
            *grad_x = grad * open * (1.0 + x * (1.0 - open)) * (1.0 / SILU_RMS as f32);
        }
    }
}

/// `output = factor_a * a + factor_b * b`.
pub(crate) struct Mix<'a> {
    pub(crate) a: &'a [f32],
    pub(crate) b: &'a [f32],
    pub(crate) factors: [f32; 2],
    pub(crate) output: &'a mut [f32],
}

impl WithSimd for Mix<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let [factor_a, factor_b] = self.factors;
        for (output, (&a, &b)) in self.output.iter_mut().zip(self.a.iter().zip(self.b)) {
            *output = factor_a * a + factor_b * b;
        }
    }
}

/// The gradients of [`Mix`].
pub(crate) struct MixBackward<'a> {
    pub(crate) factors: [f32; 2],
    pub(crate) grad: &'a [f32],
    pub(crate) grad_a: &'a mut [f32],
    pub(crate) grad_b: &'a mut [f32],
}

impl WithSimd for MixBackward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let [factor_a, factor_b] = self.factors;
        let grads = self.grad_a.iter_mut().zip(self.grad_b);
        for (&grad, (grad_a, grad_b)) in self.grad.iter().zip(grads) {
            *grad_a = factor_a * grad;
            *grad_b = factor_b * grad;
        }
    }
}

/// `output = sum + share * term`.
pub(crate) struct AddShare<'a> {
    pub(crate) sum: &'a [f32],
    pub(crate) term: &'a [f32],
    pub(crate) share: f32,
    pub(crate) output: &'a mut [f32],
}

impl WithSimd for AddShare<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let inputs = self.sum.iter().zip(self.term);
        for (output, (&sum, &term)) in self.output.iter_mut().zip(inputs) {
            *output = sum + self.share * term;
        }
    }
}

/// The gradients of [`AddShare`].
pub(crate) struct AddShareBackward<'a> {
    pub(crate) term: &'a [f32],
    pub(crate) share: f32,
    pub(crate) grad: &'a [f32],
    pub(crate) grad_sum: &'a mut [f32],
    pub(crate) grad_term: &'a mut [f32],
    pub(crate) grad_share: &'a mut f32,
    /// Numbers that are summed apart, so that no sum of single precision is long.
    pub(crate) n_times: usize,
}

impl WithSimd for AddShareBackward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        self.grad_sum.copy_from_slice(self.grad);
        for (grad_term, &grad) in self.grad_term.iter_mut().zip(self.grad) {
            *grad_term = self.share * grad;
        }
        let series = self.grad.chunks(self.n_times).zip(self.term.chunks(self.n_times));
        let total: f64 = series.map(|(grad, term)| f64::from(dot(grad, term))).sum();
        *self.grad_share = total as f32;
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
