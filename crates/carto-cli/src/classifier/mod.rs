//! The classifier: `carto train classifier` and `carto classify`.

mod args;
mod card;
mod classify;
mod describe;
mod judge;
mod learn;
mod set;
#[cfg(test)]
mod tests;
mod write;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use carto_models::classifier::train::{ClassifierConfig, Training};

pub(crate) use args::{Classify, TrainClassifier};
pub(crate) use classify::run as classify;

/// Trains a classifier, judges it on songs that it was not trained on, and writes it
/// with its card.
///
/// # Errors
///
/// Labelled maps that cannot be read or learnt from, a file that cannot be written.
pub(crate) fn train(args: &TrainClassifier) -> Result<()> {
    let config = config(args)?;
    let set = set::read(&args.dataset, args.labels.as_deref())?;
    let held_out = set.subset(&Training::parts(&config, &set).held_out);
    let n_learnt = set.n_rows() - held_out.n_rows();
    say!("{n_learnt} maps to learn from, {} held out", held_out.n_rows());
    let trained = learn::learn("perceptrons", &config, &set)?;
    let bytes = trained.classifier.to_bytes()?;
    let card = judge::judge(&config, &set, &held_out, &trained, &bytes, !args.no_baseline)?;
    write::write(&args.out, &bytes, &card)?;
    say!("{}", describe::summary(&card));
    Ok(())
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
