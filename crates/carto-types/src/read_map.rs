use serde::{Deserialize, Serialize};

/// One map of a file, with the features that a classifier sees of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadMap {
    /// The file's name below what was dropped, archive first, as the command names it.
    pub path: String,
    /// What the map says of itself; `None` where it cannot be read.
    pub facts: Option<MapTexts>,
    /// MD5 sums by which collections name it, as hex: of its bytes, and of its bytes with
    /// Windows' line ends where they differ.
    pub md5: Vec<String>,
    /// `[n_mods][n_columns]`: for each way in which it was asked to be played, in the
    /// page that of [`crate::Mods::ALL`]; empty where it cannot be read.
    pub numbers: Vec<Vec<Option<f64>>>,
}

/// Whose map of which song; texts are empty where the file has none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MapTexts {
    /// `BeatmapID`, in [`ReadMap::facts`] else the file's name where that is a number;
    /// files have it from format 10 on, and only of maps that were uploaded.
    pub id: Option<u64>,
    /// `Title`, romanised.
    pub title: String,
    /// `Artist`, romanised.
    pub artist: String,
    /// `Creator`, the host of the set.
    pub creator: String,
    /// `Version`: the difficulty's name.
    pub version: String,
}
