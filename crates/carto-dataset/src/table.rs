//! Rows of labelled maps under a head.

use std::collections::BTreeMap;

use carto_features::{COLUMNS, Md5Sum, Mods, UNKNOWN_GENRE, column_index};

use crate::cell::Cell;

/// Rows of labelled maps under a head.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// The columns that are written, in their order; a table that was read
    /// keeps those that it had, of what is known.
    pub columns: Vec<Cell>,
    /// One row a map, in the order in which labels name them.
    pub rows: Vec<Row>,
}

impl Dataset {
    /// A table of these rows with [`Cell::all`] columns.
    #[must_use]
    pub fn new(rows: Vec<Row>) -> Self {
        Self { columns: Cell::all(), rows }
    }

    /// A table of some of the rows, by their index, under the same head; an
    /// index beyond the rows is left out.
    #[must_use]
    pub fn part(&self, indices: &[usize]) -> Self {
        let rows = indices.iter().filter_map(|&idx| self.rows.get(idx).cloned()).collect();
        Self { columns: self.columns.clone(), rows }
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

/// One map of the table, under the first label that named it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What the classifier should say: the category of the first collection.
    pub label: String,
    /// Further labels of the same map, in the order in which they named it.
    pub also: Vec<String>,
    /// The site's number of the map; `None` of maps that were never uploaded.
    pub id: Option<u64>,
    /// Romanised title, empty where neither site nor file tells it.
    pub title: String,
    /// Romanised artist, empty where neither site nor file tells it.
    pub artist: String,
    /// Host of the set, empty where neither site nor file tells it.
    pub creator: String,
    /// Name of the genre: [`crate::genre_name`].
    pub genre: String,
    /// "ranked", "loved", ... as the API says it; empty where it is not known.
    pub status: String,
    /// Of the bytes of the `.osu`; `None` where there is none.
    pub md5: Option<Md5Sum>,
    /// What the row's numbers are played with; other than [`Mods::None`] only
    /// in rows that were added to a training part.
    pub mods: Mods,
    /// The numbers of [`COLUMNS`], in that order, all finite; `None` is an empty cell.
    pub numbers: [Option<f64>; COLUMNS.len()],
}

impl Row {
    /// A row that holds nothing but its label.
    #[must_use]
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            also: Vec::new(),
            id: None,
            title: String::new(),
            artist: String::new(),
            creator: String::new(),
            genre: UNKNOWN_GENRE.to_owned(),
            status: String::new(),
            md5: None,
            mods: Mods::None,
            numbers: [None; COLUMNS.len()],
        }
    }

    /// One number by the name of its column; `None` also for an unknown name.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<f64> {
        self.numbers[column_index(name)?]
    }
}
