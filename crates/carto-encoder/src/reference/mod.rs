//! The published architecture as it is written down, in Burn.
//!
//! This is the definition: the folded form that inference runs is tested
//! against it, and training trains it. Nothing is folded here, and weights are
//! normed at every forward pass, so that gradients go through the norm.
//!
//! # Source
//!
//! osu-dreamer-cartography `osu_dreamer/latent_model/modules/{ae,wavenet}.py`
//! and `osu_dreamer/modules/mp.py` @ `7ec522b`. Deviation: signals of any
//! length are padded here, and not by the caller.

mod mp;
pub mod named_tensors;
mod network;
mod ops;
mod resample;
mod wavenet;

pub use mp::{MpConv1d, MpConv1dConfig, MpSum, MpSumConfig};
pub use network::{Decoder, Encoder};
pub use resample::{Down, DownConfig, Up, UpConfig};
pub use wavenet::{Branch, BranchConfig, WaveNet, WaveNetConfig, WaveNetLayer, WaveNetLayerConfig};
