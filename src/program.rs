//! The programs of the page's workers, and where their scripts are.

use carto_port::pool::{Script, encoder_program, lost};
use carto_protocol::JobError;
use carto_ui::meta_element;

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

    /// The script that starts the program. Its address stands in `index.html`, since the
    /// build gives it a name that changes with its content.
    ///
    /// # Errors
    ///
    /// [`JobError::WorkerLost`] if the page does not name it.
    pub(crate) fn script(self) -> Result<Script, JobError> {
        let name = self.name();
        let url = meta_element(name)
            .and_then(|meta| meta.get_attribute("content"))
            .ok_or_else(|| lost("the page does not name its worker's script"))?;
        Ok(Script { name: name.to_owned(), url })
    }
}
