use burn::config::Config;
use burn::module::Module;
use burn::tensor::{Device, Tensor};

use super::mp::{MpConv1d, MpConv1dConfig, MpSum, MpSumConfig};
use super::ops;

/// Kernel of the gated layers.
const KERNEL_LEN: usize = 3;
/// How much of its residual a layer adds to what goes through.
const RESIDUAL_SHARE: f64 = 0.3;

/// Configuration of a [`Branch`].
#[derive(Config, Debug)]
pub struct BranchConfig {
    /// Channels `H` that go in.
    pub dim: usize,
    /// Channels that come out.
    pub wide: usize,
    /// Distance of two taps.
    pub dilation: usize,
}

/// Filter or gate: a convolution that sees all channels of one time, then one
/// that sees three times of one channel.
#[derive(Module, Debug)]
pub struct Branch {
    /// `dim` to `wide` channels.
    pub pointwise: MpConv1d,
    /// `wide` channels, each on its own.
    pub depthwise: MpConv1d,
}

impl BranchConfig {
    /// Random weights.
    #[must_use]
    pub fn init(&self, device: &Device) -> Branch {
        let depthwise = MpConv1dConfig::depthwise(self.wide, KERNEL_LEN);
        Branch {
            pointwise: MpConv1dConfig::new(self.dim, self.wide).init(device),
            depthwise: depthwise.with_dilation(self.dilation).init(device),
        }
    }
}

impl Branch {
    /// # Shapes
    ///
    /// - `x`: `[batch, dim, n_times]`
    /// - returns: `[batch, wide, n_times]`
    #[must_use]
    pub fn forward(&self, x: Tensor<3>) -> Tensor<3> {
        self.depthwise.forward(self.pointwise.forward(x))
    }
}

/// Configuration of a [`WaveNetLayer`].
#[derive(Config, Debug)]
pub struct WaveNetLayerConfig {
    /// Channels `H` that go in and come out.
    pub dim: usize,
    /// Distance of two taps.
    pub dilation: usize,
    /// Widening of the gated product.
    #[config(default = "1")]
    pub expand: usize,
}

/// One gated layer.
#[derive(Module, Debug)]
pub struct WaveNetLayer {
    /// The branch that is let through.
    pub filter: Branch,
    /// The branch that says how much of the filter.
    pub gate: Branch,
    /// To the next layer.
    pub res: MpConv1d,
    /// To the output of the stack. (`skip` itself is a word of Burn's derive.)
    pub skip: MpConv1d,
}

impl WaveNetLayerConfig {
    /// Random weights.
    #[must_use]
    pub fn init(&self, device: &Device) -> WaveNetLayer {
        let wide = self.dim * self.expand;
        let branch = BranchConfig::new(self.dim, wide, self.dilation);
        let leave = MpConv1dConfig::new(wide, self.dim);
        WaveNetLayer {
            filter: branch.init(device),
            gate: branch.init(device),
            res: leave.init(device),
            skip: leave.init(device),
        }
    }
}

impl WaveNetLayer {
    /// The gated product, of which [`Self::next`] and the stack's output are made.
    ///
    /// # Shapes
    ///
    /// - `x`: `[batch, dim, n_times]`
    /// - returns: `[batch, dim * expand, n_times]`
    #[must_use]
    pub fn gated(&self, x: Tensor<3>) -> Tensor<3> {
        ops::gated(self.filter.forward(x.clone()), self.gate.forward(x))
    }

    /// What the next layer reads.
    ///
    /// # Shapes
    ///
    /// - `x`: `[batch, dim, n_times]`
    /// - `gated`: of [`Self::gated`]
    /// - returns: `[batch, dim, n_times]`
    #[must_use]
    pub fn next(&self, x: Tensor<3>, gated: Tensor<3>) -> Tensor<3> {
        ops::mp_add(x, self.res.forward(gated), RESIDUAL_SHARE)
    }
}

/// Configuration of a [`WaveNet`].
#[derive(Config, Debug)]
pub struct WaveNetConfig {
    /// Channels `H` that go in and come out.
    pub dim: usize,
    /// Layers of a stack, dilated 1, 2, 4 ...
    pub stack_depth: usize,
    /// Stacks, one after the other.
    #[config(default = "1")]
    pub n_stacks: usize,
    /// Widening inside a layer.
    #[config(default = "1")]
    pub expand: usize,
}

/// Gated layers whose dilation grows, and one output from all of them.
#[derive(Module, Debug)]
pub struct WaveNet {
    /// Gated layers, in order.
    pub layers: Vec<WaveNetLayer>,
    /// Takes the layers' skips together.
    pub sum: MpSum,
    /// The stack's last convolution.
    pub out: MpConv1d,
}

impl WaveNetConfig {
    /// Random weights.
    #[must_use]
    pub fn init(&self, device: &Device) -> WaveNet {
        let n_layers = self.n_stacks * self.stack_depth;
        let layer = |idx: usize| {
            let dilation = 1 << (idx % self.stack_depth);
            WaveNetLayerConfig::new(self.dim, dilation).with_expand(self.expand).init(device)
        };
        WaveNet {
            layers: (0..n_layers).map(layer).collect(),
            sum: MpSumConfig::new(n_layers).init(device),
            out: MpConv1dConfig::new(self.dim, self.dim).init(device),
        }
    }
}

impl WaveNet {
    /// # Shapes
    ///
    /// - `x`: `[batch, dim, n_times]`
    /// - returns: `[batch, dim, n_times]`
    #[must_use]
    pub fn forward(&self, x: Tensor<3>) -> Tensor<3> {
        let mut skips = Vec::with_capacity(self.layers.len());
        let (mut x, n_layers) = (x, self.layers.len());
        for (idx, layer) in self.layers.iter().enumerate() {
            let gated = layer.gated(x.clone());
            skips.push(layer.skip.forward(gated.clone()));
            // What the last layer would pass on reaches nothing.
            if idx + 1 < n_layers {
                x = layer.next(x, gated);
            }
        }
        self.out.forward(ops::mp_silu(self.sum.forward(skips)))
    }
}
