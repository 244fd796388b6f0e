//! `carto train classifier`: a classifier, its card and its diagram.

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::{Context, Result};
use carto_classifier::train::{ClassifierConfig, Trained, Training};
use carto_classifier::{LabelledTable, Parts};
use rayon::prelude::*;

use super::{TrainClassifier, card_files, describe, evaluate, set};
use crate::terminal;

/// Trains a classifier, evaluates it on songs that it was not trained on, and writes it
/// with its card.
///
/// # Errors
///
/// Labelled maps that cannot be read or learnt from, a file that cannot be written.
pub(crate) fn train(args: &TrainClassifier) -> Result<()> {
    let mut config = config(args)?;
    let labels = args.labels.as_deref();
    let set::Set { maps, parts } = match &args.held_out {
        None => set::read_split(&args.dataset, labels, &config)?,
        Some(held_out) => {
            // The song of every map is on its side already.
            config.held_out_share = 0.0;
            set::read_both(&args.dataset, held_out, labels)?
        }
    };
    tell(&maps, &parts);
    let held_out = maps.subset(&parts.held_out);
    let set = if args.held_out.is_some() { maps.subset(&parts.training) } else { maps };
    let trained = train_all("perceptrons", &config, &set)?;
    let bytes = trained.classifier.to_bytes()?;
    let has_baseline = held_out.n_rows() > 0 && !args.no_baseline;
    let baseline = if has_baseline { Some(train_baseline(&config, &set)?) } else { None };
    let card = evaluate::card(&config, &set, &held_out, &trained, &bytes, baseline)?;
    card_files::write(&args.out, &bytes, &card)?;
    print_line!("{}", describe::summary(&card));
    Ok(())
}

/// Trains the published perceptron's family, as it is: without a calibration.
fn train_baseline(
    config: &ClassifierConfig,
    set: &LabelledTable,
) -> Result<(ClassifierConfig, Trained)> {
    let &ClassifierConfig { seed, held_out_share, .. } = config;
    let family = ClassifierConfig::published_family();
    let family = ClassifierConfig { seed, held_out_share, n_folds: 0, ..family };
    let trained = train_all("baseline", &family, set)?;
    Ok((family, trained))
}

/// Trains on what the configuration does not hold out, with all cores: jobs side by side.
fn train_all(
    stage: &'static str,
    config: &ClassifierConfig,
    set: &LabelledTable,
) -> Result<Trained> {
    let training = Training::new(config.clone(), set)?;
    let bar = terminal::progress_bar(stage, training.n_jobs() * config.n_epochs);
    let run = |idx: usize| {
        let mut n_done = 0;
        let result = training.run(idx, &mut |_| {
            bar.inc(1);
            n_done += 1;
            ControlFlow::Continue(())
        });
        // What stops early leaves epochs out.
        bar.inc((config.n_epochs - n_done) as u64);
        result
    };
    let results = (0..training.n_jobs()).into_par_iter().map(run).collect::<Result<Vec<_>, _>>();
    bar.finish_and_clear();
    Ok(training.finish(&results?)?)
}

/// Says how many maps there are, and what they are for.
fn tell(maps: &LabelledTable, parts: &Parts) {
    let is_evaluated: BTreeSet<usize> = maps.evaluated().into_iter().collect();
    let n_learnt = parts.training.iter().filter(|idx| is_evaluated.contains(idx)).count();
    let added = match parts.training.len() - n_learnt {
        0 => String::new(),
        n => format!(" and {n} with mods"),
    };
    print_line!("{n_learnt} maps{added} to learn from, {} held out", parts.held_out.len());
    let n_unknown = (0..maps.n_rows()).filter(|&idx| !maps.is_known(idx)).count();
    if n_unknown > 0 {
        eprintln!("carto: warning: {n_unknown} maps of which nothing is known are left out");
    }
}

fn config(args: &TrainClassifier) -> Result<ClassifierConfig> {
    let read = |path: &Path| -> Result<ClassifierConfig> {
        let name = path.display();
        let text = fs::read_to_string(path).with_context(|| format!("{name} cannot be read"))?;
        ClassifierConfig::from_json(&text).with_context(|| name.to_string())
    };
    let config = args.config.as_deref().map(read).transpose()?.unwrap_or_default();
    Ok(ClassifierConfig { seed: args.seed.unwrap_or(config.seed), ..config })
}
