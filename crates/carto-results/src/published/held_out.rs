//! Agreement on held-out songs.

use std::collections::BTreeMap;

use carto_types::{HeldOut, HeldOutDim};
use serde::Deserialize;

use super::by_number;
use super::tracks::{Ranked, ranking};
use crate::ResultError;

#[derive(Deserialize)]
struct HeldOutFile {
    description: String,
    checkpoint: String,
    test_songs: u32,
    pairs_compared: u32,
    full_cosine_mean: f64,
    full_cosine_std: f64,
    dim_summary: BTreeMap<String, Stats>,
    dim_ranking: Vec<Ranked>,
}

#[derive(Clone, Deserialize)]
struct Stats {
    pearson_mean: f64,
    pearson_std: f64,
    n_pairs: u32,
}

pub(super) fn held_out(text: &str) -> Result<HeldOut, ResultError> {
    let file: HeldOutFile = serde_json::from_str(text)?;
    let rows = by_number(&file.dim_summary, "dim_summary")?;
    let dims = (0..).zip(rows).map(|(dim, stats)| HeldOutDim {
        dim,
        pearson_mean: stats.pearson_mean,
        pearson_std: stats.pearson_std,
        n_pairs: stats.n_pairs,
    });
    let dims: Vec<_> = dims.collect();
    Ok(HeldOut {
        description: file.description,
        checkpoint: file.checkpoint,
        ranking: ranking(&file.dim_ranking, |dim| Some(dims.get(dim)?.pearson_mean))?,
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
    /// Track B.
    pub original: CvSide,
    /// Its counterpart.
    pub cv_test: CvSide,
}

/// One side of [`CvComparison`].
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CvSide {
    /// Mean over pairs of the full cosine.
    pub full_cosine_mean: f64,
    /// The first of the ranking.
    pub top_dim: u32,
    /// Its mean r.
    pub top_pearson: f64,
    /// Pairs of maps.
    pub pairs: u32,
    /// Songs.
    pub songs: u32,
}

pub(super) fn comparison(text: &str) -> Result<CvComparison, ResultError> {
    Ok(serde_json::from_str(text)?)
}
