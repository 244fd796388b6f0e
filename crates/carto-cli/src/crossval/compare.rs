use carto_agreement::Latents;
use carto_encoder::folded::FoldedEncoder;
use carto_encoder_train::TrainingSet;
use carto_evaluation::{LatentMatch, match_latents, stability};
use carto_types::crossval::{self, Comparison};

use super::fold::Judged;
use crate::judge::{MapLatents, classed, latents_of};

/// Every two parts: their latents matched over the same maps, then classes and
/// spectra held against each other.
///
/// - `maps`: those of all songs of two mappers, whichever part learnt from them:
///   what is compared here are two functions, not how well they do
pub(super) fn all(set: &TrainingSet, maps: &[usize], folds: &[Judged]) -> Vec<Comparison> {
    let latents: Vec<MapLatents> = folds
        .iter()
        .map(|fold| latents_of(set, maps, &FoldedEncoder::new(&fold.weights)))
        .collect();
    let mut comparisons = Vec::new();
    for b in 0..folds.len() {
        for a in 0..b {
            let matched = matched(maps, &latents[a], &latents[b]);
            let classes = [a, b].map(|idx| classed(&folds[idx].agreement));
            let Some(found) = stability(&matched, &classes[0], &classes[1]) else { continue };
            comparisons.push(Comparison {
                a,
                b,
                mean_abs_pearson: found.mean_abs_pearson,
                same_class: found.same_class,
                kappa: found.kappa,
                table: found.table,
                spectrum_max_diff: found.spectrum_max_diff,
                spectrum_mean_diff: found.spectrum_mean_diff,
                matches: matched.iter().map(row).collect(),
            });
        }
    }
    comparisons
}

fn matched(maps: &[usize], a: &MapLatents, b: &MapLatents) -> Vec<LatentMatch> {
    let of = |latents: &'_ MapLatents, idx: usize| latents.of(idx).map(|one| one.n_latents());
    let both: Vec<usize> = maps
        .iter()
        .copied()
        .filter(|&idx| of(a, idx).is_some() && of(a, idx) == of(b, idx))
        .collect();
    let all = |latents| {
        both.iter().filter_map(|&idx| MapLatents::of(latents, idx)).collect::<Vec<Latents<'_>>>()
    };
    match_latents(&all(a), &all(b))
}

fn row(found: &LatentMatch) -> crossval::LatentMatch {
    crossval::LatentMatch { a: found.a, b: found.b, pearson: found.pearson }
}
