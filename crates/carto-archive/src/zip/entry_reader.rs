//! Streams one entry, inflated, checked and bounded.

use std::io::{BufReader, ErrorKind, Read, Seek, SeekFrom, Take};
use std::ops::Range;

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::entry::Entry;
use super::error::EntryFault;
use super::fields::{Fields, read_at};
use crate::Limits;

const METHOD_STORED: u16 = 0;
const METHOD_DEFLATED: u16 = 8;
const LOCAL_SIGNATURE: [u8; 4] = *b"PK\x03\x04";
const LOCAL_BYTES: u64 = 30;
/// A local header with the longest name and extra field.
pub(super) const MAX_HEADER_BYTES: u64 = LOCAL_BYTES + 2 * 0xffff;
/// Bits 0 and 6: encrypted, strongly encrypted.
const FLAGS_ENCRYPTED: u16 = 0x41;
/// One slice of the page's `File` per so many bytes.
const BUFFER_BYTES: usize = 64 << 10;

/// The bytes of one entry.
///
/// Gives exactly as many as the directory declares, as Python does, and fails
/// where there are fewer, where the checksum differs and above the limits: with
/// an [`std::io::Error`] that carries an [`EntryFault`]. Whether there would be
/// more is not looked at; the checksum tells.
pub(super) struct EntryReader<'a, S> {
    body: Body<'a, S>,
    entry: &'a Entry,
    limits: &'a Limits,
    /// Inflated from the whole archive so far.
    total_bytes: &'a mut u64,
    n_read: u64,
    checksum: Crc,
}

enum Body<'a, S> {
    Stored(BufReader<Take<&'a mut S>>),
    Deflated(DeflateDecoder<BufReader<Take<&'a mut S>>>),
}

impl<'a, S: Read + Seek> EntryReader<'a, S> {
    /// Reads the local header and goes to the first byte of the entry.
    ///
    /// # Errors
    ///
    /// Outer: of the source. Inner: the [`EntryFault`] that the headers show.
    pub(super) fn open(
        source: &'a mut S,
        entry: &'a Entry,
        limits: &'a Limits,
        total_bytes: &'a mut u64,
    ) -> std::io::Result<Result<Self, EntryFault>> {
        let start = match content_start(source, entry)? {
            Ok(start) => start,
            Err(fault) => return Ok(Err(fault)),
        };
        source.seek(SeekFrom::Start(start))?;

        let packed = source.take(entry.compressed_size_bytes);
        let packed = BufReader::with_capacity(BUFFER_BYTES, packed);
        let body = match entry.method {
            METHOD_STORED => Body::Stored(packed),
            _ => Body::Deflated(DeflateDecoder::new(packed)),
        };
        Ok(Ok(Self { body, entry, limits, total_bytes, n_read: 0, checksum: Crc::new() }))
    }

    fn read_body(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match &mut self.body {
            Body::Stored(packed) => packed.read(buffer),
            Body::Deflated(packed) => packed.read(buffer).map_err(|error| match error.kind() {
                // What flate2 says of a stream that is invalid or incomplete.
                ErrorKind::InvalidInput | ErrorKind::InvalidData => EntryFault::BadDeflate.into(),
                ErrorKind::UnexpectedEof => EntryFault::CutShort.into(),
                _ => error,
            }),
        }
    }

    fn count(&mut self, n_new: usize) -> Result<(), EntryFault> {
        self.n_read += n_new as u64;
        *self.total_bytes += n_new as u64;
        let ratio_bytes = self.entry.compressed_size_bytes.saturating_mul(self.limits.max_ratio);
        if self.n_read > ratio_bytes.max(self.limits.ratio_floor_bytes) {
            return Err(EntryFault::RatioTooHigh { limit: self.limits.max_ratio });
        }
        if *self.total_bytes > self.limits.max_total_bytes {
            return Err(EntryFault::TotalTooLarge { limit_bytes: self.limits.max_total_bytes });
        }
        Ok(())
    }

    fn check_checksum(&self) -> Result<(), EntryFault> {
        match self.checksum.sum() == self.entry.crc32 {
            true => Ok(()),
            false => Err(EntryFault::BadChecksum),
        }
    }
}

impl<S: Read + Seek> Read for EntryReader<'_, S> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n_left = self.entry.size_bytes - self.n_read;
        let n_wanted = usize::try_from(n_left).map_or(buffer.len(), |n| n.min(buffer.len()));
        if n_left == 0 {
            self.check_checksum()?;
        }
        if n_wanted == 0 {
            return Ok(0);
        }
        let n_new = self.read_body(&mut buffer[..n_wanted])?;
        if n_new == 0 {
            return Err(EntryFault::CutShort.into());
        }
        self.count(n_new)?;
        self.checksum.update(&buffer[..n_new]);
        Ok(n_new)
    }
}

impl From<EntryFault> for std::io::Error {
    fn from(fault: EntryFault) -> Self {
        Self::new(ErrorKind::InvalidData, fault)
    }
}

/// Where the bytes of an entry stand in the source as they are, not compressed; `None`
/// where they are.
///
/// # Errors
///
/// Outer: of the source. Inner: the [`EntryFault`] that the headers show, or that the range
/// reaches beyond the end.
pub(super) fn stored_range<S: Read + Seek>(
    source: &mut S,
    entry: &Entry,
) -> std::io::Result<Result<Option<Range<u64>>, EntryFault>> {
    let start = match content_start(source, entry)? {
        Ok(start) => start,
        Err(fault) => return Ok(Err(fault)),
    };
    if entry.method != METHOD_STORED {
        return Ok(Ok(None));
    }
    let end = start.checked_add(entry.size_bytes);
    let source_bytes = source.seek(SeekFrom::End(0))?;
    let end =
        end.filter(|&end| end <= source_bytes && entry.size_bytes == entry.compressed_size_bytes);
    Ok(end.map(|end| Some(start..end)).ok_or(EntryFault::CutShort))
}

/// Where the bytes of an entry begin, compressed or not.
fn content_start<S: Read + Seek>(
    source: &mut S,
    entry: &Entry,
) -> std::io::Result<Result<u64, EntryFault>> {
    if entry.flags & FLAGS_ENCRYPTED != 0 {
        return Ok(Err(EntryFault::Encrypted));
    }
    if !matches!(entry.method, METHOD_STORED | METHOD_DEFLATED) {
        return Ok(Err(EntryFault::UnsupportedMethod { method: entry.method }));
    }
    let header = read_at(source, entry.header_offset, LOCAL_BYTES)?;
    let names_len = names_len_in_local_header(&header);
    Ok(names_len.map(|len| entry.header_offset + LOCAL_BYTES + len).ok_or(EntryFault::Misplaced))
}

/// Length of the name and the extra field behind a local header; `None` where
/// there is no such header. They may differ from those of the directory.
fn names_len_in_local_header(header: &[u8]) -> Option<u64> {
    if !header.starts_with(&LOCAL_SIGNATURE) {
        return None;
    }
    let mut fields = Fields(header.get(26..)?);
    Some(u64::from(fields.u16()?) + u64::from(fields.u16()?))
}
