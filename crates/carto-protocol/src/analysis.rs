//! Reading archives and comparing maps.

use carto_types::{
    ArchiveFacts, DemoArchive, MapStatus, Mode, OwnerRow, PackContents, RunRecord, SongOutcome,
    SongPlan, SourceFiles, StudyPlan, Summary,
};
use serde::{Deserialize, Serialize};

use crate::call::{NoProgress, calls};

/// What the worker that reads archives and compares maps is asked.
///
/// `A` and `R` are what the page shares instead of copying it; written, they are what a
/// worker reads.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(
    clippy::large_enum_variant,
    reason = "a request is made, written or read, and gone: few exist at a time"
)]
pub enum AnalysisRequest<A = ArchiveFacts, R = RunRecord> {
    /// Read one archive, extracted set or single map.
    ScanArchive(ScanArchive),
    /// Decide which maps are compared.
    PlanStudy(PlanStudy<A>),
    /// Encode and compare the maps of one song.
    CompareSong(CompareSong),
    /// Make tables and files of what is finished.
    Summarise(Summarise<R>),
    /// Make the demo set.
    MakeDemo(MakeDemo),
    /// Hand out the archives in a pack.
    OpenPack(OpenPack),
    /// Say what is kept for the next visit.
    AskKept(AskKept),
}

calls! { AnalysisRequest:
    ScanArchive = 0 => ArchiveFacts, NoProgress;
    PlanStudy<A> = 1 => StudyPlan, NoProgress;
    CompareSong = 2 => SongOutcome, MapDone;
    Summarise<R> = 3 => Summary, NoProgress;
    MakeDemo = 4 => Vec<DemoArchive>, NoProgress;
    OpenPack = 5 => PackContents, NoProgress;
    AskKept = 6 => Kept, NoProgress;
}

/// Reads the `.osu` files of one archive, extracted set or single map. Its files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanArchive {
    /// What is read.
    pub source: SourceFiles,
    /// The rules by which maps take part.
    pub mode: Mode,
    /// Whether the facts are kept for the next visit, and taken from an earlier one.
    pub is_kept: bool,
}

/// Decides which maps are compared. No file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanStudy<A = ArchiveFacts> {
    /// The rules by which maps take part.
    pub mode: Mode,
    /// Facts of all archives, in path order.
    pub archives: Vec<A>,
    /// What a person says of the owners of difficulties.
    pub owners: Vec<OwnerRow>,
    /// Whether it is asked how much of an agreement is more than a shared grid; the published rules
    /// never do.
    pub has_evidence: bool,
}

/// Encodes and compares the maps of one song. The files of each source of the plan, one
/// source after the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompareSong {
    /// The rules by which maps are read.
    pub mode: Mode,
    /// The maps to compare.
    pub song: SongPlan,
    /// What the files are, in the order of [`SongPlan::archives`].
    pub sources: Vec<SourceFiles>,
    /// Whether the outcome is kept for the next visit, and taken from an earlier one.
    pub is_kept: bool,
}

/// A map of a song is encoded or refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapDone {
    /// Place in the plan's maps.
    pub map_idx: u32,
    /// Encoded, or why not.
    pub status: MapStatus,
}

/// Makes tables and files of what is finished. No file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summarise<R = RunRecord> {
    /// The run so far.
    pub run: R,
    /// Whether the files are wanted too; summaries in between do without.
    pub has_files: bool,
}

/// Makes the demo set. No file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakeDemo {
    /// The set follows from the seed alone.
    pub seed: u64,
}

/// Hands out the archives in a pack, each as a file: beside the reply come those of
/// [`PackContents::archives`], in that order. One file: the pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenPack {
    /// Path below what was dropped.
    pub name: String,
}

/// Says what is kept for the next visit. No file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskKept {
    /// Whether it is deleted first.
    pub is_deleted: bool,
}

/// What is kept for the next visit, in the browser's own database.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Kept {
    /// Size of all that is kept, the database's own share aside.
    pub n_bytes: u64,
    /// Why nothing more is kept, if so.
    pub problem: Option<String>,
}
