//! `carto train classifier`: a classifier and its card.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use carto_classifier::train::ClassifierConfig;
use carto_classifier::{LabelledTable, Parts};

use super::{TrainClassifier, describe, judge, learn, set, write};

/// Trains a classifier, judges it on songs that it was not trained on, and writes it
/// with its card.
///
/// # Errors
///
/// Labelled maps that cannot be read or learnt from, a file that cannot be written.
pub(crate) fn train(args: &TrainClassifier) -> Result<()> {
    let mut config = config(args)?;
    let labels = args.labels.as_deref();
    let set::Set { maps, parts } = match &args.held_out {
        None => set::read_parted(&args.dataset, labels, &config)?,
        Some(held_out) => {
            // The song of every map is on its side already.
            config.held_out_share = 0.0;
            set::read_both(&args.dataset, held_out, labels)?
        }
    };
    tell(&maps, &parts);
    let held_out = maps.subset(&parts.held_out);
    let set = if args.held_out.is_some() { maps.subset(&parts.training) } else { maps };
    let trained = learn::learn("perceptrons", &config, &set)?;
    let bytes = trained.classifier.to_bytes()?;
    let card = judge::judge(&config, &set, &held_out, &trained, &bytes, !args.no_baseline)?;
    write::write(&args.out, &bytes, &card)?;
    print_line!("{}", describe::summary(&card));
    Ok(())
}

/// How many maps there are, and what they are for.
fn tell(maps: &LabelledTable, parts: &Parts) {
    let is_judged: BTreeSet<usize> = maps.judged().into_iter().collect();
    let n_learnt = parts.training.iter().filter(|idx| is_judged.contains(idx)).count();
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
