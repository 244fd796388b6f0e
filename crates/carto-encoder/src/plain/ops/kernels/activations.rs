//! Activations, number by number.

use pulp::{Simd, WithSimd};

use crate::cpu::activation::sigmoid;
use crate::plain::mp::{SIGMOID_RMS, SILU_RMS};

/// `output = filter * sigmoid(gate) / 0.542`.
pub(in crate::plain::ops) struct Gated<'a> {
    pub(in crate::plain::ops) filter: &'a [f32],
    pub(in crate::plain::ops) gate: &'a [f32],
    pub(in crate::plain::ops) output: &'a mut [f32],
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
pub(in crate::plain::ops) struct GatedBackward<'a> {
    pub(in crate::plain::ops) filter: &'a [f32],
    pub(in crate::plain::ops) gate: &'a [f32],
    pub(in crate::plain::ops) grad: &'a [f32],
    pub(in crate::plain::ops) grad_filter: &'a mut [f32],
    pub(in crate::plain::ops) grad_gate: &'a mut [f32],
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
pub(in crate::plain::ops) struct MpSilu<'a> {
    pub(in crate::plain::ops) x: &'a [f32],
    pub(in crate::plain::ops) output: &'a mut [f32],
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
pub(in crate::plain::ops) struct MpSiluBackward<'a> {
    pub(in crate::plain::ops) x: &'a [f32],
    pub(in crate::plain::ops) grad: &'a [f32],
    pub(in crate::plain::ops) grad_x: &'a mut [f32],
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
