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

mod checkpoint;
mod conv;
mod decoder;
mod down;
mod mp;
mod network;
mod ops;
pub mod paths;
mod sum;
mod up;
mod wavenet;

pub use conv::{MpConv1d, MpConv1dConfig};
pub use decoder::Decoder;
pub use down::{Down, DownConfig};
pub use network::Encoder;
pub use sum::{MpSum, MpSumConfig};
pub use up::{Up, UpConfig};
pub use wavenet::{Branch, BranchConfig, WaveNet, WaveNetConfig, WaveNetLayer, WaveNetLayerConfig};
