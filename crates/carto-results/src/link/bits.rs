//! Bits in a row, written or read by one description of the layout.

use crate::ResultError;

/// A writer or a reader: what a layout describes is done by either.
///
/// A writer takes the values that it is given, a reader puts what it finds in
/// their place.
pub(super) trait Coder {
    /// A number of that many bits, at most 64.
    ///
    /// # Errors
    ///
    /// [`ResultError::BadLink`] where bits are missing.
    fn bits(&mut self, value: &mut u64, n_bits: u32) -> Result<(), ResultError>;

    /// What to say of a value that does not fit into the layout.
    fn refusal(&self, what: &str) -> ResultError;
}

/// Writes bits, the highest of a number first.
#[derive(Debug, Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
    n_bits: usize,
}

impl Writer {
    /// What was written, filled with zeros up to a whole byte.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl Coder for Writer {
    fn bits(&mut self, value: &mut u64, n_bits: u32) -> Result<(), ResultError> {
        for place in (0..n_bits).rev() {
            if self.n_bits.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let bit = (*value >> place & 1) as u8;
            if let Some(last) = self.bytes.last_mut() {
                *last |= bit << (7 - self.n_bits % 8);
            }
            self.n_bits += 1;
        }
        Ok(())
    }

    fn refusal(&self, what: &str) -> ResultError {
        ResultError::NotForLinks { what: what.to_owned() }
    }
}

/// Reads what [`Writer`] wrote.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    n_bits: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, n_bits: 0 }
    }

    /// The bytes behind the one that is being read.
    ///
    /// # Errors
    ///
    /// [`ResultError::BadLink`] unless zeros fill that one.
    pub(super) fn rest(mut self) -> Result<&'a [u8], ResultError> {
        let mut filling = 0;
        self.bits(&mut filling, (8 - self.n_bits as u32 % 8) % 8)?;
        match filling {
            0 => Ok(self.bytes.get(self.n_bits / 8..).unwrap_or_default()),
            _ => Err(ResultError::BadLink),
        }
    }
}

impl Coder for Reader<'_> {
    fn bits(&mut self, value: &mut u64, n_bits: u32) -> Result<(), ResultError> {
        *value = 0;
        for _ in 0..n_bits {
            let byte = self.bytes.get(self.n_bits / 8).ok_or(ResultError::BadLink)?;
            *value = *value << 1 | u64::from(byte >> (7 - self.n_bits % 8) & 1);
            self.n_bits += 1;
        }
        Ok(())
    }

    fn refusal(&self, _what: &str) -> ResultError {
        ResultError::BadLink
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_come_back(numbers in prop::collection::vec((any::<u64>(), 0_u32..=64), 0..40)) {
            let low = |value: u64, n_bits: u32| value & u64::MAX.checked_shr(64 - n_bits).unwrap_or(0);
            let mut writer = Writer::default();
            for &(mut value, n_bits) in &numbers {
                writer.bits(&mut value, n_bits)?;
            }
            let bytes = writer.into_bytes();
            let mut reader = Reader::new(&bytes);
            for &(value, n_bits) in &numbers {
                let mut read = 1;
                reader.bits(&mut read, n_bits)?;
                prop_assert_eq!(read, low(value, n_bits));
            }
            prop_assert_eq!(reader.rest(), Ok(&[][..]));
        }
    }

    #[test]
    fn missing_bits_and_bits_in_the_filling_are_bad() {
        let mut value = 0;
        assert!(Reader::new(&[1]).bits(&mut value, 9).is_err());
        let mut reader = Reader::new(&[0b0000_0001, 7]);
        reader.bits(&mut value, 3).unwrap();
        assert_eq!(reader.rest(), Err(ResultError::BadLink));
    }
}
