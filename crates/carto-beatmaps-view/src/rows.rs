//! Rows of the table: which are shown, and in what order.

use std::cmp::Ordering;
use std::sync::Arc;

use carto_features::COLUMNS;
use carto_types::ReadMap;

pub(crate) use crate::played::Played;

/// A map of the table.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Never another map's, in the life of the page.
    pub(crate) key: u32,
    /// The file that it came in, below what was dropped, and its place there.
    pub(crate) file: Arc<str>,
    pub(crate) place: usize,
    pub(crate) map: Arc<ReadMap>,
    /// Its label probabilities; `None` until they are computed.
    pub(crate) prediction: Option<Arc<Prediction>>,
}

/// The label probabilities of a map by one classifier.
#[derive(Debug)]
pub(crate) struct Prediction {
    /// The classifier, by its [`crate::state::Model::id`].
    pub(crate) model_id: u32,
    /// `[3][n_labels]`, in the order of [`Played::ALL`]; the probabilities of a map sum to 1.
    pub(crate) probabilities: Vec<Vec<f64>>,
}

impl Row {
    /// Features of the map as it is played, in the order of [`COLUMNS`]; `None` for a map
    /// that cannot be read.
    pub(crate) fn numbers(&self, played: Played) -> Option<&[Option<f64>]> {
        self.map.numbers.get(played.idx()).map(Vec::as_slice)
    }

    /// One feature, by its place in [`COLUMNS`].
    pub(crate) fn number(&self, played: Played, column: usize) -> Option<f64> {
        self.numbers(played)?.get(column).copied().flatten()
    }

    /// `[n_labels]`, summing to 1; `None` until they are computed.
    pub(crate) fn probabilities(&self, played: Played) -> Option<&[f64]> {
        self.prediction.as_ref()?.probabilities.get(played.idx()).map(Vec::as_slice)
    }

    /// Probability of one label, by its place among the classifier's.
    fn probability(&self, played: Played, label: usize) -> Option<f64> {
        self.probabilities(played)?.get(label).copied()
    }

    /// The row without the prediction of any other classifier than this one.
    pub(crate) fn predicted_by(mut self, model_id: Option<u32>) -> Self {
        self.prediction = self.prediction.filter(|found| Some(found.model_id) == model_id);
        self
    }

    /// Whether title, artist, mapper, difficulty or path hold a text.
    ///
    /// - `wanted`: in lower case
    fn mentions(&self, wanted: &str) -> bool {
        let texts = self
            .map
            .facts
            .iter()
            .flat_map(|texts| [&texts.title, &texts.artist, &texts.creator, &texts.version]);
        texts.chain([&self.map.path]).any(|text| text.to_lowercase().contains(wanted))
    }
}

/// The rows in the order in which the command reads maps.
pub(crate) fn in_file_order(rows: &[Row]) -> Vec<Row> {
    let mut rows = rows.to_vec();
    rows.sort_by(|a, b| (&a.file, a.place).cmp(&(&b.file, b.place)));
    rows
}

/// The place of a column that this view knows by name.
pub(crate) fn column(name: &str) -> usize {
    COLUMNS.iter().position(|column| column.name == name).unwrap_or_default()
}

/// The keys by which rows can be sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SortKey {
    Title,
    /// A feature, by its place in [`COLUMNS`].
    Column(usize),
    /// The probability of a label, by the label's place among the classifier's.
    Label(usize),
}

/// Filters and order of the table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Choice {
    pub(crate) played: Played,
    pub(crate) sort: SortKey,
    pub(crate) is_rising: bool,
    /// Shown if title, artist, mapper, difficulty or file holds this.
    pub(crate) find: String,
    /// Shown if the probability of this label is at least [`MIN_PROBABILITY`].
    pub(crate) label: Option<usize>,
    /// Least and most stars, where a person set them.
    pub(crate) stars: (Option<f64>, Option<f64>),
}

/// Label probabilities from this one on are written out, and pass the filter by label.
pub(crate) const MIN_PROBABILITY: f64 = 0.10;

impl Choice {
    /// Leaves no row out.
    pub(crate) fn show_all(&mut self) {
        (self.label, self.stars) = (None, (None, None));
        self.find.clear();
    }

    /// The rows that are shown, in their order.
    pub(crate) fn of(&self, rows: &[Row]) -> Vec<Row> {
        let wanted = self.find.trim().to_lowercase();
        let stars = column("star_rating");
        let is_shown = |row: &&Row| {
            let rating = row.number(self.played, stars);
            (wanted.is_empty() || row.mentions(&wanted))
                && self.label.is_none_or(|label| {
                    row.probability(self.played, label)
                        .is_some_and(|found| found >= MIN_PROBABILITY)
                })
                && self.stars.0.is_none_or(|least| rating.is_some_and(|stars| stars >= least))
                && self.stars.1.is_none_or(|most| rating.is_some_and(|stars| stars <= most))
        };
        let mut shown: Vec<Row> = rows.iter().filter(is_shown).cloned().collect();
        shown.sort_by(|a, b| self.order(a, b));
        shown
    }

    fn order(&self, a: &Row, b: &Row) -> Ordering {
        let by_number = |of: &dyn Fn(&Row) -> Option<f64>| match (of(a), of(b)) {
            (Some(a), Some(b)) if self.is_rising => a.total_cmp(&b),
            (Some(a), Some(b)) => b.total_cmp(&a),
            // Rows without a number stand last in both directions.
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        let title = |row: &Row| {
            let texts = row.map.facts.as_ref();
            texts.map_or_else(|| row.map.path.to_lowercase(), |texts| texts.title.to_lowercase())
        };
        let found = match self.sort {
            SortKey::Title if self.is_rising => title(a).cmp(&title(b)),
            SortKey::Title => title(b).cmp(&title(a)),
            SortKey::Column(column) => by_number(&|row: &Row| row.number(self.played, column)),
            SortKey::Label(label) => by_number(&|row: &Row| row.probability(self.played, label)),
        };
        found.then_with(|| (&a.file, a.place).cmp(&(&b.file, b.place)))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use carto_types::MapTexts;

    use super::*;

    /// A map with a star rating and the probabilities of two labels.
    pub(crate) fn row(key: u32, title: &str, creator: &str, stars: Option<f64>, first: f64) -> Row {
        let mut numbers = vec![None; COLUMNS.len()];
        numbers[column("star_rating")] = stars;
        let facts = Some(MapTexts {
            id: None,
            title: title.to_owned(),
            artist: "artist".to_owned(),
            creator: creator.to_owned(),
            version: "Hard".to_owned(),
        });
        let map = ReadMap {
            path: format!("{title}.osz/{key}.osu"),
            facts,
            md5: vec![format!("{key:032x}")],
            numbers: vec![numbers; 3],
        };
        Row {
            key,
            file: format!("{title}.osz").into(),
            place: key as usize,
            map: Arc::new(map),
            prediction: Some(Arc::new(Prediction {
                model_id: 0,
                probabilities: vec![vec![first, 1.0 - first]; 3],
            })),
        }
    }

    fn choice() -> Choice {
        Choice {
            played: Played::Plain,
            sort: SortKey::Column(column("star_rating")),
            is_rising: false,
            find: String::new(),
            label: None,
            stars: (None, None),
        }
    }

    #[test]
    fn what_one_classifier_found_is_not_shown_as_that_of_another() {
        let found =
            |model| row(0, "Tide", "ann", None, 0.5).predicted_by(model).prediction.is_some();
        assert_eq!([Some(0), Some(1), None].map(found), [true, false, false]);
    }

    #[test]
    fn rows_are_found_sorted_and_left_out() {
        let rows = [
            row(0, "Tide", "ann", Some(3.0), 0.95),
            row(1, "Moss", "bob", None, 0.5),
            row(2, "Moss", "ann", Some(5.0), 0.05),
        ];
        let keys = |choice: Choice| choice.of(&rows).iter().map(|row| row.key).collect::<Vec<_>>();
        assert_eq!(keys(choice()), [2, 0, 1]);
        assert_eq!(keys(Choice { is_rising: true, ..choice() }), [0, 2, 1]);
        assert_eq!(keys(Choice { find: " ANN ".to_owned(), ..choice() }), [2, 0]);
        assert_eq!(keys(Choice { label: Some(0), ..choice() }), [0, 1]);
        assert_eq!(keys(Choice { stars: (Some(4.0), None), ..choice() }), [2]);
        assert_eq!(keys(Choice { sort: SortKey::Label(1), ..choice() }), [2, 1, 0]);
        let mut none_left_out =
            Choice { find: "bob".to_owned(), label: Some(1), stars: (Some(9.0), None), ..choice() };
        none_left_out.show_all();
        assert_eq!(none_left_out, choice());
    }
}
