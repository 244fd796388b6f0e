//! `crossval_results.json`: an encoder that was trained again for each part of the
//! songs.

use serde::{Deserialize, Serialize};

use crate::AgreementClass;

/// What this layout is called.
pub const FORMAT: &str = "carto-crossval/1";

/// The whole file.
///
/// `C` is the configuration of the training, which readers that do not train take
/// as [`serde::de::IgnoredAny`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CrossValidation<C> {
    /// [`FORMAT`].
    pub format: String,
    /// "folds", or "mappers": trained on songs of two, tested on those of more.
    pub rule: String,
    /// Maps of all parts together.
    pub n_maps: usize,
    /// Frames of those maps.
    pub n_frames: usize,
    /// How every part was trained, but for seed and split.
    pub config: C,
    /// The parts.
    pub folds: Vec<Fold>,
    /// Every two parts.
    pub comparisons: Vec<Comparison>,
}

/// One fold, evaluated on its held-out songs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fold {
    /// Maps that it learnt from.
    pub n_training_maps: usize,
    /// Maps of the songs that it did not see.
    pub n_held_out_maps: usize,
    /// sha256 of its weights.
    pub weights_sha256: String,
    /// Mean of the mean r of all latents.
    pub mean_r: f64,
    /// By latent.
    pub agreement: Spectrum,
}

/// Agreement between mappers, dimension by dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Spectrum {
    /// Songs of two mappers or more.
    pub n_songs: usize,
    /// Pairs of maps.
    pub n_pairs: usize,
    /// Mean Pearson r over pairs, by number of the dimension.
    pub pearson_mean: Vec<f64>,
    /// Population standard deviation over pairs.
    pub pearson_std: Vec<f64>,
    /// "perceptual", "mixed" or "stylistic".
    pub class: Vec<String>,
    /// Numbers of the dimensions by mean r, highest first.
    pub ranking: Vec<usize>,
    /// Mean over pairs of the cosine over all dimensions.
    pub full_cosine_mean: f64,
    /// Population standard deviation over pairs of the cosine over all dimensions.
    pub full_cosine_std: f64,
}

impl Spectrum {
    /// The mean r at a place of the ranking, 0 being the highest.
    #[must_use]
    pub fn at_rank(&self, rank: usize) -> Option<f64> {
        self.pearson_mean.get(*self.ranking.get(rank)?).copied()
    }

    /// How many dimensions have a class.
    #[must_use]
    pub fn n_of(&self, class: AgreementClass) -> usize {
        self.class.iter().filter(|name| *name == class.name()).count()
    }
}

/// Two parts, their latents matched one to one over the same maps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// Place of the one part, from 0.
    pub a: usize,
    /// Place of the other.
    pub b: usize,
    /// Mean `|r|` of matched latents.
    pub mean_abs_pearson: f64,
    /// Share of matched latents that keep their class.
    pub same_class: f64,
    /// Cohen's kappa: the same beyond chance.
    pub kappa: Option<f64>,
    /// Matched latents by class in `a` and in `b`: perceptual, mixed, stylistic.
    pub table: [[usize; 3]; 3],
    /// Largest difference of the two spectra, rank by rank.
    pub spectrum_max_diff: f64,
    /// Mean absolute difference of the two spectra.
    pub spectrum_mean_diff: f64,
    /// The latents.
    pub matches: Vec<LatentMatch>,
}

/// One latent of `a` and its counterpart in `b`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LatentMatch {
    /// Number of the latent in the one part.
    pub a: usize,
    /// Number of its counterpart in the other part.
    pub b: usize,
    /// Pearson's r; its sign means nothing.
    pub pearson: f64,
}
