//! Where maps lie: in archives, in folders of extracted sets, in single files.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// How a set of maps came in; of two with one name the lesser comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SourceKind {
    /// A `.osz` archive.
    Archive,
    /// A single `.osu` file without its audio.
    BareMap,
    /// The folder that a set was extracted into, as in osu!stable's `Songs`.
    Folder,
}

impl SourceKind {
    /// What results and messages call a set, and what decides its number and its place in
    /// the order: its path, and for a folder that of the archive it would come in. So an
    /// extracted set gives the same results as its archive.
    ///
    /// - `path`: of the archive, folder or map below what was dropped or named, with `/`
    ///   between folders
    #[must_use]
    pub fn set_name(self, path: &str) -> Cow<'_, str> {
        match self {
            Self::Archive | Self::BareMap => Cow::Borrowed(path),
            Self::Folder => Cow::Owned(format!("{path}.osz")),
        }
    }
}

/// One source of maps: an archive or a single map, which is one file, or an extracted set
/// with its files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFiles {
    /// Path below what was dropped or named, with `/` between folders.
    pub path: String,
    /// What it is.
    pub kind: SourceKind,
    /// Of an extracted set the paths of its maps and audio files below it, ascending; the
    /// file of each is known by its place here. Empty for all else.
    pub inner: Vec<String>,
}

impl SourceFiles {
    /// An archive or a single map.
    #[must_use]
    pub fn one(path: impl Into<String>, kind: SourceKind) -> Self {
        Self { path: path.into(), kind, inner: Vec::new() }
    }

    /// Number of its files.
    #[must_use]
    pub fn n_files(&self) -> usize {
        if self.kind == SourceKind::Folder { self.inner.len() } else { 1 }
    }

    /// What results and messages call it.
    #[must_use]
    pub fn set_name(&self) -> Cow<'_, str> {
        self.kind.set_name(&self.path)
    }
}

/// Places of a source's files among the files of all sources, which stand one after the
/// other; empty where there is no such source.
///
/// - `slot`: place of the source
#[must_use]
pub fn files_of_slot(sources: &[SourceFiles], slot: usize) -> Range<usize> {
    let before = sources.iter().take(slot).map(SourceFiles::n_files);
    let start: usize = before.sum();
    start..start + sources.get(slot).map_or(0, SourceFiles::n_files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_the_name_of_its_archive() {
        assert_eq!(SourceKind::Folder.set_name("a/12 b."), "a/12 b..osz");
        assert_eq!(SourceKind::Archive.set_name("12.osz"), "12.osz");
        assert_eq!(SourceKind::BareMap.set_name("12.osu"), "12.osu");
    }

    #[test]
    fn files_of_sources_stand_one_after_the_other() {
        let folder = SourceFiles {
            path: "b".to_owned(),
            kind: SourceKind::Folder,
            inner: vec!["a.mp3".to_owned(), "b.osu".to_owned()],
        };
        let sources = [SourceFiles::one("a.osz", SourceKind::Archive), folder];
        assert_eq!(files_of_slot(&sources, 0), 0..1);
        assert_eq!(files_of_slot(&sources, 1), 1..3);
        assert!(files_of_slot(&sources, 2).is_empty());
    }
}
