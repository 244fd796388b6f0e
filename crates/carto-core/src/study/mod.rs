//! What is known of a set and a map before anything is compared.

/// Whose set of which song.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetHead {
    /// `Title`, romanised.
    pub title: String,
    /// `Artist`, romanised.
    pub artist: String,
    /// `Creator`, the host of the set.
    pub creator: String,
}

/// The registry's columns of one difficulty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RegistryFields {
    /// `Title`.
    pub title: Option<String>,
    /// `Artist`.
    pub artist: Option<String>,
    /// `Creator`.
    pub creator: Option<String>,
    /// `Version`, the difficulty's name.
    pub version: Option<String>,
    /// `BeatmapID`, as text.
    pub beatmap_id: Option<String>,
    /// `CircleSize`.
    pub circle_size: Option<f64>,
    /// `ApproachRate`.
    pub approach_rate: Option<f64>,
    /// `OverallDifficulty`.
    pub overall_difficulty: Option<f64>,
    /// `HPDrainRate`.
    pub hp_drain_rate: Option<f64>,
    /// `AudioFilename`.
    pub audio_file_name: Option<String>,
}

/// Why one map takes no part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapRefusal {
    /// A short stable name of the cause, for counting: `overlapping-objects`.
    pub cause: String,
    /// The cause in words, with line and time where known.
    pub message: String,
}
