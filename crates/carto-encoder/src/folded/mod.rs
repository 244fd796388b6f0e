//! The encoder with everything folded that inference does not need apart.
//!
//! # Source
//!
//! The architecture is osu-dreamer-cartography's
//! `osu_dreamer/latent_model/modules/{ae,wavenet,gaussian}.py` and
//! `osu_dreamer/modules/mp.py` @ `7ec522b`. Same outputs, within rounding, by
//! the following algebra, none of which touches a non-linearity:
//!
//! - Normed weights are constants: normed once.
//! - `mp_add(x, r) = a x + b r` scales the running sum at every layer. With
//!   `x_i = a^i y_i` it becomes the plain sum `y_{i+1} = y_i + b / a^{i+1} r_i`;
//!   the powers go into the weights on both sides.
//! - The scaled sum of skips becomes one running sum in the same way, with the
//!   softmax weight of each layer in its skip weights.
//! - The constants of the activations (0.542, 0.596) go into the next product.
//! - Two pointwise convolutions in a row are one: the first of all with the
//!   branches of the first layer (9 inputs instead of `H`), the last of a block
//!   with the first of its down-sampling, the last of all with the heads.
//! - Average pooling after a depthwise convolution is a depthwise convolution
//!   with stride and a longer kernel.
//! - The last layer's residual of each block reaches nothing and is left out.

mod fold;
mod matrix;

pub use matrix::Matrix;

use super::EncoderConfig;

/// An encoder, ready to be packed for whatever runs it.
///
/// Activations are `[time, channel]`; a product takes the channels of one time
/// to the channels of the same time.
#[derive(Debug, Clone, PartialEq)]
pub struct FoldedEncoder {
    /// Hyperparameters of the encoder that was folded.
    pub config: EncoderConfig,
    /// 9 channels to the running sum of the first stage.
    pub entry: Matrix,
    /// Stages, in order.
    pub stages: Vec<FoldedStage>,
    /// `silu` of the last pooling to the means, then to the logarithms of the
    /// variances: `[wide, 2 * n_latent_dims]`.
    pub heads: Matrix,
    /// Bias of each output of `heads`.
    pub heads_bias: Vec<f32>,
}

/// One block and its down-sampling.
#[derive(Debug, Clone, PartialEq)]
pub struct FoldedStage {
    /// Gated layers, in order.
    pub layers: Vec<FoldedLayer>,
    /// `silu` of the sum of skips to the channels that are pooled.
    pub mix: Matrix,
    /// The down-sampling.
    pub pool: FoldedPool,
    /// `silu` of the pooled channels to the next stage's running sum; `None`
    /// in the last stage, where it is part of the heads.
    pub exit: Option<Matrix>,
}

/// One gated layer.
#[derive(Debug, Clone, PartialEq)]
pub struct FoldedLayer {
    /// Distance of the taps, in frames of the stage.
    pub dilation: usize,
    /// The running sum (in the first layer of all: the 9 channels) to filter,
    /// then gate: `[n_in, 2 * wide]`.
    pub branches: Matrix,
    /// Earlier, same and later frame: `[3, 2 * wide]`, filter then gate.
    pub taps: Vec<f32>,
    /// What the gated product adds to the running sum; `None` in the last layer.
    pub residual: Option<Matrix>,
    /// What the gated product adds to the sum of skips.
    pub skip: Matrix,
}

/// A depthwise convolution with stride.
#[derive(Debug, Clone, PartialEq)]
pub struct FoldedPool {
    /// Frames that become one.
    pub stride: usize,
    /// Output `u` starts this many frames before `u * stride`.
    pub n_before: usize,
    /// `[3 * stride - 1, wide]`, earliest first.
    pub taps: Vec<f32>,
}

impl FoldedPool {
    /// Length of the kernel.
    #[must_use]
    pub fn n_taps(&self) -> usize {
        3 * self.stride - 1
    }
}

impl FoldedEncoder {
    /// Multiplications and additions of the products for one frame of input,
    /// counted as one each pair.
    #[must_use]
    pub fn multiply_adds_per_frame(&self) -> f64 {
        let size = |matrix: &Matrix| (matrix.n_in * matrix.n_out) as f64;
        let mut rate = 1.0;
        let mut sum = size(&self.entry);
        for stage in &self.stages {
            for layer in &stage.layers {
                sum += rate * (size(&layer.branches) + size(&layer.skip));
                sum += rate * layer.residual.as_ref().map_or(0.0, size);
            }
            sum += rate * size(&stage.mix);
            rate /= stage.pool.stride as f64;
            sum += rate * stage.exit.as_ref().map_or(0.0, size);
        }
        sum + rate * size(&self.heads)
    }
}
