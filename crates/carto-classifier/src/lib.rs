//! The classifier: from features of a beatmap to soft membership of labels.
//!
//! [`Classifier`] holds everything that a file holds and answers for maps of a
//! [`FeatureTable`]; [`evaluate`] says how well, [`Classifier::explain`] why. The
//! labels are whatever a [`LabelledTable`] has: the published fifteen, or a
//! person's own collections. The module `train` (feature `train`) makes
//! classifiers, in Burn, with neither threads nor a clock, so that it runs in the
//! page too.
//!
//! What is not here: CSV, beatmaps, files on a disk.

mod calibration;
mod decimals;
mod derived;
mod error;
mod evaluation;
mod explain;
mod file;
mod importance;
mod labelled;
mod memberships;
mod model;
#[cfg(any(test, feature = "train"))]
mod normal_quantile;
mod overlap;
mod perceptron;
mod preparation;
mod scale;
mod shape;
mod table;
#[cfg(feature = "train")]
pub mod train;

pub use calibration::Calibration;
pub use error::ClassifierError;
pub use evaluation::{Evaluation, LabelScores, ReliabilityBin, evaluate};
pub use explain::{Explanation, Influence};
pub use importance::{Importance, importance};
pub use labelled::LabelledTable;
pub use memberships::Memberships;
pub use model::{About, Classifier};
pub use overlap::LabelOverlap;
pub use shape::{Activation, EmbeddingShape, NetworkShape};
pub use table::FeatureTable;

pub use carto_random::{Parts, folds, held_out, song_key};

#[cfg(test)]
mod file_tests;
