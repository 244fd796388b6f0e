//! Training of classifiers, in Burn.
//!
//! A [`Training`] is a list of jobs, each of which trains one perceptron: those of
//! the cross-validation, then those that are kept. Jobs depend on nothing but the
//! set and the configuration, so that they may run one after the other, as in the
//! page, or side by side, and give the same. [`Training::finish`] makes a
//! [`Classifier`](super::Classifier) of what they gave.

mod config;
mod job;
mod network;
mod optimisation;
mod training;

pub use config::{ClassifierConfig, EarlyStopping};
pub use job::{EpochReport, JobResult};
pub use training::{Trained, Training};

#[cfg(test)]
mod tests;
