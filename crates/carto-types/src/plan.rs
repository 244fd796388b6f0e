//! Which maps are compared, decided from the facts of all archives.

use serde::{Deserialize, Serialize};

use crate::{AudioLag, Issue, MapRefusal, Ownership, PairAudio};

/// All that follows from the facts alone.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StudyPlan {
    /// The multi-mapper index, in its order.
    pub index: Vec<IndexedSong>,
    /// The registry, in its order.
    pub registry: Vec<RegistryRow>,
    /// One for each song of the index that has a representative, by index.
    pub songs: Vec<SongPlan>,
    /// Distinct songs over all archives, also those of one mapper.
    pub n_songs_in_all: u32,
    /// What was left out at this stage: archives of songs with one mapper, maps ...
    pub issues: Vec<Issue>,
}

/// A song with two or more mappers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IndexedSong {
    /// Title, as in the song's first archive.
    pub title: String,
    /// Artist, as in the song's first archive.
    pub artist: String,
    /// What archives of one song share: [`crate::match_key`].
    pub match_key: String,
    /// Names of its mappers, sorted: of the hosts of its sets by the published rules, of the
    /// owners of its difficulties by those of osu!.
    pub mappers: Vec<String>,
    /// Archives of the song, in path order.
    pub sets: Vec<IndexedSet>,
}

/// One archive in the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexedSet {
    /// Place in the run's list of archives.
    pub archive_idx: u32,
    /// The number in the archive's name, or a hash of the name.
    pub set_id: i64,
    /// Host of the set.
    pub creator: String,
}

/// One osu!standard difficulty of an indexed archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistryRow {
    /// Place in the run's list of archives.
    pub archive_idx: u32,
    /// Place in that archive's list of maps.
    pub map_idx: u32,
    /// Place in the index.
    pub song_idx: u32,
    /// Number of the set, as in the index.
    pub set_id: i64,
    /// Whether it stands for its mapper in its song.
    pub is_representative: bool,
    /// Who made it, with what a person says of it; `None` under the published rules.
    pub owner: Option<Ownership>,
}

/// What a worker needs to compare the maps of one song.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SongPlan {
    /// Place in the index.
    pub song_idx: u32,
    /// Title, as in the index.
    pub title: String,
    /// Artist, as in the index.
    pub artist: String,
    /// Places in the run's list of the archives that hold its maps; the files
    /// attached to the request stand in this order.
    pub archives: Vec<u32>,
    /// The maps that stand for their mappers, in registry order.
    pub maps: Vec<PlannedMap>,
    /// Which of them are compared, ascending by `a`, then `b`: one pair of maps for each pair of mappers by
    /// the rules of osu!, all maps of different mappers by the published ones, where of two
    /// maps with one file name the later may take the place of the earlier (quirk 21).
    pub pairs: Vec<PlannedPair>,
    /// What its evidence needs beside that; `None` for a run without evidence.
    pub evidence: Option<EvidencePlan>,
}

impl SongPlan {
    /// The map at a place: of [`SongPlan::maps`], and behind these of [`EvidencePlan::maps`].
    #[must_use]
    pub fn map(&self, map_idx: u32) -> Option<&PlannedMap> {
        self.all_maps().nth(map_idx as usize)
    }

    /// All maps that are read, those for the evidence alone last.
    pub fn all_maps(&self) -> impl Iterator<Item = &PlannedMap> {
        let more = self.evidence.as_ref().map_or(&[][..], |evidence| &evidence.maps);
        self.maps.iter().chain(more)
    }

    /// All maps that are read, to be changed.
    pub fn all_maps_mut(&mut self) -> impl Iterator<Item = &mut PlannedMap> {
        let more = self.evidence.as_mut().map_or(&mut [][..], |evidence| &mut evidence.maps);
        self.maps.iter_mut().chain(more)
    }
}

/// What the evidence of a song needs beside the maps that stand for their mappers.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct EvidencePlan {
    /// Difficulties that are read for the ceiling alone.
    pub maps: Vec<PlannedMap>,
    /// Two difficulties of one set by one mapper, one pair a set at most, by their places as of
    /// [`SongPlan::map`].
    pub ceiling: Vec<PlannedPair>,
    /// What was heard of pairs that do not share an audio file; empty where nobody listened. All
    /// other pairs are aligned by their timing points.
    pub audio: Vec<PairAudio>,
}

impl EvidencePlan {
    /// What was heard of a pair, by the places of its maps.
    #[must_use]
    pub fn heard(&self, a: u32, b: u32) -> Option<AudioLag> {
        self.audio.iter().find(|pair| (pair.a, pair.b) == (a, b)).map(|pair| pair.lag)
    }
}

/// Two maps of one song that are to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedPair {
    /// Place of the first in the plan's maps.
    pub a: u32,
    /// Place of the second in the plan's maps, behind the first.
    pub b: u32,
    /// Whether the difficulties' names say that one person had a hand in both: a guest in one
    /// set and host of another. The rules of osu! plan no such pair.
    pub is_by_one_mapper: bool,
}

/// One map that stands for its mapper in a song.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlannedMap {
    /// Place in the run's list of archives.
    pub archive_idx: u32,
    /// Place in that archive's list of maps.
    pub map_idx: u32,
    /// How messages name it: `1001.osz [Hard]`.
    pub label: String,
    /// Index of the `.osu` entry in the archive's directory.
    pub entry_idx: u32,
    /// Index of the audio entry, where there is one.
    pub audio_idx: Option<u32>,
    /// Whether the map comes without audio by nature: a bare `.osu`.
    pub is_bare: bool,
    /// Why its text refuses it, as found by the scan; its audio still counts
    /// for the song's length.
    pub refusal: Option<MapRefusal>,
    /// Name of its mapper: `Creator` by the published rules, else the owner, or the owners
    /// in one text.
    pub creator: String,
    /// Equal for the maps of one mapper of the song.
    pub mapper: u32,
    /// Who made it; `None` under the published rules.
    pub owner: Option<Ownership>,
    /// Stars, as in its facts.
    pub star_rating: Option<f64>,
    /// `Version` of the difficulty.
    pub version: String,
    /// Name of its encoding in the manifest; equal names of one set overwrite
    /// each other in the published mode.
    pub file_name: String,
}

impl PlannedMap {
    /// Whether both are known to have one audio file: one of one set. Equal files of two sets
    /// are told by their lengths alone, since only archives state checksums, and a set gives
    /// the same result as an archive and as a folder.
    #[must_use]
    pub fn shares_audio(&self, other: &Self) -> bool {
        self.archive_idx == other.archive_idx
            && self.audio_idx.is_some()
            && self.audio_idx == other.audio_idx
    }
}
