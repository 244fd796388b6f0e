/// Why a classifier cannot be read, used or trained.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ClassifierError {
    /// Lists whose lengths do not go together.
    #[error("{what}: {found} do not fit {expected}")]
    Shape {
        /// The list.
        what: &'static str,
        /// The length found.
        found: usize,
        /// The length, or what should divide it.
        expected: usize,
    },
    /// A column that the classifier needs.
    #[error("the column `{name}` is missing")]
    MissingColumn {
        /// Name of the column.
        name: String,
    },
    /// Two columns of one name.
    #[error("the column `{name}` is there twice")]
    DuplicateColumn {
        /// Name of the columns.
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
        /// The reason, for a person.
        reason: String,
    },
    /// A head that describes no classifier.
    #[error("the classifier's head cannot be used: {reason}")]
    Header {
        /// The reason, for a person.
        reason: String,
    },
    /// Labelled maps that nothing can be learnt from.
    #[error("the labelled maps cannot be learnt from: {reason}")]
    Labels {
        /// The reason, for a person.
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
        /// The epoch, counted from 0.
        epoch: usize,
    },
    /// A device that does not give its numbers.
    #[error("the device does not give its numbers: {reason}")]
    Device {
        /// The reason, in the words of the device.
        reason: String,
    },
    /// A thread that ended early.
    #[error("a thread of the training failed")]
    Worker,
    /// The person, or the page, asked for an end.
    #[error("the training was stopped")]
    Stopped,
}
