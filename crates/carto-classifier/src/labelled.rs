use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{ClassifierError, FeatureTable, Parts, held_out};

/// Maps with the labels that people gave them.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledTable {
    table: FeatureTable,
    labels: Vec<String>,
    first: Vec<usize>,
    also: Vec<Vec<usize>>,
    songs: Vec<String>,
    is_evaluated: Vec<bool>,
}

impl LabelledTable {
    /// Puts labels and songs beside a table of features.
    ///
    /// # Shapes
    ///
    /// - `first`: `[n_rows]`, the label that counts; the labels are those that stand
    ///   here, ascending
    /// - `also`: `[n_rows]`, other labels of the same map; those that no map has first
    ///   are left out
    /// - `songs`: `[n_rows]`, what [`song_key`](super::song_key) gives
    ///
    /// # Errors
    ///
    /// [`ClassifierError::Shape`]; [`ClassifierError::Labels`] for fewer than two
    /// labels.
    pub fn new(
        table: FeatureTable,
        first: &[String],
        also: &[Vec<String>],
        songs: Vec<String>,
    ) -> Result<Self, ClassifierError> {
        let expected = table.n_rows();
        for (what, found) in
            [("first labels", first.len()), ("other labels", also.len()), ("songs", songs.len())]
        {
            if found != expected {
                return Err(ClassifierError::Shape { what, found, expected });
            }
        }
        let labels: Vec<String> =
            first.iter().collect::<BTreeSet<_>>().into_iter().cloned().collect();
        if labels.len() < 2 {
            let reason = format!("they have {} labels, two are the least", labels.len());
            return Err(ClassifierError::Labels { reason });
        }
        let places: BTreeMap<&String, usize> =
            labels.iter().enumerate().map(|(idx, label)| (label, idx)).collect();
        let place = |label: &String| places.get(label).copied();
        let first: Vec<usize> = first.iter().filter_map(place).collect();
        let other = |(labels, first): (&Vec<String>, &usize)| {
            let found: BTreeSet<usize> = labels.iter().filter_map(place).collect();
            found.into_iter().filter(|label| label != first).collect()
        };
        let also = also.iter().zip(&first).map(other).collect();
        let is_evaluated = vec![true; expected];
        Ok(Self { table, labels, first, also, songs, is_evaluated })
    }

    /// Marks maps that are trained on and never evaluated on, as maps with mods, which
    /// nobody has labelled so.
    ///
    /// - `is_evaluated`: `[n_rows]`, false for those
    ///
    /// # Errors
    ///
    /// [`ClassifierError::Shape`].
    pub fn with_evaluated(self, is_evaluated: Vec<bool>) -> Result<Self, ClassifierError> {
        let (found, expected) = (is_evaluated.len(), self.n_rows());
        if found != expected {
            return Err(ClassifierError::Shape { what: "maps to evaluate on", found, expected });
        }
        Ok(Self { is_evaluated, ..self })
    }

    /// Places of the maps that may be evaluated on, ascending.
    #[must_use]
    pub fn evaluated(&self) -> Vec<usize> {
        (0..self.n_rows()).filter(|&idx| self.is_evaluated[idx]).collect()
    }

    /// Whether anything is known of a map.
    #[must_use]
    pub fn is_known(&self, idx: usize) -> bool {
        self.table.row(idx).is_some_and(|row| row.iter().any(|number| number.is_finite()))
    }

    /// Maps on both sides of a split by song, by the rule of [`held_out`].
    ///
    /// Held out are maps to evaluate on alone; those to train on are of other songs. Maps
    /// of which nothing is known count in the split, so that it does not change with the
    /// files that are there, and stand on neither side.
    #[must_use]
    pub fn parts(&self, share: f64, seed: u64) -> Parts {
        let evaluated = self.evaluated();
        let songs: Vec<&str> = evaluated.iter().map(|&idx| self.songs[idx].as_str()).collect();
        let first: Vec<usize> = evaluated.iter().map(|&idx| self.first[idx]).collect();
        let parted = held_out(&songs, &first, share, seed);
        let away: BTreeSet<&str> = parted.held_out.iter().map(|&place| songs[place]).collect();
        let known = |idx: &usize| self.is_known(*idx);
        Parts {
            training: (0..self.n_rows())
                .filter(|&idx| !away.contains(self.songs[idx].as_str()))
                .filter(known)
                .collect(),
            held_out: parted.held_out.iter().map(|&place| evaluated[place]).filter(known).collect(),
        }
    }

    /// The features of the maps.
    #[must_use]
    pub fn table(&self) -> &FeatureTable {
        &self.table
    }

    /// All labels, ascending.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// `[n_rows]`: the label of each map that counts, by its place.
    #[must_use]
    pub fn first(&self) -> &[usize] {
        &self.first
    }

    /// `[n_rows]`: other labels of each map, ascending.
    #[must_use]
    pub fn also(&self) -> &[Vec<usize>] {
        &self.also
    }

    /// `[n_rows]`: the key of each map's song.
    #[must_use]
    pub fn songs(&self) -> &[String] {
        &self.songs
    }

    /// Number of maps.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.first.len()
    }

    /// Some of the maps, under all labels; places beyond the last are left out.
    #[must_use]
    pub fn subset(&self, rows: &[usize]) -> Self {
        let rows: Vec<usize> = rows.iter().copied().filter(|&idx| idx < self.n_rows()).collect();
        Self {
            table: self.table.subset(&rows),
            labels: self.labels.clone(),
            first: rows.iter().map(|&idx| self.first[idx]).collect(),
            also: rows.iter().map(|&idx| self.also[idx].clone()).collect(),
            songs: rows.iter().map(|&idx| self.songs[idx].clone()).collect(),
            is_evaluated: rows.iter().map(|&idx| self.is_evaluated[idx]).collect(),
        }
    }

    /// The same maps with these columns only.
    ///
    /// # Errors
    ///
    /// [`ClassifierError::MissingColumn`].
    pub fn select(&self, columns: &[String]) -> Result<Self, ClassifierError> {
        Ok(Self { table: self.table.select(columns)?, ..self.clone() })
    }

    /// For each label the number of maps that have it first.
    #[must_use]
    pub fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.labels.len()];
        self.first.iter().for_each(|&label| counts[label] += 1);
        counts
    }

    /// Number of songs.
    #[must_use]
    pub fn n_songs(&self) -> usize {
        self.songs.iter().collect::<BTreeSet<_>>().len()
    }
}

/// How far people agree on labels: a bound on what any classifier can reach that
/// gives one answer where only one counts as right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LabelOverlap {
    /// Number of maps.
    pub n_maps: usize,
    /// Maps with more than one label.
    pub n_with_others: usize,
    /// Share of first answers that can be right, were one that knows all labels of each
    /// map to choose among them blindly: the mean of 1 / number of labels.
    ///
    /// Only overlaps that are known count: labels that nobody gave are noise too.
    pub top_1_bound: f64,
    /// The commonest pairs, first label and other, at most ten, with their counts.
    pub pairs: Vec<(String, String, usize)>,
}

impl LabelOverlap {
    /// Pairs of labels that are kept.
    const MAX_PAIRS: usize = 10;

    /// Counts how often labels of a set overlap.
    #[must_use]
    pub fn of(set: &LabelledTable) -> Self {
        let n_labels = set.labels().len();
        let mut counts = vec![0; n_labels * n_labels];
        for (&first, also) in set.first().iter().zip(set.also()) {
            also.iter().for_each(|other| counts[first * n_labels + other] += 1);
        }
        let name = |idx: usize| set.labels()[idx].clone();
        let mut pairs: Vec<(String, String, usize)> = (counts.iter().enumerate())
            .filter(|&(_, &count)| count > 0)
            .map(|(idx, &count)| (name(idx / n_labels), name(idx % n_labels), count))
            .collect();
        pairs.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.cmp(b)));
        pairs.truncate(Self::MAX_PAIRS);
        let shares = set.also().iter().map(|also| 1.0 / (1 + also.len()) as f64);
        Self {
            n_maps: set.n_rows(),
            n_with_others: set.also().iter().filter(|also| !also.is_empty()).count(),
            top_1_bound: shares.sum::<f64>() / set.n_rows().max(1) as f64,
            pairs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_sorted_and_others_are_kept_apart() {
        let table = FeatureTable::new(vec!["a".to_owned()], vec![1.0, 2.0, 3.0]).unwrap();
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        let also = vec![names(&["jump", "tech", "nowhere"]), vec![], vec![]];
        let set = LabelledTable::new(
            table.clone(),
            &names(&["tech", "jump", "jump"]),
            &also,
            names(&["s"; 3]),
        );
        let set = set.unwrap();
        assert_eq!(set.labels(), ["jump", "tech"]);
        assert_eq!((set.first(), set.also()[0].as_slice()), ([1, 0, 0].as_slice(), [0].as_slice()));
        assert_eq!((set.counts(), set.n_songs()), (vec![2, 1], 1));
        assert_eq!(set.subset(&[0, 9]).n_rows(), 1);
        let mut parts = set.parts(0.5, 1);
        assert_eq!(parts.training.len() + parts.held_out.len(), 3, "two songs or one");
        parts = set.clone().with_evaluated(vec![true, false, false]).unwrap().parts(1.0, 1);
        assert_eq!((parts.training, parts.held_out), (vec![], vec![0]), "all are of one song");
        let one = LabelledTable::new(table, &names(&["a"; 3]), &vec![vec![]; 3], names(&["s"; 3]));
        assert!(matches!(one, Err(ClassifierError::Labels { .. })));
    }
}
