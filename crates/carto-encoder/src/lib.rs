//! The encoder: from nine channels to 32 latents.
//!
//! Its parameters, its weights from files of several formats, the folded form that
//! inference runs, and what runs it.

mod config;
pub mod cpu;
pub mod folded;
#[cfg(feature = "gpu")]
pub mod gpu;
mod latents;
#[cfg(feature = "plain")]
pub mod plain;
mod sample;
pub mod self_test;
pub mod weights;

pub use config::{ConfigError, EncoderConfig, TensorSpec};
pub use latents::{LatentMoments, SignalFrames, tiles};
pub use weights::EncoderWeights;
