//! How much of the agreement of two maps is more than a shared grid: one pair.
//!
//! A is the first map of a pair, B the second. Times are ms on the time line of A: an
//! event of B at `t` stands at `t + lag`. `None` means missing, which is never 0: the
//! value takes no part in any mean, count or correction.

use serde::{Deserialize, Serialize};

use crate::{ByChannel, ByEventChannel};

/// Whether, and how, the times of two maps were brought together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum AlignmentClass {
    /// The two are maps of one recording, and the lag between their times is known.
    #[serde(rename = "aligned")]
    Aligned,
    /// The main tempos differ: one of them maps another recording, or the other half or
    /// double of the beat.
    #[serde(rename = "other tempo")]
    OtherTempo,
    /// The maps fit clearly better more than 4 s apart, or their recordings lie apart by another
    /// lag early than late: another cut of the song.
    #[serde(rename = "other version")]
    OtherVersion,
    /// One has no usable tempo, the grids differ in between, or too little is shared.
    #[default]
    #[serde(rename = "unknown")]
    Unknown,
}

impl AlignmentClass {
    /// The four classes, the one that takes part in aligned figures first.
    pub const ALL: [Self; 4] = [Self::Aligned, Self::OtherTempo, Self::OtherVersion, Self::Unknown];

    /// The word in files and texts: `other tempo`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Aligned => "aligned",
            Self::OtherTempo => "other tempo",
            Self::OtherVersion => "other version",
            Self::Unknown => "unknown",
        }
    }
}

/// What a lag was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum AlignmentSource {
    /// The uninherited timing points of both maps, and for whole beats their objects.
    #[serde(rename = "timing points")]
    TimingPoints,
    /// Both maps are difficulties of one set and play one audio file: the lag is 0.
    #[serde(rename = "same file")]
    SameFile,
    /// The recordings of both maps, and the timing points as the check.
    #[serde(rename = "audio")]
    Audio,
    /// Nothing: the pair is not aligned, and measured as it is.
    #[default]
    #[serde(rename = "none")]
    None,
}

impl AlignmentSource {
    /// The words in files and texts: `timing points`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TimingPoints => "timing points",
            Self::SameFile => "same file",
            Self::Audio => "audio",
            Self::None => "none",
        }
    }
}

/// All evidence of one pair of maps.
///
/// As JSON it is what `carto pair` prints.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PairEvidence {
    /// Main beat length of A and of B, ms; `None` without one in `[60, 6000]`.
    pub tempo: [Option<f64>; 2],
    /// Where the main beat of A and of B lies: `offset mod beat`, ms, in `[0, beat)`.
    pub phase: [Option<f64>; 2],
    /// Whether both maps keep their main beat and its phase nearly throughout.
    pub steady: bool,
    /// Share of 200 times at which both beat grids agree at the smallest lag, in
    /// `[0, 1]`; `None` where the main beats differ or one is missing.
    pub grid_share: Option<f64>,
    /// Whether the pair takes part in aligned figures.
    pub class: AlignmentClass,
    /// What `lag_ms` was read from.
    pub source: AlignmentSource,
    /// What is added to the times of B, ms; 0 where the pair is not aligned, except that
    /// another version keeps the smallest lag.
    pub lag_ms: f64,
    /// Whole beats in the lag, counted from the phase alone.
    pub k: i32,
    /// What is doubtful about class or lag, in words.
    pub warning: Option<String>,
    /// Frames of the signals that `r_published` compares: 2,048 ms beyond the earlier end.
    #[serde(rename = "L")]
    pub n_frames: u64,
    /// Objects of A and of B.
    pub objects: [u32; 2],
    /// Pearson's r over those frames at lag 0; missing where a side is constant.
    pub r_published: ByChannel<Option<f64>>,
    /// At lag 0; `None` where less than 1,000 frames are shared.
    pub as_is: Option<SpanAgreement>,
    /// At `lag_ms`; `None` where less than 1,000 frames are shared.
    pub aligned: Option<SpanAgreement>,
    /// Bar by bar at `lag_ms`; `None` unless the class is aligned.
    pub on_bars: Option<BarAgreement>,
    /// A against maps of other songs on its own bars: the floor. Empty unless asked for.
    pub other_songs: Vec<OtherSongAgreement>,
}

/// How much two maps agree at one lag, from where both have begun to where one ends.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SpanAgreement {
    /// Added to the times of B, ms.
    pub lag_ms: f64,
    /// From the later first object to the earlier end, ms.
    pub span_ms: [f64; 2],
    /// First and last frame inside the span, both included.
    pub frames: [u64; 2],
    /// Objects of A and of B inside the span.
    pub objects: [u32; 2],
    /// `|ln(objects of A / objects of B)|`; `None` where one has none.
    pub log_ratio: Option<f64>,
    /// Pearson's r over the frames; missing where a side is constant, and for a channel
    /// of events where a map has none.
    pub r: ByChannel<Option<f64>>,
    /// Onset F-measure within 25 ms, as mir_eval defines it, in `[0, 1]`.
    #[serde(rename = "F25")]
    pub f25: f64,
    /// Within 50 ms.
    #[serde(rename = "F50")]
    pub f50: f64,
    /// Within 70 ms.
    #[serde(rename = "F70")]
    pub f70: f64,
    /// Share of the sparser map's onsets with one of the other within 1 ms.
    pub equal_onsets: Option<f64>,
    /// Steps from an object to the next that both maps make at the same times.
    pub matched: u32,
    /// Pearson's r of the logarithms of the steps' distances; missing below 30 steps.
    pub spacing: Option<f64>,
    /// The same after what follows from the steps' durations is taken away.
    pub spacing_given_gap: Option<f64>,
    /// Pearson's r of the cosines of the turns at those objects; missing below 21.
    pub turn: Option<f64>,
    /// Turns that both maps make, none of a leg of length 0.
    pub turns: u32,
}

/// How much two maps agree bar by bar.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct BarAgreement {
    /// Bars of A inside the span.
    pub bars: u32,
    /// Bars in which both maps have an object.
    pub active_bars: u32,
    /// Beats in a bar.
    pub meter: u32,
    /// Slots in a beat: 4 or 12.
    pub grid: u32,
    /// Pearson's r on the active bars; missing below 12 of them, where a side is
    /// constant, and for a channel of events where a map has none.
    pub pearson_bars: ByChannel<Option<BarPearson>>,
    /// Agreement given slot and section, on the bars in which both have an event of the
    /// channel; missing below 12 of them, or below 10 occupied slots in a map.
    pub phi: ByEventChannel<Option<PhiAgreement>>,
    /// The same on the active bars, which counts it as agreement that both have no event;
    /// missing for ONSET, of which it is `phi`.
    pub phi_object_bars: ByEventChannel<Option<PhiAgreement>>,
    /// Onset F-measure on the active bars; missing below 12 of them.
    pub f50_bars: Option<BarFMeasure>,
}

/// Pearson's r on bars, and what is left of it when other bars are held against each other.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct BarPearson {
    /// Bar against the same bar.
    pub r: f64,
    /// Mean of r over all shifts by whole bars.
    pub null_mean: f64,
    /// Population standard deviation of r over those shifts.
    pub null_sd: f64,
    /// `r - null_mean`.
    pub excess: f64,
    /// Share of the shifts, the true one among them, that reach r.
    pub p: f64,
    /// Mean of r over all orders of the bars inside sections of 8.
    pub within8_mean: f64,
    /// `r - within8_mean`.
    pub within8_excess: f64,
}

/// Agreement given metrical slot and section of 8 bars, with its shifts by whole bars.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct PhiAgreement {
    /// Bar against the same bar, in `[-1, 1]`.
    pub r: f64,
    /// Mean over the shifts that have a value; `None` where none has, as for the next three.
    pub null_mean: Option<f64>,
    /// Population standard deviation over those shifts.
    pub null_sd: Option<f64>,
    /// `r - null_mean`.
    pub excess: Option<f64>,
    /// Share of the shifts, the true one among them, that reach r.
    pub p: Option<f64>,
    /// Bars that take part.
    pub bars: u32,
}

/// Onset F-measure within 50 ms on bars laid end to end.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct BarFMeasure {
    /// Bar against the same bar, in `[0, 1]`.
    pub f: f64,
    /// Mean over all shifts by whole bars.
    pub chance: f64,
    /// `f - chance`.
    pub excess: f64,
}

/// A of a pair against a map of another song, stretched onto the bars of A.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct OtherSongAgreement {
    /// Which map: the SHA-1 of its file, or any other name that the caller gives.
    pub c: String,
    /// Bars that both cover.
    pub bars: u32,
    /// Bars in which both have an object.
    pub active_bars: u32,
    /// Slots in a beat: 4 or 12.
    pub grid: u32,
    /// Agreement given slot and section.
    pub phi: ByEventChannel<Option<f64>>,
    /// The same on the active bars.
    pub phi_object_bars: ByEventChannel<Option<f64>>,
    /// Pearson's r on the active bars.
    pub pearson_bars: ByChannel<Option<f64>>,
    /// Onset F-measure within 50 ms on the active bars.
    pub f50_bars: Option<f64>,
}
