use std::fmt::Debug;

use pulp::{Arch, Simd, WithSimd};

/// An operation on series of the processor's backend, and the gradients of its inputs from
/// that of its output.
///
/// Every loop runs over one series of one channel, which stays in the first cache, and sums
/// in one fixed order: the same inputs give the same bits. Both functions are inlined always,
/// so that [`forward`] and [`backward`] compile them for the instructions of the machine.
pub(super) trait Operation<const N: usize>: Copy + Send + Debug + 'static {
    /// How long a series of the first input is in the output, whose shape is else
    /// the same.
    fn n_times(self, n_times: usize) -> usize {
        n_times
    }

    /// Computes the output, which holds zeros before.
    fn forward(self, inputs: [&[f32]; N], output: &mut [f32]);

    /// Computes the gradients of the inputs, which hold zeros before.
    fn backward(self, inputs: [&[f32]; N], grad: &[f32], grads: [&mut [f32]; N]);
}

/// Runs [`Operation::forward`] with the best instructions of this machine.
pub(super) fn forward<O: Operation<N>, const N: usize>(
    operation: O,
    inputs: [&[f32]; N],
    output: &mut [f32],
) {
    Arch::new().dispatch(Forward { operation, inputs, output });
}

/// Runs [`Operation::backward`] with the best instructions of this machine.
pub(super) fn backward<O: Operation<N>, const N: usize>(
    operation: O,
    inputs: [&[f32]; N],
    grad: &[f32],
    grads: [&mut [f32]; N],
) {
    Arch::new().dispatch(Backward { operation, inputs, grad, grads });
}

struct Forward<'a, O, const N: usize> {
    operation: O,
    inputs: [&'a [f32]; N],
    output: &'a mut [f32],
}

impl<O: Operation<N>, const N: usize> WithSimd for Forward<'_, O, N> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        self.operation.forward(self.inputs, self.output);
    }
}

struct Backward<'a, O, const N: usize> {
    operation: O,
    inputs: [&'a [f32]; N],
    grad: &'a [f32],
    grads: [&'a mut [f32]; N],
}

impl<O: Operation<N>, const N: usize> WithSimd for Backward<'_, O, N> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        self.operation.backward(self.inputs, self.grad, self.grads);
    }
}
