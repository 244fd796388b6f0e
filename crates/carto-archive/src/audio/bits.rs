//! Reads the bits of a Vorbis header from its end.

/// Bits of a packet that was written from the lowest bit of each byte up, read
/// in the opposite direction.
#[derive(Debug, Clone)]
pub(super) struct BitsFromEnd<'a> {
    bytes: &'a [u8],
    n_left: usize,
}

impl<'a> BitsFromEnd<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, n_left: bytes.len() * 8 }
    }

    pub(super) fn n_left(&self) -> usize {
        self.n_left
    }

    /// The `n` bits before those already read, as the value they were written
    /// as; `None` at the front.
    pub(super) fn read(&mut self, n: usize) -> Option<u32> {
        let start = self.n_left.checked_sub(n)?;
        let value = (start..self.n_left).rev().fold(0, |value, bit_idx| {
            let bit = (self.bytes[bit_idx / 8] >> (bit_idx % 8)) & 1;
            value << 1 | u32::from(bit)
        });
        self.n_left = start;
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::BitsFromEnd;

    #[test]
    fn reads_values_backwards() {
        // 3 bits 0b101, then 10 bits 0b11_0000_1111, written from bit 0 up.
        let written = (0b11_0000_1111_u16 << 3 | 0b101).to_le_bytes();
        let mut bits = BitsFromEnd::new(&written);
        assert_eq!(bits.read(3), Some(0));
        assert_eq!(bits.read(10), Some(0b11_0000_1111));
        assert_eq!(bits.read(4), None);
        assert_eq!(bits.read(3), Some(0b101));
        assert_eq!(bits.n_left(), 0);
    }
}
