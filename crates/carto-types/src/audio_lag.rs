//! By how much the recordings of two maps lie apart, as heard.

use serde::{Deserialize, Serialize};

/// Larger recordings are neither compared nor played, bytes: five minutes of wav have 53 MB, the
/// music of a beatmap has 20 at most.
pub const MAX_RECORDING_BYTES: usize = 64 << 20;

/// What two stretches of two recordings say of the lag between them, an early and a late one.
///
/// A lag is what is added to the times of the second recording, in ms. It is clear where the
/// recordings fit there much better than at any other lag.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum AudioLag {
    /// Both stretches have one clear lag: one version of the song.
    Same {
        /// The lag, ms.
        lag_ms: f64,
    },
    /// Both stretches have a clear lag, and the two differ: another cut of the song.
    OtherCut {
        /// The lag of the early stretch, ms.
        early_ms: f64,
        /// The lag of the late stretch, ms.
        late_ms: f64,
    },
    /// One of the stretches has a clear lag, the other has none.
    OneStretch {
        /// The lag, ms.
        lag_ms: f64,
    },
    /// Neither has: other recordings, silence, or music that repeats itself.
    Unclear,
}

/// The lag between the recordings of a planned pair of maps, as heard.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PairAudio {
    /// Place of the first map, as of [`SongPlan::map`](crate::SongPlan::map).
    pub a: u32,
    /// Place of the second.
    pub b: u32,
    /// What was heard.
    pub lag: AudioLag,
}
