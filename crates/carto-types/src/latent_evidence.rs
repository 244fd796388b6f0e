//! How much of the agreement of the latents of two maps is more than a shared grid.
//!
//! Latents lie in columns of some frames (18, 107.7 ms, of the published encoder). A bar is no whole
//! number of them, and half a column beside its place a latent is hardly like itself. So on bars
//! the encoder reads both maps anew, at times at which every bar has the same whole number of
//! columns: then a shift by bars is one by columns, and exact.

use serde::{Deserialize, Serialize};

use crate::{BarPearson, Cause, Issue, Packed, SongPlan};

/// How much the latents of two maps agree on a stretch, column beside column.
///
/// As two maps are it is at lag 0, from where both have begun to where one ends; of a song over time
/// at the lag of the pair, on any stretch.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LatentSpan {
    /// Columns whose middle lies inside the stretch.
    pub columns: u32,
    /// By number of the latent Pearson's r over those columns; missing where a side is constant.
    pub r: Vec<Option<f64>>,
}

/// How much the latents of two maps agree at the lag of the pair, bar by bar.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LatentBars {
    /// Bars in which both maps have an object: those that are compared.
    pub active_bars: u32,
    /// Columns of each bar.
    pub columns_per_bar: u32,
    /// By number of the latent Pearson's r on those bars, with all shifts by whole bars and all
    /// orders of bars inside sections of 8; missing where a side is constant.
    pub pearson_bars: Vec<Option<BarPearson>>,
    /// By number of the latent the share of the columns, in `(0, 1]`, that would say as much of r if
    /// no column were like the next; missing where a side is constant.
    pub effective_share: Vec<Option<f64>>,
}

impl LatentBars {
    /// Columns that are compared.
    #[must_use]
    pub fn columns(&self) -> u32 {
        self.active_bars.saturating_mul(self.columns_per_bar)
    }
}

/// Two maps of a song that an encoder is to read on the bars of the first.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct BarPair {
    /// Place of the first, as of [`SongPlan::map`](crate::SongPlan::map).
    pub a: u32,
    /// Place of the second.
    pub b: u32,
    /// What is added to the times of the second, ms.
    pub lag_ms: f64,
}

impl BarPair {
    /// Says that the pair has no latents on bars.
    ///
    /// - `song`: the plan of its song
    /// - `why`: in words
    #[must_use]
    pub fn issue(self, song: &SongPlan, why: &str) -> Issue {
        let label = |map_idx: u32| song.map(map_idx).map_or("", |map| &map.label);
        let (subject, other) = (label(self.a), label(self.b));
        let message =
            format!("its latents are not compared bar by bar with those of {other}: {why}");
        Issue::warning(subject, Cause::NoLatents, message)
    }
}

/// What came of a [`BarPair`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BarPairOutcome {
    /// Place of the first, as of [`SongPlan::map`](crate::SongPlan::map).
    pub a: u32,
    /// Place of the second.
    pub b: u32,
    /// How much their latents agree.
    pub found: Packed<LatentBars>,
}

/// The name of a latent in tables of evidence: `z7`.
///
/// - `dim`: its number, from 0
#[must_use]
pub fn latent_name(dim: usize) -> String {
    format!("z{dim}")
}
