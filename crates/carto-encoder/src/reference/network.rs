//! Encoder and decoder, and the encoder's weights by the keys of a checkpoint.

use std::collections::BTreeMap;

use burn::module::Module;
use burn::nn::conv::{Conv1d, Conv1dConfig};
use burn::tensor::ops::PadMode;
use burn::tensor::{Device, Tensor, TensorReadError};

use super::mp::{MpConv1d, MpConv1dConfig};
use super::resample::{Down, DownConfig, Up, UpConfig};
use super::wavenet::{WaveNet, WaveNetConfig};
use super::{named_tensors, ops};
use crate::{EncoderConfig, EncoderWeights};

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

impl Encoder {
    /// An encoder with the weights of a file.
    #[must_use]
    pub fn load(weights: &EncoderWeights, device: &Device) -> Self {
        named_tensors::replace(weights.config().init(device), device, |path, _| {
            Some(weights.tensor(&checkpoint_key(path)).to_vec())
        })
    }

    /// All weights, row-major, each under its key in a checkpoint: what
    /// [`EncoderWeights::new`] takes.
    ///
    /// # Errors
    ///
    /// The device's, if it cannot give them.
    pub fn tensors(&self) -> Result<BTreeMap<String, Vec<f32>>, TensorReadError> {
        let tensors = named_tensors::read(self)?.into_iter();
        Ok(tensors.map(|tensor| (checkpoint_key(&tensor.path), tensor.values)).collect())
    }
}

/// The key in a checkpoint of a path in our modules: the published program numbers the
/// parts of a sequence where ours have names.
fn checkpoint_key(path: &str) -> String {
    let names = path.split('.').map(|name| match name {
        "entry" => "encoder.0",
        "blocks" => "encoder.1.blocks",
        "downs" => "encoder.1.downs",
        "mu" => "encoder.2.mu",
        "logvar" => "encoder.2.logvar",
        "pointwise" | "enter" => "0",
        "depthwise" => "1",
        "leave" => "4",
        "sum" => "out.0",
        "out" => "out.2",
        same => same,
    });
    names.collect::<Vec<_>>().join(".")
}

/// The decoder, which mirrors the encoder: latents to nine channels.
///
/// The published decoder also reads the spectrogram of the song, which would enter
/// here: at every stage, behind [`Up`]. Where there is no audio it is as below.
///
/// Created by [`EncoderConfig::init_decoder`].
#[derive(Module, Debug)]
pub struct Decoder {
    /// Latents to `H` channels.
    pub entry: MpConv1d,
    /// One for each stride, the encoder's last first.
    pub ups: Vec<Up>,
    /// One behind each of them.
    pub blocks: Vec<WaveNet>,
    /// An ordinary convolution, with bias.
    pub head: Conv1d,
}

impl EncoderConfig {
    /// A decoder with random weights for this encoder's latents.
    ///
    /// The configuration must be a valid one ([`EncoderConfig::validate`]).
    #[must_use]
    pub fn init_decoder(&self, device: &Device) -> Decoder {
        let dim = self.hidden_dim;
        let block = WaveNetConfig::new(dim, self.stack_depth)
            .with_n_stacks(self.n_stacks)
            .with_expand(self.layer_expand);
        let up =
            |&stride: &usize| UpConfig::new(dim, stride).with_expand(self.down_expand).init(device);
        Decoder {
            entry: MpConv1dConfig::new(self.n_latent_dims, dim).init(device),
            ups: self.strides.iter().rev().map(up).collect(),
            blocks: self.strides.iter().map(|_| block.init(device)).collect(),
            head: Conv1dConfig::new(dim, Self::N_CHANNELS, 1).init(device),
        }
    }
}

impl Decoder {
    /// The signal that latents stand for.
    ///
    /// # Shapes
    ///
    /// - `z`: `[batch, n_latent_dims, n_latents]`
    /// - returns: `[batch, 9, n_latents * frames_per_latent]`
    #[must_use]
    pub fn forward(&self, z: Tensor<3>) -> Tensor<3> {
        let stages = self.ups.iter().zip(&self.blocks);
        let x = stages.fold(self.entry.forward(z), |x, (up, block)| block.forward(up.forward(x)));
        ops::ordinary(&self.head, x)
    }
}
