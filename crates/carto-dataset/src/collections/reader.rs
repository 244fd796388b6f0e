//! Numbers and strings as .NET's `BinaryWriter` writes them: little-endian,
//! strings behind a length in groups of seven bits.

use super::error::CollectionError;

/// A place in bytes, which only moves forward and never past their end.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    offset: usize,
}

/// Groups of seven bits that a length of 32 bits takes.
const MAX_GROUPS: u32 = 5;

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, offset: 0 }
    }

    /// What has not been read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.offset..).unwrap_or_default()
    }

    fn take(&mut self, n: usize, what: &'static str) -> Result<&'a [u8], CollectionError> {
        let taken = self.rest().get(..n);
        let taken = taken.ok_or(CollectionError::CutShort { what, offset: self.offset })?;
        self.offset += n;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], CollectionError> {
        let cut = CollectionError::CutShort { what, offset: self.offset };
        self.take(N, what)?.try_into().map_err(|_| cut)
    }

    pub(super) fn u8(&mut self, what: &'static str) -> Result<u8, CollectionError> {
        self.array::<1>(what).map(|[byte]| byte)
    }

    pub(super) fn i32(&mut self, what: &'static str) -> Result<i32, CollectionError> {
        self.array(what).map(i32::from_le_bytes)
    }

    pub(super) fn f64(&mut self, what: &'static str) -> Result<f64, CollectionError> {
        self.array(what).map(f64::from_le_bytes)
    }

    /// A count that says how often something follows.
    pub(super) fn count(
        &mut self,
        what: &'static str,
        limit: usize,
    ) -> Result<usize, CollectionError> {
        let count = self.i32(what)?;
        let bad = CollectionError::BadCount { what, count: count.into(), limit };
        usize::try_from(count).ok().filter(|&count| count <= limit).ok_or(bad)
    }

    /// A string of `BinaryWriter`; bytes that are no UTF-8 become U+FFFD.
    pub(super) fn string(&mut self, what: &'static str) -> Result<String, CollectionError> {
        let n_bytes = self.length(what)?;
        Ok(String::from_utf8_lossy(self.take(n_bytes, what)?).into_owned())
    }

    /// A string of osu!'s: a byte before it says whether there is one.
    pub(super) fn osu_string(&mut self, what: &'static str) -> Result<String, CollectionError> {
        let offset = self.offset;
        match self.u8(what)? {
            0x00 => Ok(String::new()),
            0x0b => self.string(what),
            _ => Err(CollectionError::NotAString { what, offset }),
        }
    }

    fn length(&mut self, what: &'static str) -> Result<usize, CollectionError> {
        let bad = CollectionError::BadLength { what, offset: self.offset };
        let mut length = 0_u64;
        for group in 0..MAX_GROUPS {
            let byte = self.u8(what)?;
            length |= u64::from(byte & 0x7f) << (7 * group);
            if byte & 0x80 == 0 {
                // .NET's lengths are of 31 bits.
                let is_length = i32::try_from(length).is_ok();
                return usize::try_from(length).ok().filter(|_| is_length).ok_or(bad);
            }
        }
        Err(bad)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_groups_of_seven_bits() {
        for (bytes, length) in [(&[0x7f][..], 127), (&[0x80, 0x01], 128), (&[0xac, 0x02], 300)] {
            assert_eq!(Reader::new(bytes).length("x"), Ok(length));
        }
        let bad = Err(CollectionError::BadLength { what: "x", offset: 0 });
        assert_eq!(Reader::new(&[0xff; 9]).length("x"), bad);
        assert_eq!(Reader::new(&[0xff, 0xff, 0xff, 0xff, 0x0f]).length("x"), bad);
        let cut = Err(CollectionError::CutShort { what: "x", offset: 1 });
        assert_eq!(Reader::new(&[0x80]).length("x"), cut);
    }

    #[test]
    fn a_string_of_osu_may_be_none() {
        assert_eq!(Reader::new(&[0]).osu_string("x"), Ok(String::new()));
        assert_eq!(Reader::new(b"\x0b\x02hi").osu_string("x"), Ok("hi".to_owned()));
        assert_eq!(Reader::new(b"\x0b\x01\xff").osu_string("x"), Ok("\u{fffd}".to_owned()));
        let none = Err(CollectionError::NotAString { what: "x", offset: 0 });
        assert_eq!(Reader::new(b"hi").osu_string("x"), none);
    }
}
