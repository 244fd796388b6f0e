//! The card of a classifier: how it does on songs that it was not trained on.

use std::collections::BTreeMap;

use anyhow::Result;
use carto_classifier::train::{ClassifierConfig, Trained};
use carto_classifier::{
    Classifier, Evaluation, Importance, LabelOverlap, LabelledTable, evaluate, importance,
};
use rayon::prelude::*;

use super::card::{self, BaselineFacts, Card, DataFacts, ModelFacts};

/// Evaluates what was trained.
///
/// - `bytes`: its file
/// - `set`: the maps that it was trained on, and `held_out`, those that it was not; where
///   there are none, only the cross-validation evaluates
/// - `baseline`: another configuration, and what it gave
pub(super) fn card(
    config: &ClassifierConfig,
    set: &LabelledTable,
    held_out: &LabelledTable,
    trained: &Trained,
    bytes: &[u8],
    baseline: Option<(ClassifierConfig, Trained)>,
) -> Result<Card> {
    let is_evaluated = held_out.n_rows() > 0;
    let on_held_out = |classifier: &Classifier| -> Result<Option<Evaluation>> {
        Ok(if is_evaluated { Some(of(classifier, held_out)?) } else { None })
    };
    let baseline = baseline.map(|(training, trained)| -> Result<_> {
        Ok(BaselineFacts {
            held_out: of(&trained.classifier, held_out)?,
            n_parameters: trained.classifier.n_parameters(),
            n_epochs: trained.n_epochs.first().copied().unwrap_or_default(),
            training,
        })
    });
    Ok(Card {
        format: card::FORMAT.to_owned(),
        model: ModelFacts::of(trained, bytes)?,
        data: DataFacts::of(trained, held_out),
        held_out: on_held_out(&trained.classifier)?,
        held_out_uncalibrated: on_held_out(&trained.classifier.uncalibrated())?,
        cross_validated: trained.cross_validated.clone(),
        baseline: baseline.transpose()?,
        overlap: LabelOverlap::of(if is_evaluated { held_out } else { set }),
        importance: importances(&trained.classifier, held_out, config.seed)?,
        training: config.clone(),
    })
}

/// Evaluates a classifier on labelled maps.
pub(super) fn of(classifier: &Classifier, set: &LabelledTable) -> Result<Evaluation> {
    Ok(evaluate(&classifier.classify(set.table())?, set)?)
}

/// Importances of all columns, the most important first; none without held-out maps.
fn importances(
    classifier: &Classifier,
    held_out: &LabelledTable,
    seed: u64,
) -> Result<Vec<Importance>> {
    if held_out.n_rows() == 0 {
        return Ok(Vec::new());
    }
    let columns = (0..classifier.columns().len()).into_par_iter();
    let mut found = columns
        .map(|column| importance(classifier, held_out, column, seed))
        .collect::<Result<Vec<_>, _>>()?;
    found.sort_by(|a, b| b.log_loss_gained.total_cmp(&a.log_loss_gained));
    Ok(found)
}

/// For each label, the other label that most of its maps were taken for, and how many of them.
pub(super) fn taken_for(found: &Evaluation) -> BTreeMap<&str, (&str, usize)> {
    let name = |idx: usize| found.labels[idx].label.as_str();
    let mut taken = BTreeMap::new();
    for (idx, row) in found.confusion.iter().enumerate() {
        let others = row.iter().enumerate().filter(|&(other, &n)| other != idx && n > 0);
        // Of equals the first.
        let most = others.rev().max_by_key(|&(_, &n)| n);
        if let Some((other, &n)) = most {
            taken.insert(name(idx), (name(other), n));
        }
    }
    taken
}
