use std::io::{self, Read, Seek, SeekFrom};

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, File, FileReaderSync};

/// Bytes read at once. Large enough that walking an audio file takes some
/// hundred reads, small enough that the end of an archive costs no more than
/// it must.
const BLOCK_LEN: u64 = 64 << 10;

/// A dropped file as a reader: only the slices that are asked for are read.
pub type FileSource = BlockReader<FileRange>;

/// The bytes of a dropped file, as the browser finds them when they are read.
pub struct FileRange {
    file: File,
    reader: FileReaderSync,
}

/// Opens a dropped file; nothing is read yet.
///
/// # Errors
///
/// If the browser has no synchronous reader, which every worker has.
pub fn open(file: File) -> io::Result<FileSource> {
    let reader = FileReaderSync::new().map_err(|error| unreadable(&error))?;
    Ok(BlockReader::new(FileRange { file, reader }))
}

/// Opens one of a job's files; nothing is read yet.
///
/// # Errors
///
/// If the job has no such file, and as [`open`].
pub fn open_one(files: &[File], idx: usize) -> io::Result<FileSource> {
    let missing = || io::Error::new(io::ErrorKind::NotFound, "it did not come with the message");
    open(files.get(idx).ok_or_else(missing)?.clone())
}

impl ByteRange for FileRange {
    fn len(&self) -> u64 {
        // Sizes are whole numbers far below 2^53, where f64 is exact.
        self.file.size() as u64
    }

    fn read_range(&self, start: u64, end: u64) -> io::Result<Vec<u8>> {
        let slice = self.file.slice_with_f64_and_f64(start as f64, end as f64);
        let buffer = slice
            .and_then(|slice| self.reader.read_as_array_buffer(&slice))
            .map_err(|error| unreadable(&error))?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }
}

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

/// A reader that keeps two blocks of its source: archives are read in turns at
/// their end, where the directory is, and somewhere before it.
pub struct BlockReader<B> {
    source: B,
    position: u64,
    /// The block used last stands first.
    kept: [Option<Block>; 2],
}

struct Block {
    start: u64,
    bytes: Vec<u8>,
}

impl<B: ByteRange> BlockReader<B> {
    /// A reader at the start of the source; nothing is read yet.
    pub fn new(source: B) -> Self {
        Self { source, position: 0, kept: [None, None] }
    }

    /// The block that starts at a multiple of the block length.
    fn block(&mut self, start: u64) -> io::Result<&Block> {
        let is_kept = |block: &Option<Block>| block.as_ref().is_some_and(|it| it.start == start);
        if !is_kept(&self.kept[0]) {
            self.kept.swap(0, 1);
        }
        if !is_kept(&self.kept[0]) {
            self.kept[0] = None;
            let end = (start + BLOCK_LEN).min(self.source.len());
            let bytes = self.source.read_range(start, end)?;
            if bytes.len() as u64 != end - start {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.kept[0] = Some(Block { start, bytes });
        }
        self.kept[0].as_ref().ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

impl<B: ByteRange> Read for BlockReader<B> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.source.len() || buffer.is_empty() {
            return Ok(0);
        }
        let offset = self.position % BLOCK_LEN;
        let block = self.block(self.position - offset)?;
        let available = block.bytes.get(offset as usize..).unwrap_or_default();
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

/// What the browser says when a file was moved, deleted, changed or locked.
fn unreadable(error: &JsValue) -> io::Error {
    let Some(error) = error.dyn_ref::<DomException>() else {
        return io::Error::other("the browser cannot read it");
    };
    match error.name().as_str() {
        "NotFoundError" => {
            io::Error::new(io::ErrorKind::NotFound, "it was moved or deleted after it was dropped")
        }
        "NotReadableError" => io::Error::new(
            io::ErrorKind::PermissionDenied,
            "it was changed after it was dropped, or another program holds it",
        ),
        _ => io::Error::other(error.message()),
    }
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
