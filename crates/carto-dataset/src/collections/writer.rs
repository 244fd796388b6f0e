//! Numbers and strings as .NET's `BinaryWriter` writes them: the other way of
//! [`super::reader`].

/// Bytes that only grow.
#[derive(Debug, Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub(super) fn u8(&mut self, value: u8) {
        self.bytes.push(value);
    }

    pub(super) fn i32(&mut self, value: i32) {
        self.bytes.extend(value.to_le_bytes());
    }

    pub(super) fn f64(&mut self, value: f64) {
        self.bytes.extend(value.to_le_bytes());
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// How often something follows; [`crate::Limits`] keep it far below what fits.
    pub(super) fn count(&mut self, count: usize) {
        self.i32(i32::try_from(count).unwrap_or(i32::MAX));
    }

    /// A string of `BinaryWriter`: its length in bytes in groups of seven bits, the low
    /// ones first, then UTF-8.
    pub(super) fn string(&mut self, text: &str) {
        let mut length = text.len();
        while length >= 0x80 {
            self.u8((length & 0x7f) as u8 | 0x80);
            length >>= 7;
        }
        self.u8(length as u8);
        self.bytes(text.as_bytes());
    }

    /// A string of osu!'s: a byte before it says that there is one.
    pub(super) fn osu_string(&mut self, text: &str) {
        self.u8(0x0b);
        self.string(text);
    }
}

#[cfg(test)]
mod tests {
    use super::super::reader::Reader;
    use super::*;

    #[test]
    fn strings_of_all_lengths_read_back() {
        let begins: [(usize, &[u8]); 6] = [
            (0, &[0x0b, 0]),
            (127, &[0x0b, 0x7f]),
            (128, &[0x0b, 0x80, 0x01]),
            (300, &[0x0b, 0xac, 0x02]),
            (16_383, &[0x0b, 0xff, 0x7f]),
            (16_384, &[0x0b, 0x80, 0x80, 0x01]),
        ];
        for (length, begin) in begins {
            let text = "x".repeat(length);
            let mut writer = Writer::default();
            writer.osu_string(&text);
            let bytes = writer.into_bytes();
            assert_eq!(bytes.get(..begin.len()), Some(begin));
            assert_eq!(Reader::new(&bytes).osu_string("x"), Ok(text));
        }
    }
}
