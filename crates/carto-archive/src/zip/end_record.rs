//! The record at the end of a zip file, which says where its directory is.

use std::io::{Read, Seek};

use super::error::DirectoryFault;
use super::fields::{Fields, read_at};

/// Size of the end record without its comment.
const END_BYTES: u64 = 22;
const END_SIGNATURE: [u8; 4] = *b"PK\x05\x06";
/// A comment is at most this long, so the record begins no earlier.
const MAX_COMMENT_BYTES: u64 = 1 << 16;
const LOCATOR64_BYTES: u64 = 20;
const LOCATOR64_SIGNATURE: [u8; 4] = *b"PK\x06\x07";
const END64_BYTES: u64 = 56;
const END64_SIGNATURE: [u8; 4] = *b"PK\x06\x06";

/// Where the central directory is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DirectoryPlace {
    /// From the start of the source.
    pub(super) start: u64,
    pub(super) size_bytes: u64,
    /// To be added to every offset in the directory: what was put in front of
    /// the zip file without telling it. It may be negative in damaged files.
    pub(super) shift: i64,
}

/// Finds the central directory as Python's `zipfile` does.
///
/// Reads the last 22 bytes and, only where they are not an end record, the last
/// 64 KiB. `Ok(None)` means that there is no end record.
///
/// # Errors
///
/// Outer: of the source. Inner: a split archive, or a directory that begins
/// before the source does or ends after the end record.
///
/// # Source
///
/// `_EndRecData`, `_EndRecData64` and the head of `_RealGetContents` in CPython
/// 3.11 `Lib/zipfile.py`. Like there the count of entries is not looked at.
pub(super) fn find_directory<S: Read + Seek>(
    source: &mut S,
    source_bytes: u64,
) -> std::io::Result<Result<Option<DirectoryPlace>, DirectoryFault>> {
    let Some(end_start) = find_end_record(source, source_bytes)? else { return Ok(Ok(None)) };
    let record = read_at(source, end_start, END_BYTES)?;
    let Some((size32, offset32)) = sizes_in_end_record(&record) else { return Ok(Ok(None)) };

    let (size_bytes, offset, directory_end) = match find_end64_record(source, end_start)? {
        Err(fault) => return Ok(Err(fault)),
        Ok(Some((size, offset))) => (size, offset, end_start - END64_BYTES - LOCATOR64_BYTES),
        Ok(None) => (u64::from(size32), u64::from(offset32), end_start),
    };
    Ok(place(size_bytes, offset, directory_end).map(Some).ok_or(DirectoryFault::Misplaced))
}

fn place(size_bytes: u64, offset: u64, directory_end: u64) -> Option<DirectoryPlace> {
    let start = directory_end.checked_sub(size_bytes)?;
    let shift = i64::try_from(start).ok()?.checked_sub(i64::try_from(offset).ok()?)?;
    Some(DirectoryPlace { start, size_bytes, shift })
}

/// Offset of the end record: the very last bytes where they are one without a
/// comment, otherwise the last signature in the last 64 KiB.
fn find_end_record<S: Read + Seek>(
    source: &mut S,
    source_bytes: u64,
) -> std::io::Result<Option<u64>> {
    let Some(last_start) = source_bytes.checked_sub(END_BYTES) else { return Ok(None) };
    let last = read_at(source, last_start, END_BYTES)?;
    if last.starts_with(&END_SIGNATURE) && last.ends_with(&[0, 0]) {
        return Ok(Some(last_start));
    }
    let tail_start = last_start.saturating_sub(MAX_COMMENT_BYTES);
    let tail = read_at(source, tail_start, source_bytes - tail_start)?;
    let found = tail.windows(END_SIGNATURE.len()).rposition(|window| window == END_SIGNATURE);
    Ok(found.map(|idx| tail_start + idx as u64).filter(|&start| start <= last_start))
}

/// `(directory size, directory offset)`.
fn sizes_in_end_record(record: &[u8]) -> Option<(u32, u32)> {
    let mut fields = Fields(record);
    // Signature, two disk numbers, two counts of entries.
    fields.bytes(12)?;
    Some((fields.u32()?, fields.u32()?))
}

type End64 = Result<Option<(u64, u64)>, DirectoryFault>;

/// `(directory size, directory offset)` from the zip64 record, which is
/// expected right before its locator, as Python expects it.
fn find_end64_record<S: Read + Seek>(source: &mut S, end_start: u64) -> std::io::Result<End64> {
    let Some(start) = end_start.checked_sub(LOCATOR64_BYTES + END64_BYTES) else {
        return Ok(Ok(None));
    };
    let locator = read_at(source, end_start - LOCATOR64_BYTES, LOCATOR64_BYTES)?;
    if !locator.starts_with(&LOCATOR64_SIGNATURE) {
        return Ok(Ok(None));
    }
    let record = read_at(source, start, END64_BYTES)?;
    Ok(match parse_end64(&locator, &record) {
        Some((n_volumes, _)) if n_volumes > 1 => Err(DirectoryFault::SplitArchive),
        Some((_, sizes)) => Ok(Some(sizes)),
        None => Ok(None),
    })
}

fn parse_end64(locator: &[u8], record: &[u8]) -> Option<(u32, (u64, u64))> {
    let n_volumes = Fields(locator.get(16..)?).u32()?;
    if !record.starts_with(&END64_SIGNATURE) {
        return None;
    }
    let mut fields = Fields(record.get(40..)?);
    Some((n_volumes, (fields.u64()?, fields.u64()?)))
}
