/// Why a classifier cannot be read, used or trained.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ClassifierError {
    /// Lists whose lengths do not go together.
    #[error("{what}: {found} do not fit {expected}")]
    Shape {
        /// Of what.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many, or a multiple of how many, there should be.
        expected: usize,
    },
    /// A column that the classifier needs.
    #[error("the column `{name}` is missing")]
    MissingColumn {
        /// Its name.
        name: String,
    },
    /// Two columns of one name.
    #[error("the column `{name}` is there twice")]
    DuplicateColumn {
        /// Their name.
        name: String,
    },
    /// Bytes that are no classifier.
    #[error("not a classifier: it does not begin with `CARTOCLF`")]
    NotAClassifier,
    /// A layout of a later program.
    #[error("layout {found} of the classifier is not known, {supported} is")]
    Version {
        /// What the file says.
        found: u32,
        /// What this program reads.
        supported: u32,
    },
    /// A file that ends early, goes on too long or was changed.
    #[error("the classifier's file is damaged: {reason}")]
    Damaged {
        /// In words.
        reason: String,
    },
    /// A head that describes no classifier.
    #[error("the classifier's head cannot be used: {reason}")]
    Header {
        /// In words.
        reason: String,
    },
    /// Labelled maps that nothing can be learnt from.
    #[error("the labelled maps cannot be learnt from: {reason}")]
    Labels {
        /// In words.
        reason: String,
    },
    /// A configuration that cannot be used.
    #[error("the configuration cannot be used: {reason}")]
    Config {
        /// What is wrong with it.
        reason: String,
    },
    /// The loss is no number any more.
    #[error("the loss is not finite in epoch {epoch}: try a lower learning rate")]
    Diverged {
        /// Counted from 0.
        epoch: usize,
    },
    /// A device that does not give its numbers.
    #[error("the device does not give its numbers: {reason}")]
    Device {
        /// In its words.
        reason: String,
    },
    /// A thread that ended early.
    #[error("a thread of the training failed")]
    Worker,
    /// The person, or the page, asked for an end.
    #[error("the training was stopped")]
    Stopped,
}
