//! The published JSON layouts, so that old scripts read our results.
//!
//! # Source
//!
//! The `json.dump` calls in osu-dreamer-cartography
//! `experiment/run_analysis.py` @ `7ec522b`: same keys, same order, an
//! indentation of two blanks, letters outside ASCII as they are.

mod latent;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::{ChannelSummary, TrackA};

pub use latent::{
    LatentManifestEntry, SynthesisResults, SynthesisSummary, TaxonomyRow, TrackBResults, category,
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
    /// As in the first archive.
    pub title: &'a str,
    /// As in the first archive.
    pub artist: &'a str,
    /// Title and artist in lower case.
    pub match_key: &'a str,
    /// Distinct creators.
    pub num_mappers: usize,
    /// Their names.
    pub mappers: &'a [String],
    /// Its archives.
    pub beatmapsets: Vec<IndexSet<'a>>,
}

/// One archive of a song.
#[derive(Debug, Serialize)]
pub struct IndexSet<'a> {
    /// Number in the archive's name, or a hash of the name.
    pub beatmapset_id: i64,
    /// Host.
    pub creator: &'a str,
    /// Archive.
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
    /// 0.
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

/// `track_a_results.json`.
#[derive(Debug, Serialize)]
pub struct TrackAResults<'a> {
    #[serde(serialize_with = "by_name")]
    summary: &'a [ChannelSummary],
    cross_mapper_cosine_mean: Option<f64>,
    cross_mapper_cosine_std: Option<f64>,
    songs_analyzed: u32,
    pairs_compared: u32,
}

impl<'a> TrackAResults<'a> {
    /// `None` gives the layout of a run without pairs, over that many songs.
    #[must_use]
    pub fn new(track_a: Option<&'a TrackA>, songs_analyzed: u32) -> Self {
        Self {
            summary: track_a.map_or(&[], |track_a| &track_a.channels),
            cross_mapper_cosine_mean: track_a.map(|track_a| track_a.cosine_mean),
            cross_mapper_cosine_std: track_a.map(|track_a| track_a.cosine_std),
            songs_analyzed,
            pairs_compared: track_a.map_or(0, |track_a| track_a.pairs_compared),
        }
    }
}

fn by_name<S: Serializer>(channels: &[ChannelSummary], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Stats {
        pearson_mean: f64,
        pearson_std: f64,
        mad_mean: f64,
        mad_std: f64,
        cosine_mean: f64,
        cosine_std: f64,
        n_pairs: u32,
    }
    let mut map = serializer.serialize_map(Some(channels.len()))?;
    for channel in channels {
        let stats = Stats {
            pearson_mean: channel.pearson_mean,
            pearson_std: channel.pearson_std,
            mad_mean: channel.mad_mean,
            mad_std: channel.mad_std,
            cosine_mean: channel.cosine_mean,
            cosine_std: channel.cosine_std,
            n_pairs: channel.n_pairs,
        };
        map.serialize_entry(&channel.name, &stats)?;
    }
    map.end()
}
