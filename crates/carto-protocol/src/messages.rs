//! What page and worker say to each other.

use serde::{Deserialize, Serialize};

use crate::{
    ArchiveFacts, MapStatus, Mode, RunRecord, SongOutcome, SongPlan, SourceKind, StudyPlan, Summary,
};

/// Names one job; never used twice in a page's life.
pub type JobId = u32;

/// Page → worker. Files travel beside the message, in the order given there.
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
}

/// Worker → page. Every job ends in exactly one message other than `MapDone`.
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
    /// Ends any job that went wrong as a whole; also sent by the panic hook.
    Failed {
        /// Job; `None` where it is not known.
        job_id: Option<JobId>,
        /// Why.
        error: JobError,
    },
}

/// One archive of the demo set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoArchive {
    /// File name.
    pub name: String,
    /// The `.osz`.
    pub bytes: Vec<u8>,
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
