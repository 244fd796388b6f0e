//! Classifiers of a person's own labels.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use carto_classifier::train::{ClassifierConfig, Trained, Training};
use carto_classifier::{ClassifierError, LabelledTable};
use carto_types::{FoldScore, LabelledMap, TrainedModel};

use crate::{models, rows};

/// Maps that training needs at least: of fewer, no part can be held out.
const MIN_MAPS: usize = 12;

/// Told the steps done, the steps in all, and what is being done.
pub(crate) type OnStep<'a> = &'a mut dyn FnMut(u32, u32, String);

/// Trains a classifier on labelled maps, and scores it on songs that it was not trained on.
///
/// - `seed`: of everything that is drawn; the same maps and seed give the same file
///
/// # Errors
///
/// Words for the page that say what to do.
pub(crate) fn train(
    maps: &[LabelledMap],
    seed: u64,
    on_step: OnStep<'_>,
) -> Result<TrainedModel, String> {
    let config = ClassifierConfig { seed, ..ClassifierConfig::small() };
    check(maps, &config)?;
    let set = rows::labelled(maps)?;
    let trained = run(&config, &set, on_step).map_err(|error| in_words(&error))?;
    let bytes = trained.classifier.to_bytes().map_err(|error| in_words(&error))?;
    Ok(TrainedModel {
        bytes,
        facts: models::facts(&trained.classifier),
        folds: fold_scores(&trained),
        majority: majority(&set),
    })
}

fn run(
    config: &ClassifierConfig,
    set: &LabelledTable,
    on_step: OnStep<'_>,
) -> Result<Trained, ClassifierError> {
    let training = Training::new(config.clone(), set)?;
    let (n_jobs, n_epochs) = (training.n_jobs(), config.n_epochs);
    let n_total = (n_jobs * n_epochs) as u32;
    let mut results = Vec::new();
    for idx in 0..n_jobs {
        let mut tell = |n_done: usize| on_step(n_done as u32, n_total, stage(config, idx));
        tell(idx * n_epochs);
        let result = training.run(idx, &mut |epoch| {
            tell(idx * n_epochs + epoch.epoch + 1);
            ControlFlow::Continue(())
        })?;
        results.push(result);
    }
    on_step(n_total, n_total, "assembling the classifier".to_owned());
    training.finish(&results)
}

/// What a job is for. Those of the cross-validation come first.
fn stage(config: &ClassifierConfig, job_idx: usize) -> String {
    let n_checks = config.n_folds * config.n_fold_perceptrons;
    match job_idx.checked_sub(n_checks) {
        None => format!("cross-validating, {} of {n_checks}", job_idx + 1),
        Some(idx) => format!("training on all maps, {} of {}", idx + 1, config.n_perceptrons),
    }
}

/// - `config`: whose folds each need a song
fn check(maps: &[LabelledMap], config: &ClassifierConfig) -> Result<(), String> {
    let labels: BTreeSet<&String> = maps.iter().filter_map(|map| map.labels.first()).collect();
    let songs: BTreeSet<String> = maps.iter().enumerate().map(rows::song).collect();
    let (n_maps, n_songs) = (maps.len(), songs.len());
    if labels.len() < 2 {
        let only = labels.first().map_or_else(String::new, |label| format!(", {label:?}"));
        let n = labels.len();
        return Err(format!(
            "the maps have {n} different labels{only}: at least two are needed, so label some maps otherwise"
        ));
    }
    if n_maps < MIN_MAPS {
        return Err(format!(
            "{n_maps} labelled maps are too few to train on: at least {MIN_MAPS} are needed, and \
             some dozens of each label make a useful classifier"
        ));
    }
    if n_songs < config.n_folds {
        return Err(format!(
            "the labelled maps are of {n_songs} songs: at least {} are needed, since the \
             classifier is tested on songs that it is not trained on",
            config.n_folds
        ));
    }
    Ok(())
}

fn in_words(error: &ClassifierError) -> String {
    match error {
        ClassifierError::Diverged { .. } => {
            format!("{error}; another seed may help")
        }
        error => error.to_string(),
    }
}

/// How the cross-validation went, over all of its parts together: a training does
/// not tell them apart.
fn fold_scores(trained: &Trained) -> Vec<FoldScore> {
    let score = |found: &carto_classifier::Evaluation| {
        let right = (0..found.confusion.len()).map(|label| found.confusion[label][label]);
        FoldScore { n_maps: found.n_maps as u32, n_right: right.sum::<usize>() as u32 }
    };
    trained.cross_validated.iter().map(score).collect()
}

/// Share of the commonest first label.
fn majority(set: &LabelledTable) -> f64 {
    let most = set.counts().into_iter().max().unwrap_or(0);
    most as f64 / set.n_rows().max(1) as f64
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::OnceLock;

    use carto_features::COLUMNS;

    use super::*;

    /// Streams and jumps, told apart by their density alone, the same tempos in both; two
    /// maps a song.
    pub(crate) fn maps(n_maps: usize) -> Vec<LabelledMap> {
        let column = |name| COLUMNS.iter().position(|column| column.name == name).unwrap_or(0);
        let (density, bpm) = (column("stream_density"), column("bpm"));
        let map = |idx: usize| {
            let is_stream = (idx / 2).is_multiple_of(2);
            let mut row = vec![Some(0.0); COLUMNS.len()];
            let spread = (idx * 37 % 11) as f64 / 50.0;
            row[density] = Some(if is_stream { 0.7 + spread } else { 0.05 + spread });
            row[bpm] = Some(150.0 + (idx / 4 * 17 % 40) as f64);
            let label = if is_stream { "stream" } else { "jump" };
            let title = format!("Song {}", idx / 2);
            LabelledMap { row, labels: vec![label.to_owned()], title, artist: "A".to_owned() }
        };
        (0..n_maps).map(map).collect()
    }

    /// Of 120 maps.
    pub(crate) fn trained() -> &'static TrainedModel {
        static TRAINED: OnceLock<TrainedModel> = OnceLock::new();
        TRAINED.get_or_init(|| match train(&maps(120), 3, &mut |_, _, _| {}) {
            Ok(trained) => trained,
            Err(error) => unreachable!("{error}"),
        })
    }

    #[test]
    fn labels_that_can_be_told_apart_are_learnt() {
        let TrainedModel { facts, folds, majority, .. } = trained();
        assert_eq!((facts.n_maps, facts.n_songs), (120, 60));
        assert!((majority - 0.5).abs() < 1e-12, "{majority}");
        let n_maps: u32 = folds.iter().map(|fold| fold.n_maps).sum();
        let n_right: u32 = folds.iter().map(|fold| fold.n_right).sum();
        assert!(n_maps == 120 && n_right > 110, "{n_right} of {n_maps}");
        let share = f64::from(n_right) / f64::from(n_maps);
        assert!((facts.cross_validated_top_1.unwrap_or(0.0) - share).abs() < 1e-3);
    }

    #[test]
    fn steps_are_told_in_order_and_a_seed_gives_one_file() {
        let mut steps = Vec::new();
        let again = train(&maps(24), 3, &mut |done, total, stage| steps.push((done, total, stage)));
        assert!(steps.is_sorted_by(|a, b| a.0 <= b.0 && a.1 == b.1));
        assert!(steps[0].2.starts_with("cross-validating, 1 of "), "{steps:?}");
        assert_eq!(steps.last().map(|step| step.0), steps.first().map(|step| step.1));
        assert_eq!(again, train(&maps(24), 3, &mut |_, _, _| {}));
        assert_ne!(again, train(&maps(24), 4, &mut |_, _, _| {}));
    }

    #[test]
    fn what_is_too_little_is_told() {
        let said =
            |maps: &[LabelledMap]| train(maps, 1, &mut |_, _, _| {}).err().unwrap_or_default();
        let streams: Vec<_> =
            maps(60).into_iter().filter(|map| map.labels[0] == "stream").collect();
        assert!(
            said(&streams)
                .starts_with("the maps have 1 different labels, \"stream\": at least two")
        );
        assert!(said(&[]).starts_with("the maps have 0 different labels: at least two"));
        assert!(said(&maps(11)).starts_with("11 labelled maps are too few"));
        let mut of_three = maps(30);
        for (idx, map) in of_three.iter_mut().enumerate() {
            map.title = format!("Song {}", idx % 3);
        }
        assert!(said(&of_three).starts_with("the labelled maps are of 3 songs: at least 4 are"));
    }
}
