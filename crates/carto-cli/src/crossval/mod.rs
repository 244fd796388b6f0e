//! `carto crossval`: the encoder trained again for each part of the songs, and what
//! stays the same.

mod compare;
mod fold;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, bail};
use carto_encoder_train::{Split, SplitRule, TrainConfig, TrainingSet};
use carto_types::Mode;
use carto_types::crossval::{self, CrossValidation};

use crate::{args, files, train, training_set};
use fold::{EvaluatedFold, FoldJob};

/// Trains and evaluates every fold; folds that are done already are taken as they are.
pub(crate) fn run(args: &args::CrossVal) -> Result<()> {
    let config = train::read_config(&args.config)?;
    let set = Arc::new(training_set::read(&args.data, Mode::Published)?);
    let device = train::device(args.device)?;
    training_set::make_folder(&args.out)?;
    let deadline = train::deadline(args.minutes);
    let rules = rules(args);
    let mut folds = Vec::new();
    for (idx, rule) in rules.iter().enumerate() {
        print_line!("part {} of {}", idx + 1, rules.len());
        let job = FoldJob {
            set: Arc::clone(&set),
            split: split(&set, rule, config.seed, idx)?,
            config: config_of(&config, rule, idx),
            dir: args.out.join(format!("part-{}", idx + 1)),
            device: device.clone(),
            deadline,
        };
        match job.run()? {
            Some(fold) => folds.push(fold),
            None => {
                print_line!("stopped in part {}: the same command goes on from here", idx + 1);
                return Ok(());
            }
        }
    }
    write(args, &config, &set, &folds)
}

fn rules(args: &args::CrossVal) -> Vec<SplitRule> {
    if args.published_split {
        return vec![SplitRule::Mappers];
    }
    let n_folds = args.folds;
    (0..n_folds).map(|fold| SplitRule::Fold { n_folds, fold }).collect()
}

/// The songs are split by the seed of the run, so that every song is held out once.
///
/// # Errors
///
/// Names a part that has no song of two mappers to be evaluated on.
fn split(set: &TrainingSet, rule: &SplitRule, seed: u64, idx: usize) -> Result<Split> {
    let split = Split::new(set, rule, seed);
    if crate::evaluate::shared_songs(set, &split.held_out).is_empty() {
        bail!(
            "part {} holds out no song of two mappers, so nothing can be compared: \
             take fewer parts or more maps",
            idx + 1
        );
    }
    Ok(split)
}

/// Every part begins with weights of its own: latents that had the same number by
/// birth would look more stable than they are.
fn config_of(config: &TrainConfig, rule: &SplitRule, idx: usize) -> TrainConfig {
    TrainConfig { seed: config.seed + 1 + idx as u64, split: rule.clone(), ..config.clone() }
}

fn write(
    args: &args::CrossVal,
    config: &TrainConfig,
    set: &TrainingSet,
    folds: &[EvaluatedFold],
) -> Result<()> {
    let maps: Vec<usize> =
        crate::evaluate::shared_songs(set, &(0..set.maps.len()).collect::<Vec<_>>()).concat();
    let result = CrossValidation {
        format: crossval::FORMAT.to_owned(),
        rule: if args.published_split { "mappers" } else { "folds" }.to_owned(),
        n_maps: set.maps.len(),
        n_frames: set.n_frames(),
        config: config.clone(),
        folds: folds.iter().map(EvaluatedFold::row).collect(),
        comparisons: compare::all(set, &maps, folds),
    };
    let path = args.out.join("crossval_results.json");
    let text = serde_json::to_string_pretty(&result)? + "\n";
    files::write_atomic(&path, text.as_bytes())?;
    tell(&result, &path);
    Ok(())
}

fn tell(result: &CrossValidation<TrainConfig>, path: &Path) {
    for (idx, fold) in result.folds.iter().enumerate() {
        let agreement = &fold.agreement;
        let top = agreement.at_rank(0).unwrap_or_default();
        print_line!(
            "part {}: {} pairs of {} songs, mean r {:.3}, highest {top:.3}, mean cosine {:.3}",
            idx + 1,
            agreement.n_pairs,
            agreement.n_songs,
            fold.mean_r,
            agreement.full_cosine_mean,
        );
    }
    for found in &result.comparisons {
        let kappa = found.kappa.map_or("–".to_owned(), |kappa| format!("{kappa:.2}"));
        print_line!(
            "parts {} and {}: matched latents correlate at {:.3}, {:.0} % keep their class (kappa {kappa})",
            found.a + 1,
            found.b + 1,
            found.mean_abs_pearson,
            100.0 * found.same_class,
        );
    }
    print_line!("{}", path.display());
}
