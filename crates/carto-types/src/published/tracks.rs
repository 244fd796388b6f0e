//! The layouts of both tracks.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{AgreementClass, ChannelSummary, LatentSummary, TrackA, TrackB};

/// Rows of a JSON object, each under its name.
///
/// They are written in their order, and read in the order of their names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows<T>(pub Vec<(String, T)>);

impl<T> Rows<T> {
    /// The row of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, row)| row)
    }
}

impl<T: Serialize> Serialize for Rows<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, row)| (name, row)))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Rows<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(deserializer).map(|rows| Self(rows.into_iter().collect()))
    }
}

/// `track_a_results.json`.
#[derive(Debug, Serialize, Deserialize)]
pub struct TrackAResults {
    /// By name of the channel; empty without pairs.
    pub summary: Rows<ChannelRow>,
    /// Mean over pairs of the full cosine; null without pairs.
    pub cross_mapper_cosine_mean: Option<f64>,
    /// Population standard deviation of the full cosine; null without pairs.
    pub cross_mapper_cosine_std: Option<f64>,
    /// Songs with encoded maps of two mappers or more.
    pub songs_analyzed: u32,
    /// Pairs of maps.
    pub pairs_compared: u32,
}

/// One channel without its name, which the row stands under.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChannelRow(#[serde(with = "ChannelStats")] pub ChannelSummary);

#[derive(Serialize, Deserialize)]
#[serde(remote = "ChannelSummary")]
struct ChannelStats {
    #[serde(skip)]
    name: String,
    pearson_mean: f64,
    pearson_std: f64,
    mad_mean: f64,
    mad_std: f64,
    cosine_mean: f64,
    cosine_std: f64,
    n_pairs: u32,
}

impl TrackAResults {
    /// The layout of a run; `None` gives that of one without pairs, over that many
    /// songs.
    #[must_use]
    pub fn new(track_a: Option<&TrackA>, songs_analyzed: u32) -> Self {
        let channels = track_a.map_or(&[][..], |track_a| &track_a.channels);
        let row = |channel: &ChannelSummary| (channel.name.clone(), ChannelRow(channel.clone()));
        Self {
            summary: Rows(channels.iter().map(row).collect()),
            cross_mapper_cosine_mean: track_a.map(|track_a| track_a.cosine_mean),
            cross_mapper_cosine_std: track_a.map(|track_a| track_a.cosine_std),
            songs_analyzed,
            pairs_compared: track_a.map_or(0, |track_a| track_a.pairs_compared),
        }
    }
}

/// `track_b_results.json`.
#[derive(Debug, Serialize, Deserialize)]
pub struct TrackBResults {
    /// By number of the latent; empty without pairs.
    pub dim_summary: Rows<LatentRow>,
    /// By mean r, highest first.
    pub dim_ranking: Vec<RankedLatent>,
    /// Mean over pairs of the full cosine; null without pairs.
    pub full_cosine_mean: Option<f64>,
    /// Population standard deviation of the full cosine; null without pairs.
    pub full_cosine_std: Option<f64>,
    /// Songs with latents of two mappers or more.
    pub songs_analyzed: u32,
    /// Pairs of maps.
    pub pairs_compared: u32,
    /// How many latents each class has.
    pub taxonomy: Taxonomy,
}

/// One latent without number and class.
#[derive(Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LatentRow(#[serde(with = "LatentStats")] pub LatentSummary);

/// One latent behind its number.
#[derive(Debug, Serialize, Deserialize)]
pub struct RankedLatent {
    /// Number of the latent, from 0.
    pub dim: u32,
    /// The latent's row in [`TrackBResults::dim_summary`] once more.
    #[serde(flatten)]
    pub row: LatentRow,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "LatentSummary")]
struct LatentStats {
    #[serde(skip)]
    dim: u32,
    pearson_mean: f64,
    pearson_std: f64,
    cosine_mean: f64,
    cosine_std: f64,
    between_var_mean: f64,
    n_pairs: u32,
    #[serde(skip)]
    class: AgreementClass,
}

/// How many latents each class has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taxonomy {
    /// Latents with a mean r above 0.3.
    pub perceptual: usize,
    /// Latents between the bounds.
    pub mixed: usize,
    /// Latents with a mean r below 0.05.
    pub stylistic: usize,
}

impl TrackBResults {
    /// The layout of a run; `None` gives that of one without pairs.
    #[must_use]
    pub fn new(track_b: Option<&TrackB>) -> Self {
        let dims = track_b.map_or(&[][..], |track_b| &track_b.dims);
        let row = |latent: &LatentSummary| (latent.dim.to_string(), LatentRow(latent.clone()));
        let ranked = track_b.into_iter().flat_map(TrackB::ranked);
        let [perceptual, mixed, stylistic] = track_b.map_or([0; 3], TrackB::class_counts);
        Self {
            dim_summary: Rows(dims.iter().map(row).collect()),
            dim_ranking: ranked
                .map(|latent| RankedLatent { dim: latent.dim, row: LatentRow(latent.clone()) })
                .collect(),
            full_cosine_mean: track_b.map(|track_b| track_b.cosine_mean),
            full_cosine_std: track_b.map(|track_b| track_b.cosine_std),
            songs_analyzed: track_b.map_or(0, |track_b| track_b.songs_analyzed),
            pairs_compared: track_b.map_or(0, |track_b| track_b.pairs_compared),
            taxonomy: Taxonomy { perceptual, mixed, stylistic },
        }
    }
}
