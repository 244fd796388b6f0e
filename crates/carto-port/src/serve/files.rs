use std::io;
use std::ops::Range;

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DomException, File, FileReaderSync};

use super::block_reader::{Block, BlockReader, ByteRange};

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

/// Reads that the browser is at.
pub struct ReadsAhead(Vec<(Range<u64>, JsFuture)>);

impl FileSource {
    /// Begins to read ranges before they are asked for, all at once: what a browser takes for a
    /// read is the way there and back, so a hundred together take little longer than one. To be
    /// ended with [`Self::end_reading`].
    ///
    /// They may overlap and end behind the file.
    pub fn begin_reading(&self, ranges: impl IntoIterator<Item = Range<u64>>) -> ReadsAhead {
        let read = |range: Range<u64>| {
            let file = &self.source().file;
            let slice = file.slice_with_f64_and_f64(range.start as f64, range.end as f64).ok()?;
            Some((range, JsFuture::from(slice.array_buffer())))
        };
        ReadsAhead(
            self.missing(ranges.into_iter().collect()).into_iter().filter_map(read).collect(),
        )
    }

    /// The same with the last bytes of the file, where an archive has its directory.
    pub fn begin_reading_end(&self, n_bytes: u64) -> ReadsAhead {
        let end = self.source().len();
        self.begin_reading(std::iter::once(end.saturating_sub(n_bytes)..end))
    }

    /// Waits for reads of this file. One that cannot be read is left out: whoever reads there
    /// is told why.
    pub async fn end_reading(&mut self, ReadsAhead(reads): ReadsAhead) {
        for (range, read) in reads {
            let Ok(buffer) = read.await else { continue };
            let bytes = Uint8Array::new(&buffer).to_vec();
            if bytes.len() as u64 == range.end - range.start {
                self.put(Block { start: range.start, bytes });
            }
        }
    }
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
