use std::path::Path;

use crate::beatmaps_file::BeatmapsFile;
use crate::collections_file::CollectionsFile;
use crate::error::CollectError;
use crate::labels::Labels;
use crate::maps_folder::MapsFolder;
use crate::summary::Summary;

/// All that a run writes, as earlier runs left it.
#[derive(Debug)]
pub(crate) struct Folder {
    pub(crate) collections: CollectionsFile,
    pub(crate) beatmaps: BeatmapsFile,
    pub(crate) maps: MapsFolder,
}

impl Folder {
    /// Opens or makes what is in it.
    ///
    /// # Errors
    ///
    /// Files that cannot be read or written, or that something else has changed.
    pub(crate) fn open(path: &Path, labels: Labels) -> Result<Self, CollectError> {
        Ok(Self {
            collections: CollectionsFile::open(path, labels)?,
            beatmaps: BeatmapsFile::open(path)?,
            maps: MapsFolder::open(path)?,
        })
    }

    /// Notes how much of what is wanted is there.
    pub(crate) fn count(&self, summary: &mut Summary) {
        let ids = self.collections.beatmaps();
        summary.n_wanted_collections = self.collections.wanted().len();
        (summary.n_collections, summary.n_appearances) = self.collections.counts();
        summary.n_beatmaps = ids.len();
        summary.n_described = ids.iter().filter(|&&id| self.beatmaps.has(id)).count();
        summary.n_maps = ids.iter().filter(|&&id| self.maps.has(id)).count();
    }
}
