//! Zip records: bytes of the source, and little-endian fields in them.

use std::io::{Read, Seek, SeekFrom};

/// Cuts fields off the front of a record; `None` where it is too short.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl<'a> Fields<'a> {
    /// The next `n` bytes.
    pub(super) fn bytes(&mut self, n: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }

    /// The next `n` bytes, or as many as there are.
    pub(super) fn up_to(&mut self, n: usize) -> &'a [u8] {
        let (head, rest) = self.0.split_at(n.min(self.0.len()));
        self.0 = rest;
        head
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.bytes(2)?.try_into().ok().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.bytes(4)?.try_into().ok().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        self.bytes(8)?.try_into().ok().map(u64::from_le_bytes)
    }
}

/// Reads at most `n_bytes` at `start`; fewer at the end of the source.
///
/// Callers pass constants or sizes that were held against a limit.
pub(super) fn read_at<S: Read + Seek>(
    source: &mut S,
    start: u64,
    n_bytes: u64,
) -> std::io::Result<Vec<u8>> {
    source.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    source.take(n_bytes).read_to_end(&mut bytes)?;
    Ok(bytes)
}
