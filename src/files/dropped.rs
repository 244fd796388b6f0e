//! One file, and all that came in at once.

use carto_types::{FoundSet, Grouped, Issue};
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

/// All that came in at once, or a part of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dropped {
    /// Files of folders that are read beside sets, maps that stand for themselves, and
    /// whatever else was handed over one by one.
    pub(crate) files: Vec<DroppedFile>,
    /// Extracted sets.
    pub(crate) sets: Vec<FoundSet<File>>,
    /// Other files below folders: counted, never opened.
    pub(crate) n_other: usize,
    /// Folders and files that the browser could not open.
    pub(crate) issues: Vec<Issue>,
    /// Which part it is.
    pub(crate) part: Part,
}

/// Which part of a drop it is: what lies in large folders is handed on while they are walked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Part {
    /// All of it.
    #[default]
    Whole,
    /// The first; more is on its way.
    First,
    /// One in between.
    Middle,
    /// The last, which may hold nothing.
    Last,
}

impl Dropped {
    /// Whether there is anything to read, or to name.
    pub(super) fn has_files(&self) -> bool {
        !self.files.is_empty() || !self.sets.is_empty()
    }

    /// Adds what was found below a folder.
    pub(super) fn add(&mut self, found: Grouped<File>) {
        let Grouped { mut sets, others, n_others } = found;
        self.sets.append(&mut sets);
        self.files.extend(others.into_iter().map(|(path, file)| DroppedFile { path, file }));
        self.n_other += n_others;
    }
}

impl From<Vec<DroppedFile>> for Dropped {
    fn from(files: Vec<DroppedFile>) -> Self {
        Self { files, ..Self::default() }
    }
}
