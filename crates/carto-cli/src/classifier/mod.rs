//! The classifier: `carto train classifier` and `carto classify`.

mod args;
#[cfg(feature = "train")]
mod card;
#[cfg(feature = "train")]
mod card_files;
mod classify;
mod collections;
#[cfg(feature = "train")]
mod describe;
#[cfg(feature = "train")]
mod evaluate;
#[cfg(feature = "train")]
mod set;
#[cfg(test)]
#[cfg(feature = "train")]
mod tests;
#[cfg(feature = "train")]
mod train;

pub(crate) use args::{Classify, TrainClassifier};
pub(crate) use classify::run as classify;
#[cfg(feature = "train")]
pub(crate) use train::train;
