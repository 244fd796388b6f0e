use std::io;

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, File, FileReaderSync};

use crate::blocks::{BlockReader, ByteRange};

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
