use super::value::Value;

/// Why a pickle cannot be read. Offsets are bytes from its start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PickleError {
    /// An opcode that no checkpoint has; nothing of it is carried out.
    #[error("opcode {opcode:#04x} at {offset} is not one that checkpoints have")]
    UnknownOpcode {
        /// The opcode.
        opcode: u8,
        /// Offset of the opcode.
        offset: usize,
    },
    /// The pickle ends inside of an opcode, or without the last one.
    #[error("it ends early, at {offset}")]
    CutShort {
        /// Offset where more was expected.
        offset: usize,
    },
    /// An opcode takes more from the stack than there is.
    #[error("opcode at {offset} finds nothing to work on")]
    EmptyStack {
        /// Offset of the opcode.
        offset: usize,
    },
    /// An opcode takes back to a mark that was never set.
    #[error("opcode at {offset} finds no mark")]
    NoMark {
        /// Offset of the opcode.
        offset: usize,
    },
    /// A value is asked for that was never remembered.
    #[error("opcode at {offset} asks for value {index}, which was never stored")]
    NotRemembered {
        /// Number of the value in the memo.
        index: u32,
        /// Offset of the opcode.
        offset: usize,
    },
    /// Text that is no UTF-8.
    #[error("text at {offset} is not UTF-8")]
    BadText {
        /// Offset of the opcode.
        offset: usize,
    },
    /// Values of another kind than the opcode needs.
    #[error("opcode at {offset} finds something else than {expected}")]
    WrongKind {
        /// What the opcode needs.
        expected: &'static str,
        /// Offset of the opcode.
        offset: usize,
    },
    /// More opcodes than [`WeightsLimits::max_pickle_ops`](crate::weights::WeightsLimits::max_pickle_ops).
    #[error("more than {limit} opcodes")]
    TooManyOps {
        /// Opcodes that are allowed.
        limit: usize,
    },
    /// The pickle describes something else than a table of tensors.
    #[error("it is no table of tensors")]
    NotATable,
}

/// Cuts arguments of opcodes off a pickle.
#[derive(Debug)]
pub(super) struct Input<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    /// Offset of the opcode whose arguments are read.
    pub(super) op_offset: usize,
}

impl<'a> Input<'a> {
    /// The next opcode.
    pub(super) fn opcode(&mut self) -> Result<u8, PickleError> {
        self.op_offset = self.at;
        self.u8()
    }

    /// The next `n` bytes; nothing is allocated on the word of `n`.
    pub(super) fn bytes(&mut self, n: u64) -> Result<&'a [u8], PickleError> {
        let end = usize::try_from(n).ok().and_then(|n| self.at.checked_add(n));
        let taken = end.and_then(|end| self.bytes.get(self.at..end));
        let taken = taken.ok_or(PickleError::CutShort { offset: self.at })?;
        self.at += taken.len();
        Ok(taken)
    }

    /// An unsigned little-endian number of `n` bytes, up to 8.
    pub(super) fn number(&mut self, n: u64) -> Result<u64, PickleError> {
        Ok(self.bytes(n)?.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)))
    }

    pub(super) fn u8(&mut self) -> Result<u8, PickleError> {
        Ok(self.number(1)? as u8)
    }

    pub(super) fn u32(&mut self) -> Result<u32, PickleError> {
        Ok(self.number(4)? as u32)
    }

    /// A signed little-endian integer of `n` bytes, up to any.
    pub(super) fn integer(&mut self, n: u64) -> Result<Value, PickleError> {
        let bytes = self.bytes(n)?;
        if bytes.len() > 8 {
            return Ok(Value::Other);
        }
        let fill = if bytes.last().is_some_and(|&high| high >= 0x80) { 0xff } else { 0 };
        let mut word = [fill; 8];
        word[..bytes.len()].copy_from_slice(bytes);
        Ok(Value::Int(i64::from_le_bytes(word)))
    }

    /// UTF-8 of `n` bytes.
    pub(super) fn text(&mut self, n: u64) -> Result<Value, PickleError> {
        let from = self.at;
        let bytes = self.bytes(n)?;
        self.check_text(bytes)?;
        Ok(Value::Text(from as u32, self.at as u32))
    }

    /// Text up to the end of the line.
    pub(super) fn line(&mut self) -> Result<Value, PickleError> {
        let from = self.at;
        let rest = self.bytes.get(from..).unwrap_or_default();
        let length = rest.iter().position(|&byte| byte == b'\n');
        let length = length.ok_or(PickleError::CutShort { offset: self.bytes.len() })?;
        self.check_text(&rest[..length])?;
        self.at += length + 1;
        Ok(Value::Text(from as u32, (from + length) as u32))
    }

    fn check_text(&self, bytes: &[u8]) -> Result<(), PickleError> {
        match std::str::from_utf8(bytes) {
            Ok(_) => Ok(()),
            Err(_) => Err(PickleError::BadText { offset: self.op_offset }),
        }
    }
}
