//! The fingerprint of a mapper: the maps of a run are measured song by song, and then compared.

use carto_types::{
    EncoderFacts, MapperCount, MapperFingerprint, MapperReport, OutputFile, SongMapValues,
    SongPlan, SourceFiles,
};
use serde::{Deserialize, Serialize};

use crate::call::{NoProgress, calls};

/// What the worker of the view of mappers is asked.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(
    clippy::large_enum_variant,
    reason = "a request is made, written or read, and gone: few exist at a time"
)]
pub enum MapperRequest {
    /// Say who can be compared.
    ListMappers(ListMappers),
    /// Measure the maps of one song.
    MeasureSong(MeasureSong),
    /// Compare a mapper with the others.
    CompareMapper(CompareMapper),
    /// Find where examples show a difference most.
    FindMoments(FindMoments),
    /// Write what was found as files.
    WriteMapper(WriteMapper),
}

calls! { MapperRequest:
    ListMappers = 0 => Vec<MapperCount>, NoProgress;
    MeasureSong = 1 => SongMapValues, NoProgress;
    CompareMapper = 2 => ComparedMapper, NoProgress;
    FindMoments = 3 => MapperReport, NoProgress;
    WriteMapper = 4 => Result<Vec<OutputFile>, String>, NoProgress;
}

/// Says who can be compared, those with most songs first. No file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListMappers {
    /// All songs of the run.
    pub songs: Vec<SongPlan>,
}

/// Measures the maps of one song. The files of each source of the plan, one source after the
/// other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeasureSong {
    /// The song, planned by the rules of osu!.
    pub song: SongPlan,
    /// What the files are, in the order of [`SongPlan::archives`].
    pub sources: Vec<SourceFiles>,
}

/// Compares a mapper with the other mappers of the same songs, and with one of them. No file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CompareMapper {
    /// The songs that were measured, also those without the mapper.
    pub songs: Vec<SongMapValues>,
    /// The mapper, in any spelling.
    pub mapper: String,
    /// The other of a head-to-head; `None` for none.
    pub against: Option<String>,
    /// What made the latents of the songs; `None` where they have none.
    pub encoder: Option<EncoderFacts>,
}

/// What a comparison of a mapper gives.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ComparedMapper {
    /// The mapper against all others, and against one; `None` where no two maps can be compared.
    pub report: Option<MapperReport>,
    /// The other of the head-to-head against all others.
    pub of_against: Option<MapperFingerprint>,
    /// With whom the mapper can be compared head-to-head, with the songs that both mapped.
    pub others: Vec<MapperCount>,
    /// The mappers of the run whose names are most like one that is not there; empty for one who
    /// is.
    pub nearest: Vec<MapperCount>,
}

/// Finds where the examples of channels begin to show their difference most. The files of each
/// source, one source after the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FindMoments {
    /// What was found.
    pub report: MapperReport,
    /// The songs of its examples; their archives are places in the sources.
    pub songs: Vec<SongPlan>,
    /// What the files are.
    pub sources: Vec<SourceFiles>,
}

/// Writes what was found as the command does: tables as CSV, all as JSON, the figures as SVG. No
/// file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WriteMapper {
    /// What was found.
    pub report: MapperReport,
}
