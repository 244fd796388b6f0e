//! Operations on tensors of Burn's processor backend, with and without gradients.
#![allow(clippy::result_large_err, reason = "no error but the inputs, given back; none is kept")]

use burn::backend::autodiff::checkpoint::base::Checkpointer;
use burn::backend::autodiff::checkpoint::strategy::NoCheckpointing;
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind};
use burn::backend::{Autodiff, BackendTypes, Flex};
use burn::tensor::{DType, Tensor};

use super::operation::{self, Operation};

type FlexTensor = <Flex as BackendTypes>::FloatTensorPrimitive;
type TrackedTensor = <Autodiff<Flex> as BackendTypes>::FloatTensorPrimitive;

/// Runs an operation on the processor's backend, or gives the inputs back
/// where a tensor lives elsewhere.
pub(super) fn apply<O: Operation<N>, const N: usize>(
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
    operation::forward(operation, inputs.each_ref().map(values), output.storage_mut());
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
        operation::backward(self.0, ops.state.each_ref().map(values), values(&grad), places);
        for (parent, grad) in ops.parents.into_iter().zip(found) {
            if let Some(parent) = parent {
                grads.register::<Flex>(parent.id, grad);
            }
        }
    }
}
