//! What is known about archives before anything is compared.

use serde::{Deserialize, Serialize};

use crate::{Issue, MapRefusal, Ownership, SourceKind};

/// Which rules decide which maps take part and how they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum Mode {
    /// As published: the rules of the published pipeline, quirks included. Every
    /// difficulty of a set is its host's.
    Published,
    /// As osu! players know it: what osu! itself would read, and a difficulty belongs to
    /// who made it.
    #[default]
    #[serde(alias = "Tolerant")]
    Osu,
}

impl Mode {
    /// Both modes, the usual one first.
    pub const ALL: [Self; 2] = [Self::Osu, Self::Published];

    /// What [`name`](Self::name) said of [`Mode::Osu`] up to version 0.1; commands and addresses
    /// still may.
    pub const OLD_NAME_OF_OSU: &str = "tolerant";

    /// What the rules are called in sentences.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Published => "as published",
            Self::Osu => "as osu! players know it",
        }
    }

    /// The word in results, on the command line and in the page's address.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Osu => "osu",
        }
    }

    /// The mode of a name, in any case; of an old name too.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let is_old = name.eq_ignore_ascii_case(Self::OLD_NAME_OF_OSU);
        let named = |mode: &Self| name.eq_ignore_ascii_case(mode.name());
        if is_old { Some(Self::Osu) } else { Self::ALL.into_iter().find(named) }
    }
}

/// One archive, extracted set or single map, after its directory and `.osu` entries were read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArchiveFacts {
    /// What results and messages call it: [`SourceKind::set_name`] of its path.
    pub name: String,
    /// An archive, an extracted set or a single map.
    pub kind: SourceKind,
    /// From the first `.osu`; `None` if there is none or it lacks a line.
    pub head: Option<SetHead>,
    /// Every `.osu` that the mode looks at, ordered by path.
    pub maps: Vec<MapFacts>,
    /// What was odd.
    pub issues: Vec<Issue>,
}

/// Whose set of which song.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetHead {
    /// `Title`, romanised; by the rules of osu! `TitleUnicode` where there is none.
    pub title: String,
    /// `Artist`, romanised; by the rules of osu! `ArtistUnicode` where there is none.
    pub artist: String,
    /// `Creator`, the host of the set.
    pub creator: String,
}

/// One `.osu` of an archive.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MapFacts {
    /// The entry's path as extraction would write it.
    pub path: String,
    /// Index of the entry in the archive's directory, or of the file in its folder.
    pub entry_idx: u32,
    /// The registry's row; `None` if the map is not osu!standard by the mode's rules.
    pub fields: Option<RegistryFields>,
    /// Index of the entry that holds the audio, where the mode's rules find one.
    pub audio_idx: Option<u32>,
    /// Why the map's own text refuses it, if it does.
    pub refusal: Option<MapRefusal>,
    /// In what the two readings differ, in words.
    pub differences: Vec<String>,
    /// Who made it, as far as the file says; `None` under the published rules.
    pub owner: Option<Ownership>,
    /// Stars by the game's own algorithm without mods, five decimals; `None` where it has
    /// no rating, and under the published rules.
    pub star_rating: Option<f64>,
    /// Hit objects; 0 where the map is refused, and under the published rules.
    pub n_objects: u32,
    /// MD5 of the `.osu` as it lies, in 32 hexadecimal digits; empty under the published
    /// rules.
    pub md5: String,
}

impl MapFacts {
    /// Its number on osu!'s site; `None` where it was never uploaded.
    #[must_use]
    pub fn beatmap_number(&self) -> Option<u64> {
        let text = self.fields.as_ref()?.beatmap_id.as_ref()?;
        text.trim().parse().ok().filter(|id| *id > 0)
    }

    /// The difficulty's name; empty where it has none.
    #[must_use]
    pub fn version(&self) -> &str {
        self.fields.as_ref().and_then(|fields| fields.version.as_deref()).unwrap_or_default()
    }

    /// Name of its audio file, where the mode's rules find one.
    #[must_use]
    pub fn audio_file(&self) -> Option<&str> {
        self.audio_idx?;
        self.fields.as_ref()?.audio_file_name.as_deref()
    }
}

/// The registry's columns of one difficulty.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RegistryFields {
    /// `Title`.
    pub title: Option<String>,
    /// `Artist`.
    pub artist: Option<String>,
    /// `Creator`.
    pub creator: Option<String>,
    /// `Version`, the difficulty's name.
    pub version: Option<String>,
    /// `BeatmapID`, as text.
    pub beatmap_id: Option<String>,
    /// `CircleSize`.
    pub circle_size: Option<f64>,
    /// `ApproachRate`.
    pub approach_rate: Option<f64>,
    /// `OverallDifficulty`.
    pub overall_difficulty: Option<f64>,
    /// `HPDrainRate`.
    pub hp_drain_rate: Option<f64>,
    /// `AudioFilename`.
    pub audio_file_name: Option<String>,
}

/// One archive of the demo set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoArchive {
    /// File name.
    pub name: String,
    /// The `.osz`.
    pub bytes: Vec<u8>,
}
