//! Two maps of one song over time.
//!
//! A reply that is a `Result` holds the words of a refusal where there is nothing else to
//! give: what is wrong, and what to do. The files of every call are those of the sources of its
//! pair, one source after the other.

use carto_types::{
    AudioLag, DrawnMap, EncoderFacts, Mode, OfferedMap, OutputFile, ShiftReach, SongLatents,
    SongOverTime, SourceFiles, StretchAgreement, Strips, TimedSound,
};
use serde::{Deserialize, Serialize};

use crate::call::{NoProgress, calls};

/// What the worker of the view of one song is asked.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(
    clippy::large_enum_variant,
    reason = "a request is made, written or read, and gone: few exist at a time"
)]
pub enum SongRequest {
    /// Read two maps, and what is said of them over time.
    OpenPair(OpenPair),
    /// Say how much they agree on a stretch of the song.
    AgreementOfStretch(AgreementOfStretch),
    /// Hand out the recording that one of them belongs to.
    ReadRecording(ReadRecording),
    /// Write what is said of them as files.
    WriteSong(WriteSong),
    /// Say what whole-bar shifts reach on the windows of the song.
    ReachOfShifts(ReachOfShifts),
}

calls! { SongRequest:
    OpenPair = 0 => Result<OpenedPair, String>, NoProgress;
    AgreementOfStretch = 1 => Result<Option<StretchAgreement>, String>, NoProgress;
    ReadRecording = 2 => Result<String, String>, NoProgress;
    WriteSong = 3 => Result<Vec<OutputFile>, String>, NoProgress;
    ReachOfShifts = 4 => Result<Vec<Option<ShiftReach>>, String>, NoProgress;
}

/// Reads two maps of a song, and what is said of them over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenPair {
    /// Title of the song.
    pub title: String,
    /// Artist of the song.
    pub artist: String,
    /// The rules by which archives are read.
    pub mode: Mode,
    /// The map above the line.
    pub a: PairMap,
    /// The map below it.
    pub b: PairMap,
    /// What the recordings of the two say of their lag, where they were heard.
    pub heard: Option<AudioLag>,
}

/// One map of a pair, and the source that it lies in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairMap {
    /// The map; its slot is not looked at.
    pub map: OfferedMap,
    /// The archive, extracted set or single map that it lies in.
    pub source: SourceFiles,
}

/// A pair that was read.
///
/// Times are on the clock of A, but those of `drawn` and `sounds`, which are each map's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenedPair {
    /// Agreement, grid, sections and moments; no window has a reach, which [`ReachOfShifts`] gives.
    pub song: SongOverTime,
    /// The nine channels of both.
    pub strips: Strips,
    /// What osu! draws of A and of B.
    pub drawn: [DrawnMap; 2],
    /// Hitsounds of A and of B, ascending.
    pub sounds: [Vec<TimedSound>; 2],
}

/// Says how much the maps of a pair agree on a stretch of the song, channel by channel; `None`
/// where nothing of it is compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgreementOfStretch {
    /// The pair; a worker that read it last does not read it again.
    pub pair: OpenPair,
    /// Where the stretch begins, ms on the clock of A.
    pub from_ms: f64,
    /// Where it ends, ms.
    pub to_ms: f64,
}

/// Says what whole-bar shifts of B reach on each window of the song, `[n_windows]`; in a long song
/// that takes longer than all else that is said of a pair.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReachOfShifts {
    /// The pair; a worker that read it last does not read it again.
    pub pair: OpenPair,
}

/// Hands out the recording that a map belongs to, as it lies in its set: beside the reply, which is
/// its name, comes the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadRecording {
    /// The rules by which archives are read.
    pub mode: Mode,
    /// The map.
    pub map: PairMap,
}

/// Writes what is said of a pair as the command does: strips, agreement and moments as CSV, all
/// but the strips as JSON, and the figure as SVG; where there are latents, these and their agreement
/// as CSV and their figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WriteSong {
    /// The pair.
    pub pair: OpenPair,
    /// Its latents, and what made them; `None` for none.
    pub latents: Option<(EncoderFacts, SongLatents)>,
}
