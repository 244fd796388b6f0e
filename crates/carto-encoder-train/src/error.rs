use std::path::PathBuf;

/// Why a training run cannot start or go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// A configuration that cannot be used.
    #[error("the configuration cannot be used: {reason}")]
    Config {
        /// What is wrong with it.
        reason: String,
    },
    /// No map is long enough to be cropped.
    #[error("no map of {n_maps} is left to train on: each needs {crop_frames} frames or more")]
    NothingToTrainOn {
        /// Maps in the training part.
        n_maps: usize,
        /// Frames of a crop.
        crop_frames: usize,
    },
    /// The loss is no number any more.
    #[error("the loss is not finite at step {step}: try a lower learning rate")]
    Diverged {
        /// Counted from 0.
        step: u64,
    },
    /// A device that does not give its numbers.
    #[error("the device does not give its numbers: {reason}")]
    Device {
        /// In its words.
        reason: String,
    },
    /// A part of a batch ended early.
    #[error("a thread of the training step failed")]
    Worker,
    /// A file that cannot be read or written.
    #[error("{}: {reason}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// In the system's words, or what is wrong with its content.
        reason: String,
    },
    /// A checkpoint of another run.
    #[error("the checkpoint was made with another `{what}`")]
    OtherRun {
        /// What differs.
        what: &'static str,
    },
    /// Weights that do not make an encoder.
    #[error(transparent)]
    Weights(#[from] carto_encoder::weights::WeightsError),
}

#[allow(clippy::needless_pass_by_value, reason = "called as functions on errors, which are values")]
impl TrainError {
    pub(super) fn file(path: &std::path::Path, reason: impl ToString) -> Self {
        Self::File { path: path.to_owned(), reason: reason.to_string() }
    }

    pub(super) fn device(error: impl ToString) -> Self {
        Self::Device { reason: error.to_string() }
    }
}
