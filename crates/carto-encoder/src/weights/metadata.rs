/// What [`super::EncoderWeights::random`] notes, and the page shows.
pub const UNTRAINED_NOTE: &str = "untrained, for testing";

/// Names and notes are cut off here: they are shown on one line.
const MAX_TEXT_CHARS: usize = 200;

/// Where weights come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightsMetadata {
    /// What they were read from.
    pub format: SourceFormat,
    /// Name of the file that they were first read from; of the checkpoint, for
    /// one that was converted.
    pub source_name: Option<String>,
    /// sha256 of that file, as hex, where someone has computed it.
    pub source_sha256: Option<String>,
    /// What the file says of itself, such as [`UNTRAINED_NOTE`].
    pub note: Option<String>,
}

/// What weights were read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceFormat {
    /// A zip file with a pickle, as `torch.save` writes it.
    PyTorch,
    /// A safetensors file.
    Safetensors,
    /// None: they were drawn at random.
    Random,
}

impl WeightsMetadata {
    /// Of a file that says nothing of itself.
    #[must_use]
    pub fn of_file(format: SourceFormat, name: &str) -> Self {
        Self { format, source_name: Some(one_line(name)), source_sha256: None, note: None }
    }

    /// True for weights that say that they were never trained.
    #[must_use]
    pub fn is_untrained(&self) -> bool {
        self.note.as_deref() == Some(UNTRAINED_NOTE)
    }
}

/// The start of a text from a file, without what would break a line or a
/// terminal.
pub(super) fn one_line(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(MAX_TEXT_CHARS).collect()
}
