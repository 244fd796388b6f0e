//! The classifier: from features of a beatmap to probabilities of labels.
//!
//! [`Classifier`] holds everything that a file holds and answers for maps of a
//! [`FeatureTable`]; [`evaluate`] says how well, [`Classifier::explain`] why. The
//! labels are whatever a [`LabelledTable`] has: the published fifteen, or a
//! person's own collections. They are soft labels: a map has a probability of each. The
//! module `train` (feature `train`) makes classifiers, in Burn, with neither threads nor a
//! clock, so that it runs in the page too.
//!
//! What is not here: CSV, beatmaps, files on a disk.

mod calibration;
mod derived;
mod error;
mod evaluation;
mod explain;
mod file;
mod labelled;
mod model;
mod perceptron;
mod perfect_calibration;
mod preparation;
mod probabilities;
mod ranges;
mod scale;
mod table;
#[cfg(feature = "train")]
pub mod train;

pub use calibration::Calibration;
pub use error::ClassifierError;
pub use evaluation::{Evaluation, LabelScores, ReliabilityBin, evaluate};
pub use explain::{Explanation, Importance, importance};
pub use labelled::{LabelOverlap, LabelledTable};
pub use model::{About, Classifier};
pub use perceptron::{Activation, EmbeddingShape, NetworkShape};
pub use perfect_calibration::PerfectCalibration;
pub use probabilities::LabelProbabilities;
pub use ranges::LabelRanges;
pub use table::FeatureTable;

pub use carto_random::{Parts, folds, held_out};

#[cfg(test)]
mod file_tests;
