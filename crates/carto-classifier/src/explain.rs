use super::{Classifier, ClassifierError, FeatureTable, Memberships};

/// What one column does to the memberships of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Influence {
    /// Which column.
    pub column: String,
    /// What the map has; `None` where it has no number.
    pub value: Option<f64>,
    /// What half of the maps that were learnt from have at most.
    pub median: f64,
    /// How much more the map belongs to its first label than it would with the median
    /// in place of its own number, in `[-1, 1]`.
    pub change: f64,
}

/// A map's first label and what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Place of the label in [`Classifier::labels`].
    pub label: usize,
    /// `[n_labels]`.
    pub memberships: Vec<f64>,
    /// Of all columns, the largest change first, whichever way it goes.
    pub influences: Vec<Influence>,
}

impl Classifier {
    /// Which columns moved the memberships of each map most: each in turn is replaced
    /// by its median, and what is derived from it follows.
    ///
    /// Two columns that say nearly the same share their influence or hide it: this
    /// tells what the model looks at, not what a map is made of.
    ///
    /// # Errors
    ///
    /// [`ClassifierError::MissingColumn`].
    pub fn explain(&self, table: &FeatureTable) -> Result<Vec<Explanation>, ClassifierError> {
        let table = table.select(self.columns())?;
        Ok(table.rows().map(|row| self.explain_row(row)).collect())
    }

    fn explain_row(&self, row: &[f64]) -> Explanation {
        let memberships = self.memberships(row);
        let label = Memberships::ranking(&memberships).first().copied().unwrap_or(0);
        let influence = |(idx, (column, &median)): (usize, (&String, &f64))| {
            let mut other = row.to_vec();
            other[idx] = median;
            let change = memberships[label] - self.memberships(&other)[label];
            let value = Some(row[idx]).filter(|value| value.is_finite());
            Influence { column: column.clone(), value, median, change }
        };
        let columns = self.columns().iter().zip(self.medians());
        let mut influences: Vec<Influence> = columns.enumerate().map(influence).collect();
        influences.sort_by(|a, b| b.change.abs().total_cmp(&a.change.abs()));
        Explanation { label, memberships, influences }
    }
}
