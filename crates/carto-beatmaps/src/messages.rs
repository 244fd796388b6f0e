//! Jobs of the view of beatmaps.

use carto_features::COLUMNS;
use carto_protocol::{Answer, JobError, JobId, Question};
pub use carto_types::Influence;
use carto_types::{Issue, ReadMap, SourceKind};
use serde::{Deserialize, Serialize};

/// Changes with every change of a type in this file.
pub const BEATMAPS_VERSION: u32 = 1;

/// Page → worker. Files travel beside the message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum BeatmapsRequest {
    /// Read the features of all osu!standard maps of a file, played as they are, with
    /// DT and with HR. One file.
    Read {
        /// Job.
        job_id: JobId,
        /// Path below what was dropped.
        name: String,
        /// An archive or a single map.
        kind: SourceKind,
    },
    /// Read a classifier. Its file where the source is one.
    LoadModel {
        /// Job.
        job_id: JobId,
        /// Where it is.
        source: ModelSource,
    },
    /// Say what kind of map each is. No file.
    Classify {
        /// Job.
        job_id: JobId,
        /// By what.
        model: ModelFile,
        /// `[n_maps][n_columns]`, in the order of [`COLUMNS`]; `None` for no number.
        rows: Vec<Vec<Option<f64>>>,
    },
    /// Say what of a map speaks for its first label. No file.
    Explain {
        /// Job.
        job_id: JobId,
        /// By what.
        model: ModelFile,
        /// `[n_columns]`, in the order of [`COLUMNS`].
        row: Vec<Option<f64>>,
    },
    /// Read a person's collections: `collection.db` or `.osdb`. One file.
    ReadLabels {
        /// Job.
        job_id: JobId,
        /// Path below what was dropped.
        name: String,
    },
    /// Make a classifier of labelled maps. No file.
    Train {
        /// Job.
        job_id: JobId,
        /// What to learn from.
        maps: Vec<LabelledMap>,
        /// Of everything that is drawn.
        seed: u64,
    },
}

/// Where a classifier is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ModelSource {
    /// Served with the page.
    Bundled {
        /// Absolute.
        url: String,
    },
    /// In the file that comes with the message.
    File {
        /// As the person knows it.
        name: String,
    },
}

/// A classifier's file and a name for it that workers may remember.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelFile {
    /// Another one for other bytes, in the life of a page.
    pub id: u32,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A map with the labels that a person gave it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LabelledMap {
    /// `[n_columns]`, in the order of [`COLUMNS`].
    pub row: Vec<Option<f64>>,
    /// The first counts, the others are said beside; at least one.
    pub labels: Vec<String>,
    /// `Title` and `Artist`, by which maps of one song stay on one side of a split.
    pub title: String,
    /// As `title`.
    pub artist: String,
}

/// Worker → page.
#[allow(clippy::large_enum_variant, reason = "read and gone: few exist at a time")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum BeatmapsResponse {
    /// The worker listens. First of all messages.
    Ready {
        /// [`BEATMAPS_VERSION`] of the worker.
        version: u32,
    },
    /// Ends `Read`.
    MapsRead {
        /// Job.
        job_id: JobId,
        /// In the order of the command's table.
        maps: Vec<ReadMap>,
        /// What could not be read, and what a map lacks.
        issues: Vec<Issue>,
        /// Maps of other games, which are left out.
        n_other_games: u32,
    },
    /// Ends `LoadModel`.
    ModelLoaded {
        /// Job.
        job_id: JobId,
        /// The file and what it says of itself, or why it is none and what to do.
        model: Result<(Vec<u8>, ModelFacts), String>,
    },
    /// Ends `Classify`.
    Classified {
        /// Job.
        job_id: JobId,
        /// `[n_maps][n_labels]`, each summing to one; or why there are none.
        memberships: Result<Vec<Vec<f64>>, String>,
    },
    /// Ends `Explain`.
    Explained {
        /// Job.
        job_id: JobId,
        /// What moved the first label most, the largest first; or why there is nothing.
        influences: Result<Vec<Influence>, String>,
    },
    /// Ends `ReadLabels`.
    LabelsRead {
        /// Job.
        job_id: JobId,
        /// Collections in the file's order, or why there are none.
        sources: Result<Vec<LabelSource>, String>,
    },
    /// A step of a training is done; the job goes on.
    TrainProgress {
        /// Job.
        job_id: JobId,
        /// Steps done.
        n_done: u32,
        /// Steps in all.
        n_total: u32,
        /// What it is at, in words.
        stage: String,
    },
    /// Ends `Train`.
    ModelTrained {
        /// Job.
        job_id: JobId,
        /// The classifier, or why there is none and what to do.
        model: Result<TrainedModel, String>,
    },
    /// Ends any job that went wrong as a whole; also sent by the panic hook.
    Failed {
        /// Job; `None` where it is not known.
        job_id: Option<JobId>,
        /// Why.
        error: JobError,
    },
}

/// What a classifier says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelFacts {
    /// Ascending.
    pub labels: Vec<String>,
    /// Maps that it was trained on.
    pub n_maps: u32,
    /// Songs of those maps.
    pub n_songs: u32,
    /// Share of first labels that were right on songs it had not seen, where that was
    /// measured.
    pub cross_validated_top_1: Option<f64>,
    /// What else it says.
    pub note: Option<String>,
}

/// One collection of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelSource {
    /// As the person named it.
    pub name: String,
    /// MD5 sums of its maps, as hex; those without one are left out.
    pub md5: Vec<String>,
    /// Ids of its maps, where the file has them.
    pub ids: Vec<u64>,
}

/// What came of a training.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrainedModel {
    /// The file.
    pub bytes: Vec<u8>,
    /// What it says of itself.
    pub facts: ModelFacts,
    /// How each part of the songs fared, which the others were trained without.
    pub folds: Vec<FoldScore>,
    /// Share of right first labels if the most frequent one were always said.
    pub majority: f64,
}

/// How one part of the songs fared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoldScore {
    /// Maps of it.
    pub n_maps: u32,
    /// Of them, those whose first label was right.
    pub n_right: u32,
}

/// Numbers of one map.
pub const N_COLUMNS: usize = COLUMNS.len();

impl Question for BeatmapsRequest {
    fn job_id(&self) -> JobId {
        match self {
            Self::Read { job_id, .. }
            | Self::LoadModel { job_id, .. }
            | Self::Classify { job_id, .. }
            | Self::Explain { job_id, .. }
            | Self::ReadLabels { job_id, .. }
            | Self::Train { job_id, .. } => *job_id,
        }
    }
}

impl Answer for BeatmapsResponse {
    const VERSION: u32 = BEATMAPS_VERSION;

    fn ready() -> Self {
        Self::Ready { version: BEATMAPS_VERSION }
    }

    fn version(&self) -> Option<u32> {
        match self {
            Self::Ready { version } => Some(*version),
            _ => None,
        }
    }

    fn failed(job_id: Option<JobId>, error: JobError) -> Self {
        Self::Failed { job_id, error }
    }

    fn failure(&self) -> Option<&JobError> {
        match self {
            Self::Failed { error, .. } => Some(error),
            _ => None,
        }
    }

    fn is_in_between(&self) -> bool {
        matches!(self, Self::TrainProgress { .. })
    }
}
