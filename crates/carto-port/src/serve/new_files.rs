//! Files that a worker makes: the browser keeps them, and they travel to the page and to
//! other workers without being copied.

use std::io::{self, Write};

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::{File, FilePropertyBag};

/// A part of a file as a file of its own, which is not read for that.
///
/// - `start`, `n_bytes`: where the part begins, and its length
/// - `name`: of the new file; the time of the last change is that of the whole
///
/// # Errors
///
/// If the browser refuses it.
pub fn part_of(file: &File, start: u64, n_bytes: u64, name: &str) -> io::Result<File> {
    let end = start.saturating_add(n_bytes);
    let part = file.slice_with_f64_and_f64(start as f64, end as f64).map_err(|_| no_room())?;
    let options = options(file.last_modified());
    File::new_with_blob_sequence_and_options(&Array::of1(&part), name, &options)
        .map_err(|_| no_room())
}

/// Becomes a file of what is written to it.
#[derive(Debug, Default)]
pub struct NewFile {
    parts: Array,
}

impl NewFile {
    /// The file.
    ///
    /// - `modified_ms`: time of the last change, ms since 1970
    ///
    /// # Errors
    ///
    /// If the browser has no room for it.
    pub fn finish(self, name: &str, modified_ms: f64) -> io::Result<File> {
        File::new_with_u8_array_sequence_and_options(&self.parts, name, &options(modified_ms))
            .map_err(|_| no_room())
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let part: JsValue = Uint8Array::from(bytes).into();
        self.parts.push(&part);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn options(modified_ms: f64) -> FilePropertyBag {
    let options = FilePropertyBag::new();
    options.set_last_modified(modified_ms);
    options
}

fn no_room() -> io::Error {
    io::Error::other("the browser has no room for it")
}
