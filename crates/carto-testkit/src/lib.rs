//! Where the goldens lie that tests compare with, how to read them, zip files with oddities of
//! their own, and music.
//!
//! They lie beside the checkout, in `../shared`, since beatmaps belong to their makers.
//! Without them a test says `skipped: ...` and passes; `cargo xtask test` counts those.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests may fail loudly"
)]

mod music;
mod zip;

use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::Value;

pub use music::{Music, wav};
pub use zip::{RawEntry, stored_zip, unicode_name_field};

/// A folder below `../shared`; `None`, with a line on stderr, where it is not there.
#[must_use]
pub fn folder(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name);
    if path.is_dir() {
        Some(path)
    } else {
        eprintln!("skipped: ../shared/{name} is not there");
        None
    }
}

/// A JSON file, in which the published program may have written bare `NaN` tokens
/// (quirk 67): they become `null`.
///
/// # Panics
///
/// For a file that cannot be read or is no JSON.
#[must_use]
pub fn json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap().replace("NaN", "null");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What a gzip file holds.
///
/// # Panics
///
/// For a file that cannot be read.
#[must_use]
pub fn gunzip(path: &Path) -> Vec<u8> {
    let file = std::fs::File::open(path).unwrap();
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).unwrap();
    bytes
}

/// A float32 array of two dimensions in C order, compressed or not: shape and values.
///
/// # Panics
///
/// For a file that cannot be read or holds another array.
#[must_use]
pub fn npy_f32(path: &Path) -> (Vec<usize>, Vec<f32>) {
    let is_compressed = path.extension().is_some_and(|extension| extension == "gz");
    let bytes = if is_compressed { gunzip(path) } else { std::fs::read(path).unwrap() };
    assert_eq!(&bytes[..6], b"\x93NUMPY");
    let header_len = usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    let header = std::str::from_utf8(&bytes[10..10 + header_len]).unwrap();
    assert!(header.contains("'<f4'") && header.contains("'fortran_order': False"), "{header}");
    let shape = header.split('(').nth(1).unwrap().split(')').next().unwrap();
    let shape: Vec<usize> = shape.split(',').filter_map(|n| n.trim().parse().ok()).collect();
    let values = bytes[10 + header_len..]
        .chunks_exact(4)
        .map(|chunk| f32::from_le_bytes(chunk.try_into().unwrap()))
        .collect();
    (shape, values)
}
