//! One file, and all that came in at once.

use carto_protocol::DropPart;
use carto_types::{Issue, SourceFiles};
use web_sys::File;

/// One file and where it lay.
#[derive(Debug, Clone)]
pub(crate) struct DroppedFile {
    /// Path below what was dropped, with `/` between folders: a dropped
    /// folder's own name is left out, so that names agree with the command's.
    pub(crate) path: String,
    /// The handle.
    pub(crate) file: File,
}

impl DroppedFile {
    /// A file that came by itself: its path is its name.
    pub(crate) fn alone(file: File) -> Self {
        Self { path: file.name(), file }
    }
}

/// An extracted set.
#[derive(Debug, Clone)]
pub(crate) struct DroppedSet {
    /// Its path, and those of its files below it.
    pub(crate) source: SourceFiles,
    /// The handles, in the order of [`SourceFiles::inner`].
    pub(crate) files: Vec<File>,
}

/// All that came in at once, or a part of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dropped {
    /// Files of folders that are read beside sets, maps that stand for themselves, and
    /// whatever else was handed over one by one.
    pub(crate) files: Vec<DroppedFile>,
    /// Extracted sets.
    pub(crate) sets: Vec<DroppedSet>,
    /// Other files below folders: counted, never opened.
    pub(crate) n_other: usize,
    /// Folders and files that the browser could not open.
    pub(crate) issues: Vec<Issue>,
    /// Which part it is.
    pub(crate) part: DropPart,
}

impl From<Vec<DroppedFile>> for Dropped {
    fn from(files: Vec<DroppedFile>) -> Self {
        Self { files, ..Self::default() }
    }
}
