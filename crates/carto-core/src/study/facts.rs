//! What is known about archives and maps before anything is compared.

use crate::published::Refusal;

/// Which rules decide which maps take part and how they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub enum Mode {
    /// The rules of the published pipeline, quirks included.
    #[default]
    Published,
    /// What osu! itself would read, with audio under any name and format that
    /// can be measured.
    Tolerant,
}

impl Mode {
    /// The word in results and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Tolerant => "tolerant",
        }
    }
}

/// How a set of maps came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// A `.osz` archive.
    Archive,
    /// A single `.osu` file without its audio.
    BareMap,
}

/// One archive, after its central directory and `.osu` entries were read.
#[derive(Debug, Clone, PartialEq)]
pub struct ArchiveFacts {
    /// Path below what was dropped or named, with `/` between folders.
    pub name: String,
    /// An archive or a single map.
    pub kind: SourceKind,
    /// Title, artist and creator of the set, from its first `.osu`; `None` if
    /// there is none or it lacks one of the three lines.
    pub head: Option<SetHead>,
    /// Every `.osu` that the mode looks at, ordered by path.
    pub maps: Vec<MapFacts>,
    /// What was odd, in the order of finding.
    pub issues: Vec<Issue>,
}

/// Whose set of which song.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetHead {
    /// `Title`, romanised.
    pub title: String,
    /// `Artist`, romanised.
    pub artist: String,
    /// `Creator`, the host of the set.
    pub creator: String,
}

/// One `.osu` of an archive.
#[derive(Debug, Clone, PartialEq)]
pub struct MapFacts {
    /// The entry's path in the archive as extraction would write it.
    pub path: String,
    /// Index of the entry in the archive's directory.
    pub entry_idx: usize,
    /// The registry's row; `None` if the map is not osu!standard by the mode's rules.
    pub fields: Option<RegistryFields>,
    /// Index of the entry that holds the audio, where the mode's rules find one.
    pub audio_idx: Option<usize>,
    /// Why the map's own text refuses it in this mode, if it does.
    pub refusal: Option<MapRefusal>,
    /// In what the two readings differ, in words; empty if they agree.
    pub differences: Vec<String>,
}

/// The registry's columns of one difficulty.
#[derive(Debug, Clone, PartialEq, Default)]
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

/// Why one map takes no part.
#[derive(Debug, Clone, PartialEq)]
pub struct MapRefusal {
    /// A short stable name of the cause, for counting: `overlapping-objects`.
    pub cause: String,
    /// The cause in words, with line and time where known.
    pub message: String,
}

impl From<&Refusal> for MapRefusal {
    fn from(refusal: &Refusal) -> Self {
        Self { cause: refusal.cause().to_owned(), message: refusal.to_string() }
    }
}

/// How much an issue matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something was left out.
    Skipped,
    /// Everything was used, but a person should know.
    Warning,
}

/// Something that a person should read about one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Issue {
    /// Left out, or only odd.
    pub severity: Severity,
    /// The archive, and the map inside it if it is about one: `1001.osz [Hard]`.
    pub subject: String,
    /// A short stable name of the cause, for counting.
    pub cause: String,
    /// What happened, then what to do.
    pub message: String,
}
