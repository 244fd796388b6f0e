use carto_features::{COLUMNS, Mods};

use crate::Md5Sum;

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
    /// Romanised artist, as the title.
    pub artist: String,
    /// Host of the set, as the title.
    pub creator: String,
    /// As [`crate::genre_name`] gives it.
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
            genre: crate::UNKNOWN_GENRE.to_owned(),
            status: String::new(),
            md5: None,
            mods: Mods::None,
            numbers: [None; COLUMNS.len()],
        }
    }

    /// One number by the name of its column; `None` also for an unknown name.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<f64> {
        self.numbers[number_index(name)?]
    }
}

/// Where a column stands in [`Row::numbers`].
#[must_use]
pub fn number_index(name: &str) -> Option<usize> {
    COLUMNS.iter().position(|column| column.name == name)
}
