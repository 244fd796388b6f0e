use burn::tensor::module::conv1d;
use burn::tensor::ops::ConvOptions;
use burn::tensor::{Device, Tensor, TensorData};

use super::{
    Mix, Taps, add_share, apply, composed, depthwise, gated, mp_silu, pointwise, pool, upsample,
};

const SIZES: [usize; 3] = [2, 5, 37];

fn random<const D: usize>(shape: [usize; D], seed: u64, device: &Device) -> Tensor<D> {
    let mut rng = fastrand::Rng::with_seed(seed);
    let values = (0..shape.iter().product()).map(|_| rng.f32() * 4.0 - 2.0).collect();
    Tensor::from_data(TensorData::new::<f32, _>(values, shape), device)
}

fn values<const D: usize>(tensor: &Tensor<D>) -> Vec<f32> {
    tensor.to_data().try_to_vec().unwrap()
}

fn assert_close(found: &[f32], expected: &[f32], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (found, expected) in found.iter().zip(expected) {
        let bound = 1e-5 * expected.abs().max(1.0);
        assert!((found - expected).abs() < bound, "{what}: {found} instead of {expected}");
    }
}

/// Values and gradients of two ways to compute the same, under weights that tell
/// every output from every other.
fn assert_same<const A: usize, const B: usize>(
    a: &Tensor<A>,
    b: &Tensor<B>,
    one: impl Fn(Tensor<A>, Tensor<B>) -> Tensor<3>,
    other: impl Fn(Tensor<A>, Tensor<B>) -> Tensor<3>,
) {
    let run = |way: &dyn Fn(Tensor<A>, Tensor<B>) -> Tensor<3>| {
        let (a, b) = (a.clone().require_grad(), b.clone().require_grad());
        let output = way(a.clone(), b.clone());
        let weights = random(output.dims(), 99, &output.device());
        let grads = output.clone().mul(weights).sum().backward();
        let grad_b = b.grad(&grads).map(|grad| values(&grad)).unwrap_or_default();
        [values(&output), values(&a.grad(&grads).unwrap()), grad_b]
    };
    let (found, expected) = (run(&one), run(&other));
    for (idx, what) in
        ["output", "gradient of the first", "gradient of the second"].iter().enumerate()
    {
        assert_close(&found[idx], &expected[idx], what);
    }
}

fn device() -> Device {
    Device::flex().autodiff()
}

#[test]
fn depthwise_convolutions_agree_with_burns() {
    for (kernel_len, dilation) in [(3, 1), (3, 8), (4, 1), (6, 1), (3, 40)] {
        let taps = Taps::same(kernel_len, dilation);
        let x = random(SIZES, 1, &device());
        let weight = random([SIZES[1], kernel_len], 2, &device());
        let by_burn = |x: Tensor<3>, weight: Tensor<2>| {
            let n_padding = dilation * (kernel_len - 1);
            let padding = (taps.n_before, n_padding - taps.n_before);
            let options = ConvOptions::new_with_padding([1], [padding], [dilation], SIZES[1]);
            conv1d(x, weight.reshape([SIZES[1], 1, kernel_len]), None, options)
        };
        assert_same(&x, &weight, |x, weight| depthwise(x, weight, taps), by_burn);
        assert_same(&x, &weight, |x, weight| composed::depthwise(x, weight, taps), by_burn);
    }
}

#[test]
fn pointwise_convolutions_agree_with_burns() {
    let x = random(SIZES, 3, &device());
    let weight = random([7, SIZES[1]], 4, &device());
    let by_burn = |x: Tensor<3>, weight: Tensor<2>| {
        conv1d(x, weight.reshape([7, SIZES[1], 1]), None, ConvOptions::new([1], [0], [1], 1))
    };
    assert_same(&x, &weight, pointwise, by_burn);
}

#[test]
fn activations_agree_with_burns() {
    let (a, b) = (random(SIZES, 5, &device()), random(SIZES, 6, &device()));
    assert_same(&a, &b, gated, composed::gated);
    assert_same(&a, &b, |a, _| mp_silu(a), |a, _| composed::mp_silu(a));
}

#[test]
fn what_needs_no_gradient_is_computed_without_one() {
    let device = Device::flex();
    let x = random(SIZES, 7, &device);
    let weight = random([SIZES[1], 3], 8, &device);
    let taps = Taps::same(3, 2);
    let found = depthwise(x.clone(), weight.clone(), taps);
    assert_close(&values(&found), &values(&composed::depthwise(x, weight, taps)), "output");
}

#[test]
fn sums_agree_with_burns() {
    let (a, b) = (random(SIZES, 9, &device()), random(SIZES, 10, &device()));
    let factors = [0.9, -0.4];
    assert_same(
        &a,
        &b,
        |a, b| apply(Mix { factors }, [a, b]).unwrap(),
        |a, b| composed::mix(a, b, factors),
    );
    let share = random([1, 1, 1], 11, &device());
    let (fixed, half) = (a.clone(), share.clone());
    assert_same(
        &b,
        &share,
        |term, share| add_share(fixed.clone(), term, share),
        |term, share| composed::add_share(fixed.clone(), term, share),
    );
    assert_same(
        &a,
        &b,
        |sum, term| add_share(sum, term, half.clone()),
        |sum, term| composed::add_share(sum, term, half.clone()),
    );
}

#[test]
fn resampling_agrees_with_burns() {
    let x = random([2, 5, 12], 12, &device());
    for stride in [1, 2, 3, 4] {
        assert_same(&x, &x, |x, _| pool(x, stride), |x, _| composed::pool(x, stride));
        assert_same(&x, &x, |x, _| upsample(x, stride), |x, _| composed::upsample(x, stride));
    }
}

#[test]
fn upsampling_is_linear_between_middles() {
    let x = Tensor::<3>::from_data([[[0.0, 6.0]]], &Device::flex());
    assert_eq!(values(&upsample(x.clone(), 2)), [0.0, 1.5, 4.5, 6.0]);
    assert_close(&values(&upsample(x, 3)), &[0.0, 0.0, 2.0, 4.0, 6.0, 6.0], "three times");
}
