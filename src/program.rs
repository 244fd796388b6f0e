//! The programs of the page's workers, and where their scripts are.

use carto_port::pool::{Script, encoder_program};
use carto_protocol::JobError;

/// A program that the workers of a pool run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Program {
    /// Reads archives and compares maps.
    Analysis,
    /// Hears recordings.
    Audio,
    /// Loads encoders and computes latents.
    Encoder,
    /// Reads and writes results.
    Results,
}

impl Program {
    /// Name of the program in `index.html` and in the browser's own tools.
    fn name(self) -> &'static str {
        match self {
            Self::Analysis => "carto-worker",
            Self::Audio => "carto-audio-worker",
            Self::Encoder => encoder_program(),
            Self::Results => "carto-results-worker",
        }
    }

    /// The script that starts the program.
    ///
    /// # Errors
    ///
    /// As [`Script::named`].
    pub(crate) fn script(self) -> Result<Script, JobError> {
        Script::named(self.name())
    }
}
