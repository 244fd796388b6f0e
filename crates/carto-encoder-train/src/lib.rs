//! Training an encoder: a variational autoencoder of the published family.
//!
//! [`TrainingSet`] holds the signals of all maps, [`Split`] keeps whole songs
//! apart, [`Trainer`] takes steps. [`AdversarialConfig`] adds a critic to the loss. A step is a function of the configuration, the
//! set, the weights and its number: crops and noise are drawn from the seed and
//! the step, so a run that is resumed goes on as if it had never stopped.
//!
//! What is not here: files of beatmaps, command lines, progress, clocks.

mod adversarial;
mod adversarial_config;
mod clip;
mod config;
mod critic;
mod crops;
mod error;
mod held_out;
mod init;
mod loss;
mod parallel;
mod restore;
mod rival;
mod schedule;
mod set;
mod set_file;
mod split;
mod step;
mod trainer;
mod vae;
mod weights;

pub use adversarial::AdversarialParts;
pub use adversarial_config::AdversarialConfig;
pub use config::{Precision, SplitRule, TrainConfig};
pub use error::TrainError;
pub use held_out::{Reconstruction, Reconstructor};
pub use loss::LossParts;
pub use set::{TrainingMap, TrainingSet};
pub use split::Split;
pub use step::StepMetrics;
pub use trainer::Trainer;
pub use vae::Vae;
pub use weights::{decoder_from_safetensors, decoder_to_safetensors};

#[cfg(test)]
mod adversarial_tests;
#[cfg(test)]
mod tests;
