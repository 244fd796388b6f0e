//! Weighted sums of two tensors of one shape.

use pulp::{Simd, WithSimd};

use super::dot;

/// `output = factor_a * a + factor_b * b`.
pub(in crate::plain::ops) struct Mix<'a> {
    pub(in crate::plain::ops) a: &'a [f32],
    pub(in crate::plain::ops) b: &'a [f32],
    pub(in crate::plain::ops) factors: [f32; 2],
    pub(in crate::plain::ops) output: &'a mut [f32],
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
pub(in crate::plain::ops) struct MixBackward<'a> {
    pub(in crate::plain::ops) factors: [f32; 2],
    pub(in crate::plain::ops) grad: &'a [f32],
    pub(in crate::plain::ops) grad_a: &'a mut [f32],
    pub(in crate::plain::ops) grad_b: &'a mut [f32],
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
pub(in crate::plain::ops) struct AddShare<'a> {
    pub(in crate::plain::ops) sum: &'a [f32],
    pub(in crate::plain::ops) term: &'a [f32],
    pub(in crate::plain::ops) share: f32,
    pub(in crate::plain::ops) output: &'a mut [f32],
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
pub(in crate::plain::ops) struct AddShareBackward<'a> {
    pub(in crate::plain::ops) term: &'a [f32],
    pub(in crate::plain::ops) share: f32,
    pub(in crate::plain::ops) grad: &'a [f32],
    pub(in crate::plain::ops) grad_sum: &'a mut [f32],
    pub(in crate::plain::ops) grad_term: &'a mut [f32],
    pub(in crate::plain::ops) grad_share: &'a mut f32,
    /// Numbers that are summed apart, so that no sum of single precision is long.
    pub(in crate::plain::ops) n_times: usize,
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
