//! Agreement on held-out songs.

use carto_types::published::Rows;
use carto_types::{HeldOut, HeldOutDim};
use serde::Deserialize;

use super::rows::by_number;
use super::tracks::ranking;
use crate::ResultError;

#[derive(Deserialize)]
struct HeldOutFile {
    description: String,
    checkpoint: String,
    test_songs: u32,
    pairs_compared: u32,
    full_cosine_mean: f64,
    full_cosine_std: f64,
    dim_summary: Rows<Stats>,
    dim_ranking: Vec<Ranked>,
}

#[derive(Deserialize)]
struct Stats {
    pearson_mean: f64,
    pearson_std: f64,
    n_pairs: u32,
}

#[derive(Deserialize)]
struct Ranked {
    dim: u32,
    pearson_mean: f64,
}

/// `track_b_cv.json`.
pub(super) fn held_out(text: &str) -> Result<HeldOut, ResultError> {
    let file: HeldOutFile = serde_json::from_str(text)?;
    let dims = by_number(&file.dim_summary, |dim, row| HeldOutDim {
        dim,
        pearson_mean: row.pearson_mean,
        pearson_std: row.pearson_std,
        n_pairs: row.n_pairs,
    })?;
    let ranked = file.dim_ranking.iter().map(|latent| (latent.dim, latent.pearson_mean));
    Ok(HeldOut {
        description: file.description,
        checkpoint: file.checkpoint,
        ranking: ranking(ranked, |dim| Some(dims.get(dim)?.pearson_mean))?,
        dims,
        cosine_mean: file.full_cosine_mean,
        cosine_std: file.full_cosine_std,
        n_songs: file.test_songs,
        n_pairs: file.pairs_compared,
    })
}

/// `cv_comparison.json`: Track B and its held-out counterpart side by side.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CvComparison {
    /// The side of Track B.
    pub original: CvSide,
    /// The side of the held-out songs.
    pub cv_test: CvSide,
}

/// One side of [`CvComparison`].
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CvSide {
    /// Mean over pairs of the full cosine.
    pub full_cosine_mean: f64,
    /// Number of the latent with the highest mean r.
    pub top_dim: u32,
    /// The highest mean r.
    pub top_pearson: f64,
    /// Pairs of maps.
    pub pairs: u32,
    /// Songs.
    pub songs: u32,
}

pub(super) fn comparison(text: &str) -> Result<CvComparison, ResultError> {
    Ok(serde_json::from_str(text)?)
}
