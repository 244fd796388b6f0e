use carto_random::{Normal, seed_of};
use carto_types::Influence;
use serde::{Deserialize, Serialize};

use super::{
    Classifier, ClassifierError, FeatureTable, LabelProbabilities, LabelledTable, evaluate,
};

/// A map's most probable label and what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The most probable label: its place in [`Classifier::labels`].
    pub label: usize,
    /// Probabilities of all labels, `[n_labels]`.
    pub probabilities: Vec<f64>,
    /// Influences of all columns, the largest change first, whichever way it goes.
    pub influences: Vec<Influence>,
}

impl Classifier {
    /// Which columns moved the probabilities of each map most: each in turn is replaced
    /// by its median, and what is derived from it follows.
    ///
    /// Correlated columns share their influence or hide it: this tells what the model
    /// looks at, not what a map is made of.
    ///
    /// # Errors
    ///
    /// [`ClassifierError::MissingColumn`].
    pub fn explain(&self, table: &FeatureTable) -> Result<Vec<Explanation>, ClassifierError> {
        let table = table.select(self.columns())?;
        Ok(table.rows().map(|row| self.explain_row(row)).collect())
    }

    fn explain_row(&self, row: &[f64]) -> Explanation {
        let probabilities = self.probabilities(row);
        let label = LabelProbabilities::ranking(&probabilities).first().copied().unwrap_or(0);
        let influence = |(idx, (column, &median)): (usize, (&String, &f64))| {
            let mut other = row.to_vec();
            other[idx] = median;
            let change = probabilities[label] - self.probabilities(&other)[label];
            let value = Some(row[idx]).filter(|value| value.is_finite());
            let typical = self.ranges().and_then(|ranges| ranges.get(label, idx));
            Influence { column: column.clone(), value, median, typical, change }
        };
        let columns = self.columns().iter().zip(self.medians());
        let mut influences: Vec<Influence> = columns.enumerate().map(influence).collect();
        influences.sort_by(|a, b| b.change.abs().total_cmp(&a.change.abs()));
        Explanation { label, probabilities, influences }
    }
}

/// How much a classifier depends on a column: permutation importance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Importance {
    /// Name of the column.
    pub column: String,
    /// By how much the share of right first answers falls when the column's numbers
    /// are given out anew among the maps, and what is derived from it with them.
    pub top_1_lost: f64,
    /// By how much the logarithmic loss rises then, nats.
    pub log_loss_gained: f64,
}

/// How much a classifier depends on one column, on maps that it was not trained on.
///
/// Correlated columns stand in for each other: each of them then seems to matter
/// little.
///
/// - `column`: a place in [`Classifier::columns`]
///
/// # Errors
///
/// [`ClassifierError::MissingColumn`], [`ClassifierError::Shape`].
///
/// # Source
///
/// L. Breiman, "Random forests", Machine Learning 45, 2001.
pub fn importance(
    classifier: &Classifier,
    set: &LabelledTable,
    column: usize,
    seed: u64,
) -> Result<Importance, ClassifierError> {
    let name = classifier.columns().get(column).ok_or(ClassifierError::Shape {
        what: "columns",
        found: column,
        expected: classifier.columns().len(),
    })?;
    let table = set.table().select(classifier.columns())?;
    let order = permutation(set.n_rows(), seed_of(seed, name));
    let before = evaluate(&classifier.classify(&table)?, set)?;
    let after = evaluate(&classifier.classify(&table.permuted(column, &order))?, set)?;
    Ok(Importance {
        column: name.clone(),
        top_1_lost: before.top_1 - after.top_1,
        log_loss_gained: after.log_loss - before.log_loss,
    })
}

/// `0..n` in an order that follows from the seed.
pub(super) fn permutation(n: usize, seed: u64) -> Vec<usize> {
    let mut random = Normal::new(seed);
    let mut order: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        let other = (random.unit() * (last + 1) as f64) as usize;
        order.swap(last, other.min(last));
    }
    order
}
