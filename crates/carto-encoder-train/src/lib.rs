//! Training an encoder: a variational autoencoder of the published family.
//!
//! [`TrainingSet`] holds the signals of all maps, [`Split`] keeps whole songs
//! apart, [`Trainer`] takes steps. [`AdversarialConfig`] adds a critic to the loss. A step
//! is a function of the configuration, the set, the weights and its number: crops and noise
//! are drawn from the seed and the step, so a run that is resumed goes on as if it had never
//! stopped.
//!
//! What is not here: files of beatmaps, command lines, progress, clocks.

mod adversarial_loss;
mod adversary;
mod checkpoint;
mod config;
mod crops;
mod error;
mod loss;
mod optimizer;
mod parallel;
mod reconstruction;
mod set;
mod trainer;
mod vae;

pub use adversarial_loss::AdversarialParts;
pub use config::{AdversarialConfig, Precision, SplitRule, TrainConfig};
pub use error::TrainError;
pub use loss::LossParts;
pub use reconstruction::{Reconstruction, Reconstructor};
pub use set::{Split, TrainingMap, TrainingSet};
pub use trainer::{StepMetrics, Trainer};
pub use vae::{Vae, decoder_from_safetensors, decoder_to_safetensors};

#[cfg(test)]
mod adversarial_tests;
#[cfg(test)]
mod tests;
