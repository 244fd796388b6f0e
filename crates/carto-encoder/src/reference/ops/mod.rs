//! The operations that training spends its time in, each with a backward pass of
//! its own on the processor.
//!
//! Burn differentiates a depthwise convolution channel by channel and a pointwise
//! one as a convolution as long as the signal, which costs more than all else
//! together. Here a pointwise convolution is a matrix product, and what lies
//! between the products goes once over each series. Other devices than the
//! processor compose the same from Burn's own operations; tests hold both against
//! each other and against Burn's convolution.
//!
//! The type of the series decides what is computed with: weights, which are
//! float32, are cast to it.

mod composed;
mod depthwise;
mod elementwise;
mod flex;
mod operation;
mod resample;

use burn::nn::conv::Conv1d;
use burn::tensor::Tensor;

use depthwise::Depthwise;
pub(super) use depthwise::Taps;
use elementwise::{AddShare, Gated, Mix, MpSilu};
use flex::apply;
use resample::{Pool, Upsample};

/// A convolution that sees all channels of one time: a matrix product.
///
/// # Shapes
///
/// - `x`: `[batch, n_in, n_times]`
/// - `weight`: `[n_out, n_in]`
/// - returns: `[batch, n_out, n_times]`
pub(super) fn pointwise(x: Tensor<3>, weight: Tensor<2>) -> Tensor<3> {
    let weight = weight.cast(x.dtype());
    weight.unsqueeze::<3>().matmul(x)
}

/// [`pointwise`] with the weights and the bias of an ordinary convolution.
///
/// # Shapes
///
/// - `x`: `[batch, n_in, n_times]`
/// - returns: `[batch, n_out, n_times]`
pub(super) fn ordinary(conv: &Conv1d, x: Tensor<3>) -> Tensor<3> {
    let [n_out, n_in, _] = conv.weight.dims();
    let product = pointwise(x, conv.weight.val().reshape([n_out, n_in]));
    match &conv.bias {
        Some(bias) => {
            let bias = bias.val().cast(product.dtype());
            product.add(bias.reshape([1, n_out, 1]))
        }
        None => product,
    }
}

/// A convolution that sees some times of one channel, as long as its input;
/// times outside of the series are zero.
///
/// # Shapes
///
/// - `x`: `[batch, n_channels, n_times]`
/// - `weight`: `[n_channels, kernel_len]`
/// - returns: the shape of `x`
pub(super) fn depthwise(x: Tensor<3>, weight: Tensor<2>, taps: Taps) -> Tensor<3> {
    let [_, n_channels, n_times] = x.dims();
    let [_, kernel_len] = weight.dims();
    // Of the rank of the series, since both share an array.
    let weight = weight.cast(x.dtype()).reshape([1, n_channels, kernel_len]);
    apply(Depthwise { taps, n_channels, n_times }, [x, weight]).unwrap_or_else(|[x, weight]| {
        composed::depthwise(x, weight.reshape([n_channels, kernel_len]), taps)
    })
}

/// The gated product: `filter * sigmoid(gate) / 0.542`.
///
/// # Shapes
///
/// - `filter`, `gate`: the same three sizes
/// - returns: the same
pub(super) fn gated(filter: Tensor<3>, gate: Tensor<3>) -> Tensor<3> {
    apply(Gated, [filter, gate]).unwrap_or_else(|[filter, gate]| composed::gated(filter, gate))
}

/// `silu(x) / 0.596`.
///
/// # Shapes
///
/// - `x`: any three sizes
/// - returns: the same
pub(super) fn mp_silu(x: Tensor<3>) -> Tensor<3> {
    apply(MpSilu, [x]).unwrap_or_else(|[x]| composed::mp_silu(x))
}

/// `((1 - t) a + t b) / sqrt((1 - t)^2 + t^2)`.
///
/// # Shapes
///
/// - `a`, `b`: the same three sizes
/// - `t`: how much of `b`, in `[0, 1]`
/// - returns: the same
pub(super) fn mp_add(a: Tensor<3>, b: Tensor<3>, t: f64) -> Tensor<3> {
    let rms = ((1.0 - t) * (1.0 - t) + t * t).sqrt();
    let factors = [((1.0 - t) / rms) as f32, (t / rms) as f32];
    apply(Mix { factors }, [a, b]).unwrap_or_else(|[a, b]| composed::mix(a, b, factors))
}

/// `sum + share * term`.
///
/// # Shapes
///
/// - `sum`, `term`: the same three sizes
/// - `share`: `[1, 1, 1]`
/// - returns: the shape of `sum`
pub(super) fn add_share(sum: Tensor<3>, term: Tensor<3>, share: Tensor<3>) -> Tensor<3> {
    let share = share.cast(sum.dtype());
    let [_, _, n_times] = sum.dims();
    apply(AddShare { n_times }, [sum, term, share])
        .unwrap_or_else(|[sum, term, share]| composed::add_share(sum, term, share))
}

/// Averages of `stride` times.
///
/// # Shapes
///
/// - `x`: `[batch, n_channels, n_times]`, `n_times` a multiple of `stride`
/// - returns: `[batch, n_channels, n_times / stride]`
pub(super) fn pool(x: Tensor<3>, stride: usize) -> Tensor<3> {
    apply(Pool { stride }, [x]).unwrap_or_else(|[x]| composed::pool(x, stride))
}

/// Linear interpolation between the middles of the old times (PyTorch's
/// `align_corners=False`).
///
/// # Shapes
///
/// - `x`: `[batch, n_channels, n_times]`, at least one time
/// - returns: `[batch, n_channels, n_times * stride]`
pub(super) fn upsample(x: Tensor<3>, stride: usize) -> Tensor<3> {
    let [_, _, n_times] = x.dims();
    apply(Upsample { n_times, stride }, [x]).unwrap_or_else(|[x]| composed::upsample(x, stride))
}

#[cfg(test)]
mod tests;
