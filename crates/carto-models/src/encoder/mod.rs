//! The published encoder's family, from a file of weights to latents.

mod config;
pub mod cpu;
pub mod folded;
#[cfg(feature = "gpu")]
pub mod gpu;
mod latents;
pub(crate) mod normal;
#[cfg(feature = "plain")]
pub mod plain;
mod sample;
pub mod self_test;
pub mod weights;

pub use config::{ConfigError, EncoderConfig, TensorSpec};
pub use latents::{LatentMoments, SignalFrames, tiles};
#[cfg(any(feature = "train", feature = "classifier"))]
pub(crate) use sample::seed_of;
pub use weights::EncoderWeights;
