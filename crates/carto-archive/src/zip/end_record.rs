//! The record at the end of a zip file, which says where its directory is.

use std::io::{Read, Seek};

use super::error::DirectoryFault;
use super::fields::{Fields, read_at};
use super::rules::ZipRules;

/// Size of the end record without its comment.
const END_BYTES: u64 = 22;
const END_SIGNATURE: [u8; 4] = *b"PK\x05\x06";
/// A comment is at most this long, so the record begins no earlier.
const MAX_COMMENT_BYTES: u64 = 1 << 16;
/// So many signatures are tried: more than one in a comment is no chance.
const MAX_TRIED: usize = 64;
const ENTRY_SIGNATURE: [u8; 4] = *b"PK\x01\x02";
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

/// Finds the central directory.
///
/// Reads the last 22 bytes and, only where they are not an end record, the last
/// 64 KiB. `Ok(None)` means that there is no end record.
///
/// Python takes the last signature of an end record, which may stand in the comment.
/// By osu!'s rules the last counts that leads to a directory, one with entries before an
/// empty one; where none does, Python's says what is wrong.
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
    rules: ZipRules,
) -> std::io::Result<Result<Option<DirectoryPlace>, DirectoryFault>> {
    let Some(last_start) = source_bytes.checked_sub(END_BYTES) else { return Ok(Ok(None)) };
    let last = read_at(source, last_start, END_BYTES)?;
    // Without a comment, as nearly all are.
    let is_at_end = last.starts_with(&END_SIGNATURE) && last.ends_with(&[0, 0]);
    if is_at_end && (rules == ZipRules::Python || leads_to_entry(source, last_start)?) {
        return directory_of(source, last_start);
    }
    let signatures = signatures_in_tail(source, source_bytes, last_start)?;
    // Python gives up where the last signature is cut off.
    let last = signatures.first().copied().filter(|&start| start <= last_start);
    let right = match rules {
        ZipRules::Python => None,
        ZipRules::Osu => right_end_record(source, &signatures)?,
    };
    match right.or(last) {
        Some(end_start) => directory_of(source, end_start),
        None => Ok(Ok(None)),
    }
}

/// Of several end records, the first that leads to an entry, else the first whose
/// directory is empty.
fn right_end_record<S: Read + Seek>(
    source: &mut S,
    signatures: &[u64],
) -> std::io::Result<Option<u64>> {
    let mut of_empty = None;
    for &end_start in signatures.iter().take(MAX_TRIED) {
        if leads_to_entry(source, end_start)? {
            return Ok(Some(end_start));
        }
        let is_empty = |place: DirectoryPlace| place.size_bytes == 0;
        if directory_of(source, end_start)?.ok().flatten().is_some_and(is_empty) {
            of_empty = of_empty.or(Some(end_start));
        }
    }
    Ok(of_empty)
}

/// Whether an entry stands where an end record says that the directory begins.
fn leads_to_entry<S: Read + Seek>(source: &mut S, end_start: u64) -> std::io::Result<bool> {
    let Ok(Some(place)) = directory_of(source, end_start)? else { return Ok(false) };
    let n_bytes = place.size_bytes.min(ENTRY_SIGNATURE.len() as u64);
    Ok(read_at(source, place.start, n_bytes)? == ENTRY_SIGNATURE)
}

/// The directory to which one end record leads.
fn directory_of<S: Read + Seek>(
    source: &mut S,
    end_start: u64,
) -> std::io::Result<Result<Option<DirectoryPlace>, DirectoryFault>> {
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

/// Offsets of all signatures of an end record in the last 64 KiB, the last first.
fn signatures_in_tail<S: Read + Seek>(
    source: &mut S,
    source_bytes: u64,
    last_start: u64,
) -> std::io::Result<Vec<u64>> {
    let tail_start = last_start.saturating_sub(MAX_COMMENT_BYTES);
    let tail = read_at(source, tail_start, source_bytes - tail_start)?;
    let words = tail.windows(END_SIGNATURE.len()).enumerate().rev();
    let found = words.filter(|(_, word)| *word == END_SIGNATURE);
    Ok(found.map(|(idx, _)| tail_start + idx as u64).collect())
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
