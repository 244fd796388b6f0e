//! What came of comparing the maps of one song.

use serde::{Deserialize, Serialize};

use crate::Issue;

/// One song, compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SongOutcome {
    /// Place in the index.
    pub song_idx: u32,
    /// Length that all its encodings share; `None` if no map had usable audio.
    pub target_frames: Option<u32>,
    /// One for each map of the plan, in its order.
    pub maps: Vec<MapOutcome>,
    /// Pairs of encoded maps with different creators, in order.
    pub pairs: Vec<PairOutcome>,
    /// Maps that were left out, and warnings.
    pub issues: Vec<Issue>,
}

/// One representative, after the attempt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MapOutcome {
    /// Frames of its own audio, where that could be measured.
    pub audio_frames: Option<u32>,
    /// Encoded, or why not.
    pub status: MapStatus,
}

/// What became of a map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MapStatus {
    /// It has a signal of the song's length.
    Encoded,
    /// It takes no part.
    Refused {
        /// A short stable name, for counting.
        cause: String,
        /// The cause in words.
        message: String,
    },
}

/// Two maps of one song.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PairOutcome {
    /// Place of the first in the plan's maps.
    pub a: u32,
    /// Place of the second.
    pub b: u32,
    /// In the order of the nine channels.
    pub channels: Vec<ChannelAgreement>,
    /// Mean cosine over every tenth column.
    pub full_cosine: f64,
}

/// How much two maps agree in one channel.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct ChannelAgreement {
    /// Pearson's r; 0 where a side is constant.
    pub pearson: f64,
    /// Cosine; 0 where a side is zero.
    pub cosine: f64,
    /// Mean absolute difference.
    pub mean_abs_diff: f64,
}
