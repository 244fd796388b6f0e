//! One file, and all that came in at once.

use carto_types::{FileKind, Issue};
use carto_ui::PickedFile;

/// One file and where it lay.
#[derive(Debug, Clone)]
pub(crate) struct DroppedFile {
    /// Path below what was dropped, with `/` between folders: a dropped
    /// folder's own name is left out, so that names agree with the command's.
    pub(crate) path: String,
    /// The handle.
    pub(crate) file: web_sys::File,
}

impl DroppedFile {
    /// A file that came by itself: its path is its name.
    pub(crate) fn alone(file: web_sys::File) -> Self {
        Self { path: file.name(), file }
    }
}

/// All that came in at once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dropped {
    /// Files of folders that [`is_taken_from_folders`], and whatever else was handed over
    /// one by one.
    pub(crate) files: Vec<DroppedFile>,
    /// Other files below folders: counted, never opened.
    pub(crate) n_other: usize,
    /// Folders and files that the browser could not open.
    pub(crate) issues: Vec<Issue>,
}

impl From<Vec<DroppedFile>> for Dropped {
    fn from(files: Vec<DroppedFile>) -> Self {
        Self { files, ..Self::default() }
    }
}

/// A file that was picked by itself is named whatever it is; of a folder, other files than
/// maps and encoders are counted.
impl From<Vec<PickedFile>> for Dropped {
    fn from(picked: Vec<PickedFile>) -> Self {
        let mut dropped = Self::default();
        for PickedFile { path, is_in_folder, file } in picked {
            if is_in_folder && !is_taken_from_folders(&path) {
                dropped.n_other += 1;
            } else {
                dropped.files.push(DroppedFile { path, file });
            }
        }
        dropped
    }
}

/// Whether a file below a folder is read: an unpacked collection of beatmaps holds twenty
/// times as many pictures and sounds, and folders of results hold files of many runs.
pub(super) fn is_taken_from_folders(path: &str) -> bool {
    matches!(
        FileKind::of_name(path),
        FileKind::Archive
            | FileKind::Map
            | FileKind::Pack
            | FileKind::OtherPack
            | FileKind::Encoder
    )
}
