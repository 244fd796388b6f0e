//! A file of which only some bytes are at hand.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{ErrorKind, Read, Seek, SeekFrom};
use std::ops::Range;

use super::error::WeightsError;

/// Two ranges with a gap up to this are asked for as one: a request of its own
/// costs more than the bytes between them.
const MERGE_GAP_BYTES: u64 = 16 << 10;
/// What is asked for when a reader runs into a gap that nobody foresaw.
const UNFORESEEN_BYTES: u64 = 64 << 10;

/// Why reading cannot go on.
#[derive(Debug)]
pub(super) enum Stop {
    /// These ranges are missing; ascending, disjoint, never empty.
    Need(Vec<Range<u64>>),
    Failed(WeightsError),
}

impl<E: Into<WeightsError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Pieces of a file, disjoint, by where they start.
#[derive(Debug)]
pub(super) struct PartialFile {
    size_bytes: u64,
    pieces: BTreeMap<u64, Vec<u8>>,
    /// Where the last reader ran into a gap.
    gap: Cell<Option<u64>>,
}

impl PartialFile {
    pub(super) fn new(size_bytes: u64) -> Self {
        Self { size_bytes, pieces: BTreeMap::new(), gap: Cell::new(None) }
    }

    /// Bytes of the whole file.
    pub(super) fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// Keeps a piece; what was there before stays.
    pub(super) fn insert(&mut self, start: u64, bytes: Vec<u8>) -> Result<(), WeightsError> {
        let n_bytes = bytes.len();
        let end = start.checked_add(n_bytes as u64).filter(|&end| end <= self.size_bytes);
        let end = end.ok_or(WeightsError::BadPiece { start, n_bytes })?;
        let whole = start..end;
        let missing = self.missing(whole.clone());
        if missing == [whole] {
            self.pieces.insert(start, bytes);
            return Ok(());
        }
        for range in missing {
            let part = &bytes[(range.start - start) as usize..(range.end - start) as usize];
            self.pieces.insert(range.start, part.to_vec());
        }
        Ok(())
    }

    /// The parts of `range` that are not at hand.
    fn missing(&self, range: Range<u64>) -> Vec<Range<u64>> {
        let mut missing = Vec::new();
        let mut at = range.start;
        while at < range.end {
            if let Some(held) = self.held_from(at) {
                at += held.len() as u64;
                continue;
            }
            let next = self.pieces.range(at..).next().map_or(range.end, |(&start, _)| start);
            missing.push(at..next.min(range.end));
            at = next;
        }
        missing
    }

    /// The bytes from `at` on, as far as one piece goes.
    fn held_from(&self, at: u64) -> Option<&[u8]> {
        let (start, piece) = self.pieces.range(..=at).next_back()?;
        piece.get(usize::try_from(at - start).ok()?..).filter(|rest| !rest.is_empty())
    }

    /// Makes sure that all `ranges` are at hand, cut off at the end of the file.
    ///
    /// # Errors
    ///
    /// [`Stop::Need`] with what is missing, in as few ranges as make sense.
    pub(super) fn need(&self, ranges: impl IntoIterator<Item = Range<u64>>) -> Result<(), Stop> {
        let clipped = ranges.into_iter().map(|range| range.start..range.end.min(self.size_bytes));
        let mut missing: Vec<_> = clipped.flat_map(|range| self.missing(range)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        missing.sort_by_key(|range| range.start);
        let mut merged: Vec<Range<u64>> = Vec::new();
        for range in missing {
            match merged.last_mut() {
                Some(last) if range.start <= last.end.saturating_add(MERGE_GAP_BYTES) => {
                    last.end = last.end.max(range.end);
                }
                _ => merged.push(range),
            }
        }
        Err(Stop::Need(merged))
    }

    /// The bytes of `range`, which must lie inside of the file.
    pub(super) fn get(&self, range: Range<u64>) -> Result<Cow<'_, [u8]>, Stop> {
        if range.end > self.size_bytes {
            return Err(WeightsError::CutShort.into());
        }
        self.need([range.clone()])?;
        // What is at hand fits the address space.
        let n_bytes = range.end.saturating_sub(range.start) as usize;
        if let Some(bytes) = self.held_from(range.start).and_then(|held| held.get(..n_bytes)) {
            return Ok(Cow::Borrowed(bytes));
        }
        let mut bytes = Vec::new();
        while let Some(held) = self.held_from(range.start + bytes.len() as u64) {
            let n_left = n_bytes - bytes.len();
            bytes.extend_from_slice(&held[..held.len().min(n_left)]);
            if bytes.len() == n_bytes {
                break;
            }
        }
        Ok(Cow::Owned(bytes))
    }

    /// A reader for code that wants to seek; see [`PartialFileReader`].
    pub(super) fn reader(&self) -> PartialFileReader<'_> {
        PartialFileReader { file: self, at: 0 }
    }

    /// What is missing after a reader ran into a gap.
    pub(super) fn after_gap(&self) -> Stop {
        let ranges = self.gap.take().map(|at| at..at.saturating_add(UNFORESEEN_BYTES));
        match self.need(ranges) {
            Err(stop) => stop,
            // Only gaps stop a reader, so this is never reached; it must not loop.
            Ok(()) => WeightsError::CutShort.into(),
        }
    }
}

/// Reads what is at hand; a gap is [`ErrorKind::WouldBlock`], and
/// [`PartialFile::after_gap`] then says what is missing.
#[derive(Debug)]
pub(super) struct PartialFileReader<'a> {
    file: &'a PartialFile,
    at: u64,
}

impl Read for PartialFileReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.at >= self.file.size_bytes || buffer.is_empty() {
            return Ok(0);
        }
        let Some(held) = self.file.held_from(self.at) else {
            self.file.gap.set(Some(self.at));
            return Err(ErrorKind::WouldBlock.into());
        };
        let n_bytes = held.len().min(buffer.len());
        buffer[..n_bytes].copy_from_slice(&held[..n_bytes]);
        self.at += n_bytes as u64;
        Ok(n_bytes)
    }
}

impl Seek for PartialFileReader<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.file.size_bytes.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]
    #![allow(clippy::single_range_in_vec_init, reason = "a list of one range is meant")]

    use super::*;

    fn needed(result: Result<(), Stop>) -> Vec<Range<u64>> {
        match result {
            Ok(()) => Vec::new(),
            Err(Stop::Need(ranges)) => ranges,
            Err(Stop::Failed(error)) => panic!("{error}"),
        }
    }

    #[test]
    fn near_ranges_are_asked_for_at_once() {
        let mut file = PartialFile::new(1 << 20);
        assert_eq!(needed(file.need([10..20, 40..60])), [10..60]);
        assert_eq!(needed(file.need([500_000..600_000, 0..8])), [0..8, 500_000..600_000]);
        file.insert(10, vec![7; 50]).unwrap();
        assert_eq!(needed(file.need([10..20, 40..60])), []);
        assert_eq!(needed(file.need([(1 << 20) - 4..1 << 30])), [(1 << 20) - 4..1 << 20]);
    }

    #[test]
    fn pieces_may_overlap_and_come_in_any_order() {
        let mut file = PartialFile::new(10);
        for range in [4..6_u8, 0..2, 3..8, 1..10] {
            file.insert(u64::from(range.start), range.collect()).unwrap();
        }
        assert_eq!(*file.get(1..9).unwrap(), [1, 2, 3, 4, 5, 6, 7, 8]);
        assert!(file.insert(8, vec![0; 3]).is_err());
        assert!(file.insert(u64::MAX, vec![0; 3]).is_err());
    }

    #[test]
    fn a_reader_says_where_the_gap_is() {
        let mut file = PartialFile::new(100);
        file.insert(0, vec![1; 30]).unwrap();
        let mut read = Vec::new();
        let error = file.reader().read_to_end(&mut read).unwrap_err();
        assert_eq!((error.kind(), read.len()), (ErrorKind::WouldBlock, 30));
        assert_eq!(needed(Err(file.after_gap())), [30..100]);
    }
}
