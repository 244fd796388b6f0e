/// Why a pickle cannot be read. Offsets are bytes from its start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PickleError {
    /// An opcode that no checkpoint has; nothing of it is carried out.
    #[error("opcode {opcode:#04x} at {offset} is not one that checkpoints have")]
    UnknownOpcode {
        /// The opcode.
        opcode: u8,
        /// Where it stands.
        offset: usize,
    },
    /// It ends inside of an opcode, or without the last one.
    #[error("it ends early, at {offset}")]
    CutShort {
        /// Where more was expected.
        offset: usize,
    },
    /// An opcode takes more from the stack than there is.
    #[error("opcode at {offset} finds nothing to work on")]
    EmptyStack {
        /// Where it stands.
        offset: usize,
    },
    /// An opcode takes back to a mark that was never set.
    #[error("opcode at {offset} finds no mark")]
    NoMark {
        /// Where it stands.
        offset: usize,
    },
    /// A value is asked for that was never remembered.
    #[error("opcode at {offset} asks for value {index}, which was never stored")]
    NotRemembered {
        /// Number of the value.
        index: u32,
        /// Where the opcode stands.
        offset: usize,
    },
    /// Text that is no UTF-8.
    #[error("text at {offset} is not UTF-8")]
    BadText {
        /// Where the opcode stands.
        offset: usize,
    },
    /// Values of another kind than the opcode needs.
    #[error("opcode at {offset} finds something else than {expected}")]
    WrongKind {
        /// What it needs.
        expected: &'static str,
        /// Where it stands.
        offset: usize,
    },
    /// More opcodes than [`super::super::WeightsLimits::max_pickle_ops`].
    #[error("more than {limit} opcodes")]
    TooManyOps {
        /// The limit.
        limit: usize,
    },
    /// It describes something else than a table of tensors.
    #[error("it is no table of tensors")]
    NotATable,
}
