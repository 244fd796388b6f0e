//! Bits into bytes, most significant first.

/// Collects bit fields, as MPEG streams lay them out.
#[derive(Debug, Clone, Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    n_bits: usize,
}

impl BitWriter {
    /// Appends the lowest `width` bits of `value`, the highest of them first.
    pub(super) fn push(&mut self, value: u32, width: u32) {
        for shift in (0..width).rev() {
            if self.n_bits.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let bit = ((value >> shift) & 1) as u8;
            if let Some(last) = self.bytes.last_mut() {
                *last |= bit << (7 - self.n_bits % 8);
            }
            self.n_bits += 1;
        }
    }

    pub(super) fn n_bits(&self) -> usize {
        self.n_bits
    }

    /// The bytes so far; the last one is filled up with zeros.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_follow_each_other_from_the_top_bit() {
        let mut bits = BitWriter::default();
        bits.push(0b101, 3);
        bits.push(0x1ff, 9);
        bits.push(0, 2);
        bits.push(1, 1);
        assert_eq!(bits.bytes(), [0b1011_1111, 0b1111_0010]);
        assert_eq!(bits.n_bits(), 15);
    }
}
