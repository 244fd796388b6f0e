use carto_agreement::Latents;
use carto_encoder::folded::FoldedEncoder;
use carto_encoder_train::TrainingSet;
use carto_evaluation::{compare_runs, match_latents};
use carto_types::crossval::{Comparison, LatentMatch};

use super::fold::EvaluatedFold;
use crate::evaluate::{SetSeries, classed, latents_of};

/// Compares every two parts: their latents matched over the same maps, then classes and
/// spectra.
///
/// - `maps`: those of all songs of two mappers, whichever part learnt from them:
///   what is compared here are two functions, not how well they do
pub(super) fn all(set: &TrainingSet, maps: &[usize], folds: &[EvaluatedFold]) -> Vec<Comparison> {
    let latents: Vec<SetSeries> = folds
        .iter()
        .map(|fold| latents_of(set, maps, &FoldedEncoder::new(&fold.weights)))
        .collect();
    let mut comparisons = Vec::new();
    for b in 0..folds.len() {
        for a in 0..b {
            let matched = matched(maps, &latents[a], &latents[b]);
            let classes = [a, b].map(|idx| classed(&folds[idx].agreement));
            comparisons.extend(compare_runs((a, b), matched, &classes[0], &classes[1]));
        }
    }
    comparisons
}

/// The latents of two parts, matched over the maps that both have latents of.
fn matched(maps: &[usize], a: &SetSeries, b: &SetSeries) -> Vec<LatentMatch> {
    let of = |latents: &'_ SetSeries, idx: usize| latents.of(idx).map(|one| one.n_latents());
    let both: Vec<usize> = maps
        .iter()
        .copied()
        .filter(|&idx| of(a, idx).is_some() && of(a, idx) == of(b, idx))
        .collect();
    let all = |latents| {
        both.iter().filter_map(|&idx| SetSeries::of(latents, idx)).collect::<Vec<Latents<'_>>>()
    };
    match_latents(&all(a), &all(b))
}
