//! What a whole run says.

use serde::{Deserialize, Serialize};

use crate::{
    ArchiveFacts, DoubtCounts, Issue, LatentRun, LatentSong, Mode, OwnerRow, Packed, RunEvidence,
    SignalChannel, SongOutcome, StudyPlan, Synthesis, TrackA, TrackB,
};

/// All that a summary is made from.
///
/// The parameters let the page hold its parts as `Rc`s instead of copies of them; written
/// and read again they are the parts themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunRecord<A = ArchiveFacts, P = StudyPlan, O = SongOutcome, L = LatentSong> {
    /// The rules of the run.
    pub mode: Mode,
    /// What a person says of the owners of difficulties.
    pub owners: Vec<OwnerRow>,
    /// All archives, in path order.
    pub archives: Vec<A>,
    /// What was planned from them.
    pub plan: P,
    /// The songs that are finished, in any order.
    pub outcomes: Vec<O>,
    /// The latents of the songs; `None` where there was no encoder.
    pub latent: Option<LatentRun<L>>,
    /// Whether a person stopped the run early.
    pub is_cancelled: bool,
    /// Whether doubtful pairs ([`crate::PairDoubt`]) are left out of all figures and files.
    pub leaves_out_doubtful: bool,
    /// Files that never became an archive: other formats, unreadable ones.
    pub issues: Vec<Issue>,
    /// How long each stage took.
    pub times: Vec<StageTime>,
}

/// How long a stage took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StageTime {
    /// `scan`, `plan`, `songs`, `latents`.
    pub stage: String,
    /// Seconds by the wall clock.
    pub wall_s: f64,
}

/// What is shown and saved of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Track A; `None` where no pair was compared.
    pub track_a: Option<TrackA>,
    /// Track B; `None` where no pair of latents was compared.
    pub track_b: Option<TrackB>,
    /// How latents correlate with channels; `None` without latents.
    pub synthesis: Option<Synthesis>,
    /// The songs with pairs, in the order of the index.
    pub songs: Vec<SongMeans>,
    /// How much of the agreement is more than a shared grid; `None` without evidence.
    pub evidence: Option<Packed<RunEvidence>>,
    /// The doubtful pairs among all that were compared, left out or not.
    pub doubtful: DoubtCounts,
    /// Everything left out or odd, worst first.
    pub issues: Vec<Issue>,
    /// The files of the run, as the command writes them; empty where they were
    /// not asked for.
    pub files: Vec<OutputFile>,
}

/// Mean agreement of one song, over its pairs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SongMeans {
    /// Place in the index.
    pub song_idx: u32,
    /// Pairs of maps.
    pub n_pairs: u32,
    /// Mean r of each channel, in the order of [`SignalChannel::ALL`].
    pub mean_r: [f64; SignalChannel::COUNT],
}

/// One file of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputFile {
    /// `track_a_results.json` and so on.
    pub name: String,
    /// The file's content.
    pub text: String,
}

impl OutputFile {
    /// A file by its name and content.
    #[must_use]
    pub fn new(name: &str, text: String) -> Self {
        Self { name: name.to_owned(), text }
    }
}
