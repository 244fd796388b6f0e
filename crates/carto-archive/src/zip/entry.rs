//! One file inside an archive.

use super::names;

/// An entry of the central directory.
///
/// Sizes are what the directory claims; nothing is allocated on their word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Position in the central directory, counted from 0.
    pub index: usize,
    /// The name as the rules decode it: a label that may hold `../`, and no place to
    /// write to, see [`Self::extracted_path`].
    pub name: String,
    /// Declared size after decompression.
    pub size_bytes: u64,
    /// Declared size inside the archive.
    pub compressed_size_bytes: u64,
    pub(super) method: u16,
    pub(super) flags: u16,
    pub(super) crc32: u32,
    /// From the start of the source.
    pub(super) header_offset: u64,
}

impl Entry {
    /// True for a folder, which zip marks by a slash at the end of the name.
    #[must_use]
    pub fn is_dir(&self) -> bool {
        self.name.ends_with('/')
    }

    /// The path, relative to the target folder, that Python's
    /// `ZipFile.extract` writes to on Linux: leading slashes, empty, `.` and
    /// `..` components are dropped. The published pipeline extracts first and
    /// looks for files then, so this decides what it finds.
    #[must_use]
    pub fn extracted_path(&self) -> String {
        names::extracted_path(&self.name)
    }
}
