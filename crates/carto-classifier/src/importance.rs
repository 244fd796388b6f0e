use serde::{Deserialize, Serialize};

use super::{Classifier, ClassifierError, LabelledTable, evaluate};
use carto_random::Normal;
use carto_random::seed_of;

/// What a column is worth to a classifier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Importance {
    /// Which column.
    pub column: String,
    /// By how much the share of right first answers falls when the column's numbers
    /// are given out anew among the maps, and what is derived from it with them.
    pub top_1_lost: f64,
    /// By how much the logarithmic loss rises then, nats.
    pub log_loss_gained: f64,
}

/// What one column is worth on maps that the classifier was not trained on.
///
/// Columns that say nearly the same stand in for each other: each of them then seems
/// worth little.
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
