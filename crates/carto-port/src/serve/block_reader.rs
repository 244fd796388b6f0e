use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

/// Bytes read at once where a reader jumps to: the end of an archive, an entry. Small, since
/// most of what is read by jumps is small.
const BLOCK_LEN: u64 = 64 << 10;

/// Bytes read at once at most, where a reader goes on and on: a browser takes some 2 ms for a
/// read of any size.
const MAX_STRIDE: u64 = 1 << 20;

/// Ranges that lie as near to each other are read as one.
const MAX_GAP: u64 = 32 << 10;

/// Where bytes can be had by range.
pub trait ByteRange {
    /// Length in bytes.
    fn len(&self) -> u64;

    /// The bytes from `start` to before `end`, which lie within the length.
    ///
    /// # Errors
    ///
    /// Whatever keeps them from being read, a range cut short included.
    fn read_range(&self, start: u64, end: u64) -> io::Result<Vec<u8>>;
}

/// A reader over ranges: what was read ahead is there, two blocks of the rest are kept, since
/// archives are read in turns at their end, where the directory is, and somewhere before it;
/// and the longer it goes on without a jump, the more it reads at once.
pub struct BlockReader<B> {
    source: B,
    position: u64,
    /// Read before anyone asked for it, ascending, none within another.
    ahead: Vec<Block>,
    /// The block used last stands first.
    kept: [Option<Block>; 2],
}

/// Some bytes of a source, and where they begin.
pub(super) struct Block {
    pub(super) start: u64,
    pub(super) bytes: Vec<u8>,
}

impl Block {
    fn end(&self) -> u64 {
        self.start + self.bytes.len() as u64
    }

    fn has(&self, position: u64) -> bool {
        (self.start..self.end()).contains(&position)
    }

    /// What it has from a position on.
    fn from(&self, position: u64) -> &[u8] {
        self.bytes.get((position - self.start) as usize..).unwrap_or_default()
    }
}

impl<B: ByteRange> BlockReader<B> {
    /// A reader at the start of the source; nothing is read yet.
    pub fn new(source: B) -> Self {
        Self { source, position: 0, ahead: Vec::new(), kept: [None, None] }
    }

    /// What is read.
    pub(super) fn source(&self) -> &B {
        &self.source
    }

    /// Of these ranges, what was not read ahead yet, as few ranges as that takes.
    pub(super) fn missing(&self, ranges: Vec<Range<u64>>) -> Vec<Range<u64>> {
        let is_there = |range: &Range<u64>| {
            self.ahead.iter().any(|block| block.has(range.start) && range.end <= block.end())
        };
        let mut missing = merged(ranges, self.source.len());
        missing.retain(|range| !is_there(range));
        missing
    }

    /// Takes what was read ahead.
    pub(super) fn put(&mut self, block: Block) {
        self.ahead.push(block);
        self.ahead.sort_by_key(|block| block.start);
    }

    /// What is there from the position on, which lies within the source.
    fn available(&mut self) -> io::Result<&[u8]> {
        let position = self.position;
        // Of blocks that overlap, the last that begins before it is the likeliest.
        if let Some(idx) = self.ahead.iter().rposition(|block| block.has(position)) {
            return Ok(self.ahead[idx].from(position));
        }
        let has = |block: &Option<Block>| block.as_ref().is_some_and(|it| it.has(position));
        if !has(&self.kept[0]) {
            let before = self.len_of_block_to(position);
            self.kept.swap(0, 1);
            if !has(&self.kept[0]) {
                self.kept[0] = None;
                self.kept[0] = Some(self.read_block(position, before)?);
            }
        }
        match &self.kept[0] {
            Some(block) => Ok(block.from(position)),
            None => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    /// Length of the block used last, or of one read ahead, if it ends where the next byte is
    /// wanted.
    fn len_of_block_to(&self, position: u64) -> Option<u64> {
        let mut blocks = self.kept[0].iter().chain(&self.ahead);
        blocks.find(|block| block.end() == position).map(|block| block.end() - block.start)
    }

    /// - `before`: length of the block that the reader goes on from; `None` after a jump
    fn read_block(&self, position: u64, before: Option<u64>) -> io::Result<Block> {
        let start = if before.is_some() { position } else { position - position % BLOCK_LEN };
        let stride = before.map_or(BLOCK_LEN, |len| (2 * len).clamp(BLOCK_LEN, MAX_STRIDE));
        let end = (start + stride).min(self.source.len());
        let bytes = self.source.read_range(start, end)?;
        if bytes.len() as u64 != end - start {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(Block { start, bytes })
    }
}

impl<B: ByteRange> Read for BlockReader<B> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.source.len() || buffer.is_empty() {
            return Ok(0);
        }
        let available = self.available()?;
        let n_read = available.len().min(buffer.len());
        buffer[..n_read].copy_from_slice(&available[..n_read]);
        self.position += n_read as u64;
        Ok(n_read)
    }
}

impl<B: ByteRange> Seek for BlockReader<B> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.source.len().checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}

/// Ranges in order, within a source, and near ones joined.
fn merged(mut ranges: Vec<Range<u64>>, source_len: u64) -> Vec<Range<u64>> {
    ranges.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<u64>> = Vec::new();
    for range in ranges {
        let range = range.start..range.end.min(source_len);
        match merged.last_mut() {
            _ if range.is_empty() => {}
            Some(last) if range.start <= last.end.saturating_add(MAX_GAP) => {
                last.end = last.end.max(range.end);
            }
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
#[path = "block_reader_tests.rs"]
mod tests;
