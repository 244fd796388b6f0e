//! A run whose files are in hand, as the view of mappers takes it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::{Mode, SongPlan, SourceFiles, files_of_slot};

/// The songs of a run that two mappers or more have mapped, and the files that they lie in.
///
/// The files themselves travel beside it, those of each source one after the other, in the order
/// of [`Self::sources`].
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct OfferedRun {
    /// The rules by which its archives were read.
    pub mode: Mode,
    /// Its songs; the archives of each are places in [`Self::sources`].
    pub songs: Vec<SongPlan>,
    /// What the files are.
    pub sources: Vec<SourceFiles>,
}

impl OfferedRun {
    /// What the files of a song are, in the order of [`SongPlan::archives`].
    #[must_use]
    pub fn sources_of(&self, song: &SongPlan) -> Vec<SourceFiles> {
        let source = |slot: &u32| self.sources.get(*slot as usize).cloned();
        song.archives.iter().filter_map(source).collect()
    }

    /// Places of the files of a song among all, source after source in the order of
    /// [`SongPlan::archives`].
    #[must_use]
    pub fn files_of(&self, song: &SongPlan) -> Vec<Range<usize>> {
        let files = |slot: &u32| files_of_slot(&self.sources, *slot as usize);
        song.archives.iter().map(files).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SourceKind;

    #[test]
    fn files_of_a_song_are_those_of_its_archives() {
        let folder = SourceFiles {
            path: "b".to_owned(),
            kind: SourceKind::Folder,
            inner: vec!["1.osu".to_owned(), "2.osu".to_owned()],
        };
        let one = |path: &str| SourceFiles::one(path, SourceKind::Archive);
        let run = OfferedRun {
            sources: vec![one("a.osz"), folder.clone(), one("c.osz")],
            ..OfferedRun::default()
        };
        let song = SongPlan {
            song_idx: 0,
            title: "Song".to_owned(),
            artist: "Nobody".to_owned(),
            archives: vec![2, 1],
            maps: Vec::new(),
            pairs: Vec::new(),
            evidence: None,
        };
        assert_eq!(run.files_of(&song), [3..4, 1..3]);
        assert_eq!(run.sources_of(&song), [one("c.osz"), folder]);
    }
}
