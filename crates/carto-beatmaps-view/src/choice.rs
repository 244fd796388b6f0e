//! Which maps the table shows, and in what order.

use std::cmp::Ordering;

use crate::rows::{Mods, Row, column};

/// The keys by which rows can be sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SortKey {
    Title,
    /// A feature, by its place in `COLUMNS`.
    Column(usize),
    /// The probability of a label, by the label's place among the classifier's.
    Label(usize),
}

/// Filters and order of the table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Choice {
    pub(crate) played: Mods,
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

impl Default for Choice {
    /// All maps, those with most stars first.
    fn default() -> Self {
        Self {
            played: Mods::default(),
            sort: SortKey::Column(column("star_rating")),
            is_rising: false,
            find: String::new(),
            label: None,
            stars: (None, None),
        }
    }
}

impl Choice {
    /// Leaves no row out.
    pub(crate) fn show_all(&mut self) {
        (self.label, self.stars) = (None, (None, None));
        self.find.clear();
    }

    /// Sorts by another key, or by the same one the other way round: numbers from the largest,
    /// titles from A at first.
    pub(crate) fn sort_by(&mut self, key: SortKey) {
        self.is_rising = if self.sort == key { !self.is_rising } else { key == SortKey::Title };
        self.sort = key;
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
            // Joke maps would lead every order by a number, and say nothing there.
            (Some(_), Some(_)) if a.is_joke != b.is_joke => a.is_joke.cmp(&b.is_joke),
            (Some(a), Some(b)) if self.is_rising => a.total_cmp(&b),
            (Some(a), Some(b)) => b.total_cmp(&a),
            // Rows without a number stand last in both directions.
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        let found = match self.sort {
            SortKey::Title if self.is_rising => a.title_key().cmp(b.title_key()),
            SortKey::Title => b.title_key().cmp(a.title_key()),
            SortKey::Column(column) => by_number(&|row: &Row| row.number(self.played, column)),
            SortKey::Label(label) => by_number(&|row: &Row| row.probability(self.played, label)),
        };
        found.then_with(|| (&a.file, a.place).cmp(&(&b.file, b.place)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::tests::row;

    #[test]
    fn rows_are_found_sorted_and_left_out() {
        let rows = [
            row(0, "Tide", "ann", Some(3.0), 0.95),
            row(1, "Moss", "bob", None, 0.5),
            row(2, "Moss", "ann", Some(5.0), 0.05),
        ];
        let keys = |choice: Choice| choice.of(&rows).iter().map(|row| row.key).collect::<Vec<_>>();
        let usual = Choice::default;
        assert_eq!(keys(usual()), [2, 0, 1]);
        assert_eq!(keys(Choice { is_rising: true, ..usual() }), [0, 2, 1]);
        assert_eq!(keys(Choice { find: " ANN ".to_owned(), ..usual() }), [2, 0]);
        assert_eq!(keys(Choice { label: Some(0), ..usual() }), [0, 1]);
        assert_eq!(keys(Choice { stars: (Some(4.0), None), ..usual() }), [2]);
        assert_eq!(keys(Choice { sort: SortKey::Label(1), ..usual() }), [2, 1, 0]);
        assert_eq!(keys(Choice { sort: SortKey::Title, is_rising: true, ..usual() }), [1, 2, 0]);
        let mut none_left_out =
            Choice { find: "bob".to_owned(), label: Some(1), stars: (Some(9.0), None), ..usual() };
        none_left_out.show_all();
        assert_eq!(none_left_out, usual());
    }

    #[test]
    fn joke_maps_lead_no_order_by_a_number() {
        let rows = [
            row(0, "Tide", "ann", Some(189.0), 1.0),
            row(1, "Moss", "bob", None, 0.2),
            row(2, "Fog", "ann", Some(5.0), 0.1),
            row(3, "Elm", "ann", Some(6.0), 0.3),
        ];
        let keys = |choice: Choice| choice.of(&rows).iter().map(|row| row.key).collect::<Vec<_>>();
        let usual = Choice::default;
        assert_eq!(keys(usual()), [3, 2, 0, 1]);
        assert_eq!(keys(Choice { is_rising: true, ..usual() }), [2, 3, 0, 1]);
        assert_eq!(keys(Choice { sort: SortKey::Label(0), ..usual() }), [3, 1, 2, 0]);
        assert_eq!(keys(Choice { sort: SortKey::Title, ..usual() }), [0, 1, 2, 3]);
    }

    #[test]
    fn the_same_key_again_turns_the_order_round() {
        let mut choice = Choice::default();
        let mut press = |key| {
            choice.sort_by(key);
            choice.is_rising
        };
        assert_eq!(
            [SortKey::Title, SortKey::Title, SortKey::Label(2)].map(&mut press),
            [true, false, false]
        );
        assert!(press(SortKey::Label(2)));
    }
}
