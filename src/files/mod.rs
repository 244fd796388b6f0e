//! What a person dropped or picked, as a flat list of files.
//!
//! Nothing is read here: a `File` is a handle, and its bytes are read in the
//! worker, by slices.

mod drop;
mod entry;
mod input;
mod name;

pub(crate) use drop::{from_drop, from_early_drop};
pub(crate) use input::from_input;
pub(crate) use name::{NameClass, classify, is_cross_validation, is_encoder, is_result};

use carto_types::Issue;

/// One file and where it lay.
#[derive(Debug, Clone)]
pub(crate) struct DroppedFile {
    /// Path below what was dropped, with `/` between folders: a dropped
    /// folder's own name is left out, so that names agree with the command's.
    pub(crate) path: String,
    /// The handle.
    pub(crate) file: web_sys::File,
}

/// All that came in at once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dropped {
    /// Archives and maps, and whatever else was handed over one by one.
    pub(crate) files: Vec<DroppedFile>,
    /// Files below folders that are neither archive nor map: counted,
    /// never opened.
    pub(crate) n_other: usize,
    /// Folders and files that the browser could not open.
    pub(crate) issues: Vec<Issue>,
}

impl From<Vec<DroppedFile>> for Dropped {
    fn from(files: Vec<DroppedFile>) -> Self {
        Self { files, ..Self::default() }
    }
}
