//! What page and worker say to each other.

use serde::{Deserialize, Serialize};

use carto_types::{
    ArchiveFacts, Backend, DemoArchive, EncoderFacts, LatentSong, MapLatents, MapRefusal,
    MapStatus, Mode, OutputFile, Refreshed, RunRecord, ShownResult, SongOutcome, SongPlan,
    SourceKind, StudyPlan, Summary,
};

use crate::{DeviceChoice, EncoderSource, ResultSource, ResultText};

/// Names one job; never used twice in a page's life.
pub type JobId = u32;

/// Page → worker. Files travel beside the message, in the order given there.
#[allow(
    clippy::large_enum_variant,
    reason = "a message is made, written or read, and gone: few exist at a time"
)]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Read one archive's directory and `.osu` entries. One file.
    Scan {
        /// Job.
        job_id: JobId,
        /// Path below what was dropped.
        name: String,
        /// An archive or a single map.
        kind: SourceKind,
        /// The rules.
        mode: Mode,
    },
    /// Decide which maps are compared. No file.
    Plan {
        /// Job.
        job_id: JobId,
        /// The rules.
        mode: Mode,
        /// All archives, in path order.
        archives: Vec<ArchiveFacts>,
    },
    /// Encode and compare the maps of one song. One file per archive of the plan.
    Song {
        /// Job.
        job_id: JobId,
        /// The rules.
        mode: Mode,
        /// What to compare.
        song: SongPlan,
        /// Name and kind of the attached files.
        sources: Vec<(String, SourceKind)>,
    },
    /// Make tables and files of what is finished. No file.
    Summarise {
        /// Job.
        job_id: JobId,
        /// The run so far.
        run: RunRecord,
        /// Whether the files are wanted too; summaries in between do without.
        has_files: bool,
    },
    /// Make the demo set. No file.
    Demo {
        /// Job.
        job_id: JobId,
        /// Seed of the set.
        seed: u64,
    },
    /// Read a cross-validation that the command wrote. Its file.
    CrossValidation {
        /// Job.
        job_id: JobId,
        /// Its name.
        name: String,
    },
    /// Find an encoder and what computes with it. The file comes along where
    /// the source is one. For an encoder's worker, as the two that follow.
    LoadEncoder {
        /// Job.
        job_id: JobId,
        /// Where the weights are.
        source: EncoderSource,
        /// What is to compute.
        device: DeviceChoice,
    },
    /// Compute one map's latents. The files of the song's archives, then the
    /// weights as [`Response::EncoderLoaded`] gave them.
    Encode {
        /// Job.
        job_id: JobId,
        /// The rules.
        mode: Mode,
        /// Its song.
        song: SongPlan,
        /// Place in the song's maps.
        map_idx: u32,
        /// Length of the song's signals.
        target_frames: u32,
        /// sha256 of the weights that come along: a worker that has them reads
        /// no file.
        weights_sha256: String,
        /// What is to compute.
        device: DeviceChoice,
    },
    /// Compare the latents of one song. No file.
    CompareLatents {
        /// Job.
        job_id: JobId,
        /// The rules.
        mode: Mode,
        /// The song.
        song: SongPlan,
        /// Of its maps that have any, in any order.
        latents: Vec<MapLatents>,
    },
    /// Read a result. Its files where the source is one: one of ours, or several of
    /// the published layouts. For the worker of results,
    /// as the five that follow.
    OpenResult {
        /// Job.
        job_id: JobId,
        /// Where it is.
        source: ResultSource,
    },
    /// Read the published figures where they are kept, and say what differs from
    /// those that are served with the page. No file.
    RefreshPublished {
        /// Job.
        job_id: JobId,
        /// Of the folder of the published site, with a slash at its end; absolute.
        url: String,
        /// Of the result file that is served with the page; absolute.
        bundled_url: String,
    },
    /// Write a result as the fragment of a link. No file.
    MakeLink {
        /// Job.
        job_id: JobId,
        /// The result.
        result: ResultText,
        /// Whether titles of songs and names of mappers go with it.
        has_names: bool,
    },
    /// Make the files of a result: tables, figures, layouts, methods. No file.
    ExportResult {
        /// Job.
        job_id: JobId,
        /// The result.
        result: ResultText,
    },
    /// Say how one result differs from another. No file.
    CompareResults {
        /// Job.
        job_id: JobId,
        /// The result.
        result: ResultText,
        /// What it is held against.
        against: ResultText,
    },
}

impl Request {
    /// The job that it is about.
    #[must_use]
    pub fn job_id(&self) -> JobId {
        match self {
            Self::Scan { job_id, .. }
            | Self::Plan { job_id, .. }
            | Self::Song { job_id, .. }
            | Self::Summarise { job_id, .. }
            | Self::Demo { job_id, .. }
            | Self::CrossValidation { job_id, .. }
            | Self::LoadEncoder { job_id, .. }
            | Self::Encode { job_id, .. }
            | Self::CompareLatents { job_id, .. }
            | Self::OpenResult { job_id, .. }
            | Self::RefreshPublished { job_id, .. }
            | Self::MakeLink { job_id, .. }
            | Self::ExportResult { job_id, .. }
            | Self::CompareResults { job_id, .. } => *job_id,
        }
    }
}

/// Worker → page. Every job ends in exactly one message that is not
/// [in between](Response::is_in_between).
#[allow(
    clippy::large_enum_variant,
    reason = "a message is made, written or read, and gone: few exist at a time"
)]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// The worker listens. First of all messages.
    Ready {
        /// [`crate::PROTOCOL_VERSION`] of the worker.
        version: u32,
    },
    /// A map of a song is encoded or refused; the job goes on.
    MapDone {
        /// Job.
        job_id: JobId,
        /// Place in the plan's maps.
        map_idx: u32,
        /// What became of it.
        status: MapStatus,
    },
    /// Ends `Scan`.
    Scanned {
        /// Job.
        job_id: JobId,
        /// The archive.
        facts: ArchiveFacts,
    },
    /// Ends `Plan`.
    Planned {
        /// Job.
        job_id: JobId,
        /// The plan.
        plan: StudyPlan,
    },
    /// Ends `Song`.
    SongDone {
        /// Job.
        job_id: JobId,
        /// The song.
        outcome: SongOutcome,
    },
    /// Ends `Summarise`.
    Summarised {
        /// Job.
        job_id: JobId,
        /// The summary.
        summary: Summary,
    },
    /// Ends `Demo`.
    DemoMade {
        /// Job.
        job_id: JobId,
        /// The archives.
        archives: Vec<DemoArchive>,
    },
    /// Ends `CrossValidation`.
    CrossValidationRead {
        /// Job.
        job_id: JobId,
        /// Part D as a piece of a page, or why there is none.
        part: Result<String, String>,
    },
    /// More of an encoder's file is there; the job goes on.
    LoadProgress {
        /// Job.
        job_id: JobId,
        /// Bytes so far.
        n_bytes: u64,
        /// Bytes in all, where that is known.
        n_total: Option<u64>,
    },
    /// Ends `LoadEncoder`.
    EncoderLoaded {
        /// Job.
        job_id: JobId,
        /// Which encoder it is.
        encoder: EncoderFacts,
        /// What will compute.
        backend: Backend,
        /// The encoder alone, as a safetensors file.
        weights: Vec<u8>,
    },
    /// Ends `LoadEncoder` where there is no encoder to be had.
    EncoderRefused {
        /// Job.
        job_id: JobId,
        /// Why, and what to do.
        message: String,
    },
    /// Another tile of a map is computed; the job goes on.
    TileDone {
        /// Job.
        job_id: JobId,
        /// Columns so far.
        n_latents_done: u32,
        /// Columns in all.
        n_latents: u32,
    },
    /// Ends `Encode`.
    MapEncoded {
        /// Job.
        job_id: JobId,
        /// The latents, or why the map has none.
        latents: Result<MapLatents, MapRefusal>,
        /// What computed them: not what was asked for, where that failed.
        backend: Backend,
    },
    /// Ends `CompareLatents`.
    LatentsCompared {
        /// Job.
        job_id: JobId,
        /// The song.
        song: LatentSong,
    },
    /// Ends `OpenResult`.
    ResultOpened {
        /// Job.
        job_id: JobId,
        /// What to show and the result file's text, or why there is neither.
        opened: Result<(ShownResult, String), String>,
    },
    /// Ends `RefreshPublished`.
    PublishedRefreshed {
        /// Job.
        job_id: JobId,
        /// What was found, or why nothing was.
        found: Result<Refreshed, String>,
    },
    /// Ends `MakeLink`.
    LinkMade {
        /// Job.
        job_id: JobId,
        /// What follows the `#`, or why there is no link.
        fragment: Result<String, String>,
    },
    /// Ends `ExportResult`.
    ResultExported {
        /// Job.
        job_id: JobId,
        /// The files, or why there are none.
        files: Result<Vec<OutputFile>, String>,
    },
    /// Ends `CompareResults`.
    ResultsCompared {
        /// Job.
        job_id: JobId,
        /// The differences as a piece of a page, or why there are none.
        part: Result<String, String>,
    },
    /// Ends any job that went wrong as a whole; also sent by the panic hook.
    Failed {
        /// Job; `None` where it is not known.
        job_id: Option<JobId>,
        /// Why.
        error: JobError,
    },
}

impl Response {
    /// Whether the job goes on after this message.
    #[must_use]
    pub fn is_in_between(&self) -> bool {
        matches!(self, Self::MapDone { .. } | Self::LoadProgress { .. } | Self::TileDone { .. })
    }
}

/// Why a job as a whole came to nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum JobError {
    /// A message could not be read: page and worker are of different versions.
    #[error("the page and its worker do not understand each other: reload the page")]
    BadMessage,
    /// A fault of ours.
    #[error("a fault in this program: {message}")]
    Panic {
        /// What the panic said, with file and line.
        message: String,
    },
    /// The worker could not be started or broke down.
    #[error("the worker stopped: {message}")]
    WorkerLost {
        /// What the browser said.
        message: String,
    },
}
