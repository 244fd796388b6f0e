//! The encoder: from nine channels to 32 latents.
//!
//! Its hyperparameters, its weights from files of several formats, the folded form that
//! inference runs, what runs it, and [`EncoderSession`], which the page's worker and the
//! command share.

mod config;
pub mod cpu;
pub mod folded;
#[cfg(feature = "gpu")]
pub mod gpu;
mod latents;
#[cfg(feature = "reference")]
pub mod reference;
pub mod self_test;
mod session;
pub mod weights;

pub use config::{ConfigError, EncoderConfig, TensorSpec};
pub use latents::{LatentMoments, SignalFrames, tiles};
pub use session::{CPU_TILE_LEN, EncoderSession};
pub use weights::EncoderWeights;
