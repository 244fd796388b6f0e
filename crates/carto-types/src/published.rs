//! The published JSON layouts, so that old scripts read our results, and results of
//! old scripts are read here: what is read is read by the type that writes it.
//!
//! # Source
//!
//! The `json.dump` calls in osu-dreamer-cartography
//! `experiment/run_analysis.py` @ `7ec522b`: same keys, same order, an
//! indentation of two blanks, letters outside ASCII as they are.

mod synthesis;
mod tracks;

use serde::Serialize;

pub use synthesis::{SynthesisResults, SynthesisSummary, TaxonomyRow};
pub use tracks::{
    ChannelRow, LatentRow, RankedLatent, Rows, Taxonomy, TrackAResults, TrackBResults,
};

/// A value in the published layout, ending without a line break as there.
///
/// # Errors
///
/// None for the types of this module: their keys are strings.
pub fn to_json<T: Serialize>(value: &T) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(value)
}

/// One song of `multi_mapper_index.json`.
#[derive(Debug, Serialize)]
pub struct IndexEntry<'a> {
    /// Title, as in the song's first archive.
    pub title: &'a str,
    /// Artist, as in the song's first archive.
    pub artist: &'a str,
    /// Title and artist in lower case.
    pub match_key: &'a str,
    /// Distinct creators.
    pub num_mappers: usize,
    /// Names of the creators.
    pub mappers: &'a [String],
    /// Archives of the song.
    pub beatmapsets: Vec<IndexSet<'a>>,
}

/// One archive of a song.
#[derive(Debug, Serialize)]
pub struct IndexSet<'a> {
    /// Number in the archive's name, or a hash of the name.
    pub beatmapset_id: i64,
    /// Host of the set.
    pub creator: &'a str,
    /// Name of the archive.
    pub filename: &'a str,
}

/// One row of `beatmap_registry.json`.
#[derive(Debug, Serialize)]
pub struct RegistryEntry<'a> {
    /// Where extraction puts the map.
    pub osu_path: String,
    /// Number of the set, 0 where its name has none.
    pub beatmapset_id: i64,
    /// `Title`.
    pub title: Option<&'a str>,
    /// `Artist`.
    pub artist: Option<&'a str>,
    /// `Creator`.
    pub creator: Option<&'a str>,
    /// `Version`.
    pub version: Option<&'a str>,
    /// `BeatmapID`, as text.
    pub beatmap_id: Option<&'a str>,
    /// Always 0: osu!standard.
    pub mode: u8,
    /// `CircleSize`.
    pub cs: Option<f64>,
    /// `ApproachRate`.
    pub ar: Option<f64>,
    /// `OverallDifficulty`.
    pub od: Option<f64>,
    /// `HPDrainRate`.
    pub hp: Option<f64>,
    /// Where extraction puts the audio; null where there is none.
    pub audio_path: Option<String>,
    /// Place in the index.
    pub song_group_idx: u32,
    /// Mappers of the song.
    pub num_mappers_in_group: usize,
    /// Whether it stands for its creator.
    pub is_representative: bool,
    /// Its mappers; not in the published layout, and not written under its rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mappers: Option<&'a [String]>,
    /// From what they are known; not in the published layout.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<&'static str>,
    /// Stars without mods; not in the published layout.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub star_rating: Option<f64>,
}

/// One row of `encoding_manifest.json`.
#[derive(Debug, Serialize)]
pub struct ManifestEntry<'a> {
    /// Name of the encoding.
    pub filename: &'a str,
    /// Where extraction puts the map.
    pub osu_path: String,
    /// Number of the set, 0 where its name has none.
    pub beatmapset_id: i64,
    /// `Creator`.
    pub creator: Option<&'a str>,
    /// `Version`.
    pub version: Option<&'a str>,
    /// `Title`.
    pub title: Option<&'a str>,
    /// `Artist`.
    pub artist: Option<&'a str>,
    /// Place in the index.
    pub song_group_idx: u32,
    /// `OverallDifficulty`.
    pub od: Option<f64>,
    /// `ApproachRate`.
    pub ar: Option<f64>,
    /// `CircleSize`.
    pub cs: Option<f64>,
    /// `[9, L]`.
    pub shape: [u32; 2],
    /// `L` of the song.
    #[serde(rename = "target_L")]
    pub target_frames: u32,
}

/// One row of `latent_manifest.json`.
#[derive(Debug, Serialize)]
pub struct LatentManifestEntry<'a> {
    /// The row of `encoding_manifest.json`.
    #[serde(flatten)]
    pub entry: ManifestEntry<'a>,
    /// `[n_latent_dims, n_latents]`.
    pub latent_shape: [u32; 2],
    /// Frames before padding.
    #[serde(rename = "orig_L")]
    pub n_frames: u32,
    /// Columns.
    #[serde(rename = "latent_l")]
    pub n_latents: u32,
}
