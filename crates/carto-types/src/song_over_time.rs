//! Two maps of one song over time, on the clock of the first.
//!
//! A is the first map, B the second. Times are ms since the start of the audio of A: what B has at
//! `t` stands at `t + lag_ms`. `None` is missing, which is never 0.

use serde::{Deserialize, Serialize};

use crate::{ByChannel, PairLag, SignalChannel};

/// How much two maps of a song agree, and where.
///
/// As JSON it is the `song.json` of `carto song`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SongOverTime {
    /// What is added to the times of B, and whether that may be relied on.
    pub lag: PairLag,
    /// Main tempo of A and of B, beats a minute; `None` without a usable one.
    pub bpm: [Option<f64>; 2],
    /// From the first object of either map to the latest end of one, ms.
    pub whole_ms: [f64; 2],
    /// What is compared: from where both maps have begun to where one ends, ms.
    pub span_ms: [f64; 2],
    /// Agreement over the whole span: that of `carto pair`, aligned.
    pub song: StretchAgreement,
    /// The bars of A, ascending, without gaps where it has a usable tempo; they cover
    /// `whole_ms` and what lies between it and time 0.
    pub bars: Vec<SongBar>,
    /// What A's timing points, kiai times and breaks divide the song into, ascending, without
    /// gaps, over `whole_ms`.
    pub sections: Vec<SongSection>,
    /// Bars of a window.
    pub window_bars: u32,
    /// Agreement through the song: one window from each bar of the span on, ascending; a window
    /// reaches over `window_bars` bars.
    pub windows: Vec<AgreementWindow>,
    /// At most three of strongest agreement, the strongest first, and behind them at most three of
    /// strongest divergence. No two have a bar in common.
    pub moments: Vec<SongMoment>,
}

/// What a pair of maps is called.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SongTexts {
    /// Title of the song.
    pub title: String,
    /// Artist of the song.
    pub artist: String,
    /// A and B.
    pub maps: [SongMapTexts; 2],
}

/// What a map of a song is called.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SongMapTexts {
    /// Who made it.
    pub mapper: String,
    /// Name of the difficulty.
    pub difficulty: String,
}

/// Agreement of two maps on a stretch of a song.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StretchAgreement {
    /// Where it begins, ms, inside the span.
    pub from_ms: f64,
    /// Where it ends, ms.
    pub to_ms: f64,
    /// Frames in it.
    pub n_frames: u32,
    /// Pearson's r over the frames; missing where a side is constant, and for a channel of events
    /// where a map has none in the whole song.
    pub r: ByChannel<Option<f64>>,
    /// Mean over the channels that have an r; `None` where none has.
    pub mean: Option<f64>,
}

/// A bar of A.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SongBar {
    /// Counted from 1, the first that begins at A's first timing point; those before it have
    /// numbers down from 0.
    pub number: i32,
    /// Where it begins, ms; beat `i` begins at `start_ms + i * beat_ms`.
    pub start_ms: f64,
    /// Where the next bar begins, ms.
    pub end_ms: f64,
    /// Duration of a beat, ms.
    pub beat_ms: f64,
    /// Beats that begin in it; fewer than its meter where a timing point cuts it short.
    pub n_beats: u32,
    /// Beats of a whole bar, in `1..=16`.
    pub meter: u32,
}

/// What sets a section apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SectionKind {
    /// The tempo alone: neither kiai nor a break.
    #[serde(rename = "tempo")]
    Tempo,
    /// Kiai time of A.
    #[serde(rename = "kiai")]
    Kiai,
    /// A break of A.
    #[serde(rename = "break")]
    Break,
}

impl SectionKind {
    /// The word in files and texts: `kiai`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tempo => "tempo",
            Self::Kiai => "kiai",
            Self::Break => "break",
        }
    }
}

/// A stretch of the song of one kind and one tempo.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SongSection {
    /// Where it begins, ms.
    pub from_ms: f64,
    /// Where it ends, ms.
    pub to_ms: f64,
    /// What sets it apart.
    pub kind: SectionKind,
    /// Its tempo, beats a minute; `None` where A has no usable one.
    pub bpm: Option<f64>,
    /// Whether its tempo is another than that of the section before.
    pub is_tempo_change: bool,
}

/// Agreement in some bars of a song.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AgreementWindow {
    /// [`SongBar::number`] of its first bar.
    pub first_bar: i32,
    /// Agreement on it, as on any other stretch. Its mean is missing too where one of the maps
    /// has no object in the window, and where no more than half of the channels that have an r over
    /// the song have one in it.
    pub agreement: StretchAgreement,
    /// What whole-bar shifts of B reach on it; `None` where the pair is not aligned, where a bar
    /// of the window is cut short or has another meter than most, and where the song has too few
    /// bars or more than music has.
    pub reach: Option<ShiftReach>,
}

/// What the mean r of a window reaches where B is shifted by whole bars.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ShiftReach {
    /// Quantile 5 % of the mean r over the shifts.
    pub low: f64,
    /// Quantile 95 %.
    pub high: f64,
    /// Shifts that have a mean r.
    pub n_shifts: u32,
}

/// Which end of agreement a moment is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MomentKind {
    /// Among the highest mean r of the song.
    #[serde(rename = "agreement")]
    Agreement,
    /// Among the lowest.
    #[serde(rename = "divergence")]
    Divergence,
}

impl MomentKind {
    /// The word in files and texts: `agreement`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Divergence => "divergence",
        }
    }
}

/// A window that stands out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SongMoment {
    /// Counted from 1 over both kinds.
    pub number: u32,
    /// Why it stands out.
    pub kind: MomentKind,
    /// [`SongBar::number`] of its first bar.
    pub first_bar: i32,
    /// Where it begins, ms.
    pub from_ms: f64,
    /// Where it ends, ms.
    pub to_ms: f64,
    /// Mean r of the window.
    pub mean: f64,
    /// The channels that carry it most, one or two: those of the highest r of an agreement, of
    /// the lowest of a divergence, the outermost first.
    pub channels: Vec<SignalChannel>,
}
