//! The kernels as operations of Burn's processor backend, with and without
//! gradients. Each gives its inputs back where a tensor lives elsewhere.
#![allow(clippy::result_large_err, reason = "no error but the inputs, given back; none is kept")]

mod operations;

use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::NoCheckpointing;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::{Autodiff, BackendTypes, Flex};
use burn::tensor::{DType, Tensor};

use super::kernels::{Sizes, Taps};
use operations::{
    AddShareOp, DepthwiseOp, GatedOp, MixOp, MpSiluOp, Operation, PoolOp, UpsampleOp,
};

type FlexTensor = <Flex as BackendTypes>::FloatTensorPrimitive;
type TrackedTensor = <Autodiff<Flex> as BackendTypes>::FloatTensorPrimitive;

pub(super) fn depthwise(
    x: Tensor<3>,
    weight: Tensor<2>,
    taps: Taps,
) -> Result<Tensor<3>, (Tensor<3>, Tensor<2>)> {
    let [_, n_channels, n_times] = x.dims();
    let operation = DepthwiseOp { taps, sizes: Sizes { n_channels, n_times } };
    let [_, kernel_len] = weight.dims();
    // Of one rank, since they share an array.
    let weight = weight.reshape([1, n_channels, kernel_len]);
    apply(operation, [x, weight])
        .map_err(|[x, weight]| (x, weight.reshape([n_channels, kernel_len])))
}

pub(super) fn gated(
    filter: Tensor<3>,
    gate: Tensor<3>,
) -> Result<Tensor<3>, (Tensor<3>, Tensor<3>)> {
    apply(GatedOp, [filter, gate]).map_err(|[filter, gate]| (filter, gate))
}

pub(super) fn mp_silu(x: Tensor<3>) -> Result<Tensor<3>, Tensor<3>> {
    apply(MpSiluOp, [x]).map_err(|[x]| x)
}

pub(super) fn mix(
    a: Tensor<3>,
    b: Tensor<3>,
    factors: [f32; 2],
) -> Result<Tensor<3>, (Tensor<3>, Tensor<3>)> {
    apply(MixOp { factors }, [a, b]).map_err(|[a, b]| (a, b))
}

pub(super) fn add_share(
    sum: Tensor<3>,
    term: Tensor<3>,
    share: Tensor<3>,
) -> Result<Tensor<3>, [Tensor<3>; 3]> {
    let [_, _, n_times] = sum.dims();
    apply(AddShareOp { n_times }, [sum, term, share])
}

pub(super) fn pool(x: Tensor<3>, stride: usize) -> Result<Tensor<3>, Tensor<3>> {
    apply(PoolOp { stride }, [x]).map_err(|[x]| x)
}

pub(super) fn upsample(x: Tensor<3>, stride: usize) -> Result<Tensor<3>, Tensor<3>> {
    let [_, _, n_times] = x.dims();
    apply(UpsampleOp { n_times, stride }, [x]).map_err(|[x]| x)
}

/// Runs an operation on the processor's backend, or gives the inputs back.
fn apply<O: Operation<N>, const N: usize>(
    operation: O,
    inputs: [Tensor<3>; N],
) -> Result<Tensor<3>, [Tensor<3>; N]> {
    if inputs.iter().any(|input| input.dtype() != DType::F32) {
        return Err(inputs);
    }
    // Clones share their numbers.
    if let Some(inputs) = all(&inputs, |input| input.try_into_primitive::<Autodiff<Flex>>().ok()) {
        let nodes = inputs.each_ref().map(TrackedTensor::node);
        let known = inputs.map(|input| input.into_primitive().to_contiguous());
        let output = forward(operation, &known);
        let output = match Derivative(operation)
            .prepare::<NoCheckpointing>(nodes)
            .compute_bound()
            .stateful()
        {
            OpsKind::Tracked(prepared) => prepared.finish(known, output),
            OpsKind::UnTracked(prepared) => prepared.finish(output),
        };
        return Ok(Tensor::from_primitive::<Autodiff<Flex>>(output));
    }
    if let Some(inputs) = all(&inputs, |input| input.try_into_primitive::<Flex>().ok()) {
        let known = inputs.map(|input| input.to_contiguous());
        return Ok(Tensor::from_primitive::<Flex>(forward(operation, &known)));
    }
    Err(inputs)
}

/// What `one` gives for every input; `None` if it gives nothing for one of them.
fn all<T, const N: usize>(
    inputs: &[Tensor<3>; N],
    one: impl Fn(Tensor<3>) -> Option<T>,
) -> Option<[T; N]> {
    let found: Vec<T> = inputs.iter().cloned().map_while(one).collect();
    found.try_into().ok()
}

fn forward<O: Operation<N>, const N: usize>(operation: O, inputs: &[FlexTensor; N]) -> FlexTensor {
    let mut shape = inputs[0].layout().shape().clone();
    if let Some(n_times) = shape.last_mut() {
        *n_times = operation.n_times(*n_times);
    }
    let mut output = FlexTensor::zeros(shape, DType::F32);
    operation.forward(inputs.each_ref().map(values), output.storage_mut());
    output
}

fn like(tensor: &FlexTensor) -> FlexTensor {
    FlexTensor::zeros(tensor.layout().shape().clone(), DType::F32)
}

/// The numbers of a tensor that was made contiguous.
fn values(tensor: &FlexTensor) -> &[f32] {
    tensor.as_slice().unwrap_or_default()
}

#[derive(Debug)]
struct Derivative<O>(O);

impl<O: Operation<N>, const N: usize> Backward<Flex, N> for Derivative<O> {
    type State = [FlexTensor; N];

    fn backward(
        self,
        ops: Ops<Self::State, N>,
        grads: &mut Gradients,
        _checkpointer: &mut Checkpointer,
    ) {
        let grad = grads.consume::<Flex>(&ops.node).to_contiguous();
        let mut found = ops.state.each_ref().map(like);
        let places = found.each_mut().map(FlexTensor::storage_mut);
        self.0.backward(ops.state.each_ref().map(values), values(&grad), places);
        for (parent, grad) in ops.parents.into_iter().zip(found) {
            if let Some(parent) = parent {
                grads.register::<Flex>(parent.id, grad);
            }
        }
    }
}
