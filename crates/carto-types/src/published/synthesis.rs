//! The layout of the synthesis.

use serde::{Deserialize, Serialize};

use crate::{LatentSummary, SignalChannel, Synthesis, TrackA, TrackB, strongest_channels};

/// Channels that the taxonomy names for each latent.
const N_TOP_CHANNELS: usize = 3;

/// `synthesis_results.json`.
#[derive(Debug, Serialize, Deserialize)]
pub struct SynthesisResults {
    /// `[n_latent][9]`: Pearson's r, channels averaged over the frames of a column.
    pub correlation_matrix: Vec<[f64; SignalChannel::COUNT]>,
    /// `ONSET` to `Y`.
    pub dim_names_9: Vec<String>,
    /// Latents.
    pub n_latent: usize,
    /// Maps behind the matrix.
    pub n_beatmaps_used: u32,
    /// By mean r of the latent, highest first; a reader needs the matrix alone.
    #[serde(default)]
    pub taxonomy: Vec<TaxonomyRow>,
    /// The two tracks side by side; a reader needs the matrix alone.
    #[serde(default)]
    pub summary: SynthesisSummary,
}

/// One latent, in words.
#[derive(Debug, Serialize, Deserialize)]
pub struct TaxonomyRow {
    /// Number of the latent, from 0.
    pub dim: u32,
    /// `PERCEPTUAL`, `MIXED` or `STYLISTIC`.
    pub category: String,
    /// Mean r between mappers.
    pub cross_mapper_pearson: f64,
    /// The three channels with the greatest `|r|`, and their r.
    pub top_9dim_correlations: Vec<(String, f64)>,
    /// The channel with the greatest `|r|`.
    pub strongest_9dim: String,
    /// The r of that channel.
    pub strongest_9dim_corr: f64,
}

/// The two tracks side by side; a cosine is null without pairs.
#[derive(Debug, Default, Serialize, Deserialize)]
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

impl SynthesisResults {
    /// The layout of a run.
    ///
    /// - `track_a_songs`: songs with encoded maps of two mappers or more
    #[must_use]
    pub fn new(
        synthesis: &Synthesis,
        track_a: Option<&TrackA>,
        track_b: Option<&TrackB>,
        track_a_songs: u32,
    ) -> Self {
        let rows = synthesis.downsampled.rows();
        let ranked = track_b.into_iter().flat_map(TrackB::ranked);
        let taxonomy = ranked.filter_map(|latent| Some((latent, rows.get(latent.dim as usize)?)));
        Self {
            correlation_matrix: rows.to_vec(),
            dim_names_9: SignalChannel::ALL.map(|channel| channel.name().to_owned()).to_vec(),
            n_latent: synthesis.n_latent_dims as usize,
            n_beatmaps_used: synthesis.n_maps,
            taxonomy: taxonomy.map(|(latent, row)| TaxonomyRow::new(latent, row)).collect(),
            summary: SynthesisSummary {
                track_a_songs,
                track_a_pairs: track_a.map_or(0, |track_a| track_a.pairs_compared),
                track_b_songs: track_b.map_or(0, |track_b| track_b.songs_analyzed),
                track_b_pairs: track_b.map_or(0, |track_b| track_b.pairs_compared),
                track_a_cosine: track_a.map(|track_a| track_a.cosine_mean),
                track_b_cosine: track_b.map(|track_b| track_b.cosine_mean),
            },
        }
    }
}

impl TaxonomyRow {
    fn new(latent: &LatentSummary, row: &[f64; SignalChannel::COUNT]) -> Self {
        let strongest = strongest_channels(row)
            .map(|channel| (channel.name().to_owned(), row[channel as usize]));
        let (strongest_9dim, strongest_9dim_corr) = strongest[0].clone();
        Self {
            dim: latent.dim,
            category: latent.class.name().to_uppercase(),
            cross_mapper_pearson: latent.pearson_mean,
            top_9dim_correlations: strongest[..N_TOP_CHANNELS].to_vec(),
            strongest_9dim,
            strongest_9dim_corr,
        }
    }
}
