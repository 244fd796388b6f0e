//! What a whole run says.

use serde::{Deserialize, Serialize};

use crate::{
    ArchiveFacts, Issue, LatentRun, LatentSong, Mode, SongOutcome, StudyPlan, Synthesis, TrackB,
};

/// All that a summary is made from.
///
/// The parameters let the page hold its parts as `Rc`s instead of copies of them; written
/// and read again they are the parts themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunRecord<A = ArchiveFacts, P = StudyPlan, O = SongOutcome, L = LatentSong> {
    /// The rules of the run.
    pub mode: Mode,
    /// All archives, in path order.
    pub archives: Vec<A>,
    /// What was planned from them.
    pub plan: P,
    /// The songs that are finished, in any order.
    pub outcomes: Vec<O>,
    /// What the encoder made of them; `None` where there was none.
    pub latent: Option<LatentRun<L>>,
    /// Whether a person stopped the run early.
    pub is_cancelled: bool,
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
    /// How latents go with channels; `None` without latents.
    pub synthesis: Option<Synthesis>,
    /// Mean r of each channel over the pairs of each song, by place in the
    /// index: `(song_idx, n_pairs, [9])`.
    pub songs: Vec<(u32, u32, Vec<f64>)>,
    /// Everything left out or odd, worst first.
    pub issues: Vec<Issue>,
    /// The files of the run, as the command writes them; empty where they were
    /// not asked for.
    pub files: Vec<OutputFile>,
}

/// Agreement over all pairs of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrackA {
    /// In the order of the nine channels.
    pub channels: Vec<ChannelSummary>,
    /// Mean over pairs of the full cosine.
    pub cosine_mean: f64,
    /// Its population standard deviation.
    pub cosine_std: f64,
    /// Songs with pairs.
    pub songs_analyzed: u32,
    /// Pairs of maps.
    pub pairs_compared: u32,
}

/// One channel over all pairs: means and population standard deviations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChannelSummary {
    /// `ONSET` to `Y`.
    pub name: String,
    /// Mean of Pearson's r.
    pub pearson_mean: f64,
    /// Its spread over pairs.
    pub pearson_std: f64,
    /// Mean of the mean absolute difference.
    pub mad_mean: f64,
    /// Its spread over pairs.
    pub mad_std: f64,
    /// Mean of the cosine.
    pub cosine_mean: f64,
    /// Its spread over pairs.
    pub cosine_std: f64,
    /// Pairs.
    pub n_pairs: u32,
}

/// One file of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputFile {
    /// `track_a_results.json` and so on.
    pub name: String,
    /// Its content.
    pub text: String,
}
