use burn::module::Module;
use burn::nn::conv::{Conv1d, Conv1dConfig};
use burn::tensor::ops::PadMode;
use burn::tensor::{Device, Tensor};

use super::conv::{MpConv1d, MpConv1dConfig};
use super::down::{Down, DownConfig};
use super::ops;
use super::wavenet::{WaveNet, WaveNetConfig};
use crate::EncoderConfig;

/// The encoder of the published family: nine channels to the mean and the
/// logarithm of the variance of every latent.
///
/// Created by [`EncoderConfig::init`] or [`Encoder::load`].
#[derive(Module, Debug)]
pub struct Encoder {
    /// Nine channels to `H`.
    pub entry: MpConv1d,
    /// One for each stride.
    pub blocks: Vec<WaveNet>,
    /// One behind each block.
    pub downs: Vec<Down>,
    /// An ordinary convolution, with bias.
    pub mu: Conv1d,
    /// An ordinary convolution, with bias.
    pub logvar: Conv1d,
    /// Times that become one column.
    pub frames_per_latent: usize,
}

impl EncoderConfig {
    /// An encoder with random weights, drawn as the published program draws
    /// them. Weights are drawn when they are first used.
    ///
    /// The configuration must be a valid one ([`EncoderConfig::validate`]).
    #[must_use]
    pub fn init(&self, device: &Device) -> Encoder {
        let dim = self.hidden_dim;
        let block = WaveNetConfig::new(dim, self.stack_depth)
            .with_n_stacks(self.n_stacks)
            .with_expand(self.layer_expand);
        let down = |&stride: &usize| {
            DownConfig::new(dim, stride).with_expand(self.down_expand).init(device)
        };
        let head = Conv1dConfig::new(dim, self.n_latent_dims, 1);
        Encoder {
            entry: MpConv1dConfig::new(Self::N_CHANNELS, dim).init(device),
            blocks: self.strides.iter().map(|_| block.init(device)).collect(),
            downs: self.strides.iter().map(down).collect(),
            mu: head.init(device),
            logvar: head.init(device),
            frames_per_latent: self.frames_per_latent(),
        }
    }
}

impl Encoder {
    /// Means and logarithms of the variances.
    ///
    /// The signal is padded with zeros at its end to a multiple of
    /// `frames_per_latent`; `n_latents` is the number of frames over it, rounded
    /// up.
    ///
    /// # Shapes
    ///
    /// - `x`: `[batch, 9, n_frames]`, at least one frame
    /// - returns: twice `[batch, n_latent_dims, n_latents]`
    #[must_use]
    pub fn forward(&self, x: Tensor<3>) -> (Tensor<3>, Tensor<3>) {
        let [_, _, n_frames] = x.dims();
        let n_missing = n_frames.next_multiple_of(self.frames_per_latent) - n_frames;
        let x = match n_missing {
            0 => x,
            _ => x.pad([(0, n_missing)], PadMode::Constant(0.0)),
        };
        let stages = self.blocks.iter().zip(&self.downs);
        let x =
            stages.fold(self.entry.forward(x), |x, (block, down)| down.forward(block.forward(x)));
        (ops::ordinary(&self.mu, x.clone()), ops::ordinary(&self.logvar, x))
    }
}
