use burn::config::Config;
use burn::module::Module;
use burn::tensor::{Device, Tensor};

use super::mp::{MpConv1d, MpConv1dConfig};
use super::ops;

/// Configuration of a [`Down`].
#[derive(Config, Debug)]
pub struct DownConfig {
    /// Channels `H` that go in and come out.
    pub dim: usize,
    /// Times that become one.
    pub stride: usize,
    /// Widening between the two pointwise convolutions.
    #[config(default = "1")]
    pub expand: usize,
}

/// Takes `stride` times to one.
#[derive(Module, Debug)]
pub struct Down {
    /// `dim` to `dim * expand` channels.
    pub enter: MpConv1d,
    /// Kernel `2 * stride`.
    pub depthwise: MpConv1d,
    /// Times that become one, their average.
    pub stride: usize,
    /// Back to `dim` channels.
    pub leave: MpConv1d,
}

impl DownConfig {
    /// Random weights.
    #[must_use]
    pub fn init(&self, device: &Device) -> Down {
        let wide = self.dim * self.expand;
        Down {
            enter: MpConv1dConfig::new(self.dim, wide).init(device),
            depthwise: MpConv1dConfig::depthwise(wide, 2 * self.stride).init(device),
            stride: self.stride,
            leave: MpConv1dConfig::new(wide, self.dim).init(device),
        }
    }
}

impl Down {
    /// # Shapes
    ///
    /// - `x`: `[batch, dim, n_times]`, `n_times` a multiple of `stride`
    /// - returns: `[batch, dim, n_times / stride]`
    #[must_use]
    pub fn forward(&self, x: Tensor<3>) -> Tensor<3> {
        let x = self.depthwise.forward(self.enter.forward(x));
        self.leave.forward(ops::mp_silu(ops::pool(x, self.stride)))
    }
}

/// Configuration of an [`Up`].
#[derive(Config, Debug)]
pub struct UpConfig {
    /// Channels `H` that go in and come out.
    pub dim: usize,
    /// Times that one becomes.
    pub stride: usize,
    /// Widening between the two pointwise convolutions.
    #[config(default = "1")]
    pub expand: usize,
}

/// Takes one time to `stride`.
#[derive(Module, Debug)]
pub struct Up {
    /// `dim` to `dim * expand` channels.
    pub enter: MpConv1d,
    /// Times that one becomes, linearly interpolated.
    pub stride: usize,
    /// Kernel `2 * stride`.
    pub depthwise: MpConv1d,
    /// Back to `dim` channels.
    pub leave: MpConv1d,
}

impl UpConfig {
    /// Random weights.
    #[must_use]
    pub fn init(&self, device: &Device) -> Up {
        let wide = self.dim * self.expand;
        Up {
            enter: MpConv1dConfig::new(self.dim, wide).init(device),
            stride: self.stride,
            depthwise: MpConv1dConfig::depthwise(wide, 2 * self.stride).init(device),
            leave: MpConv1dConfig::new(wide, self.dim).init(device),
        }
    }
}

impl Up {
    /// # Shapes
    ///
    /// - `x`: `[batch, dim, n_times]`
    /// - returns: `[batch, dim, n_times * stride]`
    #[must_use]
    pub fn forward(&self, x: Tensor<3>) -> Tensor<3> {
        let x = ops::upsample(self.enter.forward(x), self.stride);
        self.leave.forward(ops::mp_silu(self.depthwise.forward(x)))
    }
}
