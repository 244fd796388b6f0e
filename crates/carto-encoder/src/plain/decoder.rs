use burn::module::Module;
use burn::nn::conv::{Conv1d, Conv1dConfig};
use burn::tensor::{Device, Tensor};

use super::conv::{MpConv1d, MpConv1dConfig};
use super::ops;
use super::up::{Up, UpConfig};
use super::wavenet::{WaveNet, WaveNetConfig};
use crate::EncoderConfig;

/// The encoder's mirror: latents to nine channels.
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
