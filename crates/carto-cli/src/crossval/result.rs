use carto_core::worth::LatentMatch;
use carto_models::train::TrainConfig;
use serde::{Deserialize, Serialize};

use super::fold::Fold;
use crate::judge::Spectrum;

/// What this layout is called.
pub(super) const FORMAT: &str = "carto-crossval/1";

/// `crossval_results.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct CrossValidation {
    pub(super) format: String,
    /// "folds", or "mappers": trained on songs of two, tested on those of more.
    pub(super) rule: String,
    pub(super) n_maps: usize,
    pub(super) n_frames: usize,
    /// Of all parts, but for seed and split.
    pub(super) config: TrainConfig,
    pub(super) folds: Vec<FoldRow>,
    /// Every two parts.
    pub(super) comparisons: Vec<Comparison>,
}

/// One part on its held-out songs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct FoldRow {
    pub(super) n_training_maps: usize,
    pub(super) n_held_out_maps: usize,
    pub(super) weights_sha256: String,
    /// Of all latents.
    pub(super) mean_r: f64,
    pub(super) agreement: Spectrum,
}

/// Two parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Comparison {
    /// Counted from 0.
    pub(super) a: usize,
    pub(super) b: usize,
    /// Of matched latents.
    pub(super) mean_abs_pearson: f64,
    /// Share of matched latents that keep their class.
    pub(super) same_class: f64,
    /// The same beyond chance.
    pub(super) kappa: Option<f64>,
    /// Matched latents by class in `a` and in `b`: perceptual, mixed, stylistic.
    pub(super) table: [[usize; 3]; 3],
    pub(super) spectrum_max_diff: f64,
    pub(super) spectrum_mean_diff: f64,
    pub(super) matches: Vec<MatchRow>,
}

/// One latent of `a` and its counterpart in `b`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct MatchRow {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) pearson: f64,
}

impl FoldRow {
    pub(super) fn of(fold: &Fold) -> Self {
        let means = &fold.agreement.pearson_mean;
        Self {
            n_training_maps: fold.split.training.len(),
            n_held_out_maps: fold.split.held_out.len(),
            weights_sha256: fold.weights.weights_sha256(),
            mean_r: means.iter().sum::<f64>() / means.len().max(1) as f64,
            agreement: fold.agreement.clone(),
        }
    }
}

impl MatchRow {
    pub(super) fn of(found: &LatentMatch) -> Self {
        Self { a: found.a, b: found.b, pearson: found.pearson }
    }
}
