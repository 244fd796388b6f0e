use std::path::{Path, PathBuf};

use burn::tensor::{Tensor, TensorReadError};

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
        /// The step, counted from 0.
        step: u64,
    },
    /// A device that does not give its numbers.
    #[error("the device does not give its numbers: {reason}")]
    Device {
        /// In the words of the device.
        reason: String,
    },
    /// A part of a batch ended early.
    #[error("a thread of the training step failed")]
    Worker,
    /// A file that cannot be read or written.
    #[error("{}: {reason}", path.display())]
    File {
        /// Path of the file.
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

impl TrainError {
    #[allow(
        clippy::needless_pass_by_value,
        reason = "called as a function on errors, which are values"
    )]
    pub(super) fn file(path: &Path, reason: impl ToString) -> Self {
        Self::File { path: path.to_owned(), reason: reason.to_string() }
    }

    /// A device that does not give its numbers.
    pub(super) fn read(error: &TensorReadError) -> Self {
        Self::Device { reason: format!("{error:?}") }
    }
}

/// The numbers of a tensor, row-major.
///
/// # Errors
///
/// [`TrainError::Device`].
pub(super) fn read_floats<const D: usize>(tensor: &Tensor<D>) -> Result<Vec<f32>, TrainError> {
    tensor.try_to_vec_as::<f32>().map_err(|error| TrainError::read(&error))
}
