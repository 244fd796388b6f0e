//! One value for each operation: its kernels, forwards and backwards.

use pulp::Arch;

use crate::reference::ops::kernels::{
    AddShare, AddShareBackward, Depthwise, DepthwiseBackward, Gated, GatedBackward, Mix,
    MixBackward, MpSilu, MpSiluBackward, Pool, PoolBackward, Sizes, Taps, Upsample,
    UpsampleBackward,
};

/// An operation on series, and the gradients of its inputs from that of its output.
///
/// Outputs and gradients hold zeros when it starts.
pub(super) trait Operation<const N: usize>: Copy + Send + std::fmt::Debug + 'static {
    /// How long a series of the first input is in the output, whose shape is else
    /// the same.
    fn n_times(self, n_times: usize) -> usize {
        n_times
    }

    fn forward(self, inputs: [&[f32]; N], output: &mut [f32]);
    fn backward(self, inputs: [&[f32]; N], grad: &[f32], grads: [&mut [f32]; N]);
}

#[derive(Debug, Clone, Copy)]
pub(super) struct DepthwiseOp {
    pub(super) taps: Taps,
    pub(super) sizes: Sizes,
}

impl Operation<2> for DepthwiseOp {
    fn forward(self, [x, weight]: [&[f32]; 2], output: &mut [f32]) {
        let Self { taps, sizes } = self;
        Arch::new().dispatch(Depthwise { x, weight, taps, sizes, output });
    }

    fn backward(self, [x, weight]: [&[f32]; 2], grad: &[f32], grads: [&mut [f32]; 2]) {
        let Self { taps, sizes } = self;
        let [grad_x, grad_weight] = grads;
        Arch::new().dispatch(DepthwiseBackward {
            x,
            weight,
            grad,
            taps,
            sizes,
            grad_x,
            grad_weight,
        });
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct GatedOp;

impl Operation<2> for GatedOp {
    fn forward(self, [filter, gate]: [&[f32]; 2], output: &mut [f32]) {
        Arch::new().dispatch(Gated { filter, gate, output });
    }

    fn backward(self, [filter, gate]: [&[f32]; 2], grad: &[f32], grads: [&mut [f32]; 2]) {
        let [grad_filter, grad_gate] = grads;
        Arch::new().dispatch(GatedBackward { filter, gate, grad, grad_filter, grad_gate });
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct MpSiluOp;

impl Operation<1> for MpSiluOp {
    fn forward(self, [x]: [&[f32]; 1], output: &mut [f32]) {
        Arch::new().dispatch(MpSilu { x, output });
    }

    fn backward(self, [x]: [&[f32]; 1], grad: &[f32], [grad_x]: [&mut [f32]; 1]) {
        Arch::new().dispatch(MpSiluBackward { x, grad, grad_x });
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct MixOp {
    pub(super) factors: [f32; 2],
}

impl Operation<2> for MixOp {
    fn forward(self, [a, b]: [&[f32]; 2], output: &mut [f32]) {
        Arch::new().dispatch(Mix { a, b, factors: self.factors, output });
    }

    fn backward(self, _: [&[f32]; 2], grad: &[f32], [grad_a, grad_b]: [&mut [f32]; 2]) {
        Arch::new().dispatch(MixBackward { factors: self.factors, grad, grad_a, grad_b });
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct AddShareOp {
    pub(super) n_times: usize,
}

impl Operation<3> for AddShareOp {
    fn forward(self, [sum, term, share]: [&[f32]; 3], output: &mut [f32]) {
        Arch::new().dispatch(AddShare { sum, term, share: share[0], output });
    }

    fn backward(self, [_, term, share]: [&[f32]; 3], grad: &[f32], grads: [&mut [f32]; 3]) {
        let [grad_sum, grad_term, grad_share] = grads;
        Arch::new().dispatch(AddShareBackward {
            term,
            share: share[0],
            grad,
            grad_sum,
            grad_term,
            grad_share: &mut grad_share[0],
            n_times: self.n_times,
        });
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct PoolOp {
    pub(super) stride: usize,
}

impl Operation<1> for PoolOp {
    fn n_times(self, n_times: usize) -> usize {
        n_times / self.stride
    }

    fn forward(self, [x]: [&[f32]; 1], output: &mut [f32]) {
        Arch::new().dispatch(Pool { x, stride: self.stride, output });
    }

    fn backward(self, _: [&[f32]; 1], grad: &[f32], [grad_x]: [&mut [f32]; 1]) {
        Arch::new().dispatch(PoolBackward { grad, stride: self.stride, grad_x });
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct UpsampleOp {
    pub(super) n_times: usize,
    pub(super) stride: usize,
}

impl Operation<1> for UpsampleOp {
    fn n_times(self, n_times: usize) -> usize {
        n_times * self.stride
    }

    fn forward(self, [x]: [&[f32]; 1], output: &mut [f32]) {
        let Self { n_times, stride } = self;
        Arch::new().dispatch(Upsample { x, n_times, stride, output });
    }

    fn backward(self, _: [&[f32]; 1], grad: &[f32], [grad_x]: [&mut [f32]; 1]) {
        let Self { n_times, stride } = self;
        Arch::new().dispatch(UpsampleBackward { grad, n_times, stride, grad_x });
    }
}
