//! The layouts of the encoder's half of a run.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::ManifestEntry;
use crate::{LatentClass, LatentSummary, TrackB};

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

/// `track_b_results.json`.
#[derive(Debug, Serialize)]
pub struct TrackBResults<'a> {
    #[serde(serialize_with = "by_number")]
    dim_summary: &'a [LatentSummary],
    dim_ranking: Vec<RankedStats>,
    full_cosine_mean: Option<f64>,
    full_cosine_std: Option<f64>,
    songs_analyzed: u32,
    pairs_compared: u32,
    taxonomy: Taxonomy,
}

impl<'a> TrackBResults<'a> {
    /// `None` gives the layout of a run without pairs.
    #[must_use]
    pub fn new(track_b: Option<&'a TrackB>) -> Self {
        let dims: &[LatentSummary] = track_b.map_or(&[], |track_b| &track_b.dims);
        let ranking: &[u32] = track_b.map_or(&[], |track_b| &track_b.ranking);
        let ranked = ranking.iter().filter_map(|&dim| dims.get(dim as usize));
        let n_of = |class| dims.iter().filter(|latent| latent.class == class).count();
        Self {
            dim_summary: dims,
            dim_ranking: ranked
                .map(|latent| RankedStats { dim: latent.dim, stats: Stats::of(latent) })
                .collect(),
            full_cosine_mean: track_b.map(|track_b| track_b.cosine_mean),
            full_cosine_std: track_b.map(|track_b| track_b.cosine_std),
            songs_analyzed: track_b.map_or(0, |track_b| track_b.songs_analyzed),
            pairs_compared: track_b.map_or(0, |track_b| track_b.pairs_compared),
            taxonomy: Taxonomy {
                perceptual: n_of(LatentClass::Perceptual),
                mixed: n_of(LatentClass::Mixed),
                stylistic: n_of(LatentClass::Stylistic),
            },
        }
    }
}

#[derive(Debug, Serialize)]
struct RankedStats {
    dim: u32,
    #[serde(flatten)]
    stats: Stats,
}

#[derive(Debug, Serialize)]
struct Stats {
    pearson_mean: f64,
    pearson_std: f64,
    cosine_mean: f64,
    cosine_std: f64,
    between_var_mean: f64,
    n_pairs: u32,
}

impl Stats {
    fn of(latent: &LatentSummary) -> Self {
        Self {
            pearson_mean: latent.pearson_mean,
            pearson_std: latent.pearson_std,
            cosine_mean: latent.cosine_mean,
            cosine_std: latent.cosine_std,
            between_var_mean: latent.between_var_mean,
            n_pairs: latent.n_pairs,
        }
    }
}

#[derive(Debug, Serialize)]
struct Taxonomy {
    perceptual: usize,
    mixed: usize,
    stylistic: usize,
}

fn by_number<S: Serializer>(dims: &[LatentSummary], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(dims.len()))?;
    for latent in dims {
        map.serialize_entry(&latent.dim.to_string(), &Stats::of(latent))?;
    }
    map.end()
}

/// `synthesis_results.json`.
#[derive(Debug, Serialize)]
pub struct SynthesisResults<'a> {
    /// `[n_latent][9]`: Pearson's r, channels averaged down.
    pub correlation_matrix: Vec<&'a [f64]>,
    /// `ONSET` to `Y`.
    pub dim_names_9: Vec<&'static str>,
    /// Latents.
    pub n_latent: u32,
    /// Maps behind the matrix.
    pub n_beatmaps_used: u32,
    /// By mean r of the latent, highest first.
    pub taxonomy: Vec<TaxonomyRow>,
    /// The two tracks side by side.
    pub summary: SynthesisSummary,
}

/// One latent, in words.
#[derive(Debug, Serialize)]
pub struct TaxonomyRow {
    /// Its number.
    pub dim: u32,
    /// [`category`] of its class.
    pub category: &'static str,
    /// Mean r between mappers.
    pub cross_mapper_pearson: f64,
    /// The three channels with the greatest `|r|`, and their r.
    pub top_9dim_correlations: Vec<(&'static str, f64)>,
    /// The first of them.
    pub strongest_9dim: &'static str,
    /// Its r.
    pub strongest_9dim_corr: f64,
}

/// The two tracks side by side; a cosine is null without pairs.
#[derive(Debug, Serialize)]
pub struct SynthesisSummary {
    /// Songs of Track A.
    pub track_a_songs: u32,
    /// Pairs of Track A.
    pub track_a_pairs: u32,
    /// Songs of Track B.
    pub track_b_songs: u32,
    /// Pairs of Track B.
    pub track_b_pairs: u32,
    /// Mean full cosine of Track A.
    pub track_a_cosine: Option<f64>,
    /// Mean full cosine of Track B.
    pub track_b_cosine: Option<f64>,
}

/// The word of a class in `synthesis_results.json`.
#[must_use]
pub fn category(class: LatentClass) -> &'static str {
    match class {
        LatentClass::Perceptual => "PERCEPTUAL",
        LatentClass::Mixed => "MIXED",
        LatentClass::Stylistic => "STYLISTIC",
    }
}
