use std::collections::BTreeMap;

use crate::{Cell, Row};

/// Rows of labelled maps under a head.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// The columns that are written, in their order; a table that was read
    /// keeps those that it had, of what is known.
    pub columns: Vec<Cell>,
    /// One row a map, in the order in which labels name them.
    pub rows: Vec<Row>,
    /// Names of columns that were read and mean nothing here: they are not
    /// written again.
    pub unknown_columns: Vec<String>,
}

impl Dataset {
    /// A table of these rows with [`Cell::all`] columns.
    #[must_use]
    pub fn new(rows: Vec<Row>) -> Self {
        Self { columns: Cell::all(), rows, unknown_columns: Vec::new() }
    }

    /// A table of some of the rows, by their index, under the same head; an
    /// index beyond the rows is left out.
    #[must_use]
    pub fn part(&self, indices: &[usize]) -> Self {
        let rows = indices.iter().filter_map(|&idx| self.rows.get(idx).cloned()).collect();
        Self { columns: self.columns.clone(), rows, unknown_columns: Vec::new() }
    }

    /// Maps by their first label, labels in the order of their names.
    #[must_use]
    pub fn labels(&self) -> BTreeMap<&str, usize> {
        let mut labels = BTreeMap::new();
        self.rows.iter().for_each(|row| *labels.entry(row.label.as_str()).or_default() += 1);
        labels
    }

    /// Whether the table has this column.
    #[must_use]
    pub fn has(&self, column: &str) -> bool {
        Cell::named(column).is_some_and(|cell| self.columns.contains(&cell))
    }
}
