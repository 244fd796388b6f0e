use std::collections::{BTreeMap, BTreeSet};

use super::{ClassifierError, FeatureTable, Parts, held_out};

/// Maps with the labels that people gave them.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledTable {
    table: FeatureTable,
    labels: Vec<String>,
    first: Vec<usize>,
    also: Vec<Vec<usize>>,
    songs: Vec<String>,
    is_judged: Vec<bool>,
}

impl LabelledTable {
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
        let is_judged = vec![true; expected];
        Ok(Self { table, labels, first, also, songs, is_judged })
    }

    /// Marks maps that are learnt from and never judged by, as maps with mods, which
    /// nobody has labelled so.
    ///
    /// - `is_judged`: `[n_rows]`, false for those
    ///
    /// # Errors
    ///
    /// [`ClassifierError::Shape`].
    pub fn with_judged(self, is_judged: Vec<bool>) -> Result<Self, ClassifierError> {
        let (found, expected) = (is_judged.len(), self.n_rows());
        if found != expected {
            return Err(ClassifierError::Shape { what: "maps to judge by", found, expected });
        }
        Ok(Self { is_judged, ..self })
    }

    /// Places of the maps that may be judged by, ascending.
    #[must_use]
    pub fn judged(&self) -> Vec<usize> {
        (0..self.n_rows()).filter(|&idx| self.is_judged[idx]).collect()
    }

    /// Whether anything is known of a map.
    #[must_use]
    pub fn is_known(&self, idx: usize) -> bool {
        self.table.row(idx).is_some_and(|row| row.iter().any(|number| number.is_finite()))
    }

    /// Songs on both sides of a split, by the rule of [`held_out`].
    ///
    /// Held out are maps to judge by alone; what is learnt from is of other songs. Maps
    /// of which nothing is known count in the split, so that it does not change with the
    /// files that are there, and stand on neither side.
    #[must_use]
    pub fn parts(&self, share: f64, seed: u64) -> Parts {
        let judged = self.judged();
        let songs: Vec<&str> = judged.iter().map(|&idx| self.songs[idx].as_str()).collect();
        let first: Vec<usize> = judged.iter().map(|&idx| self.first[idx]).collect();
        let parted = held_out(&songs, &first, share, seed);
        let away: BTreeSet<&str> = parted.held_out.iter().map(|&place| songs[place]).collect();
        let known = |idx: &usize| self.is_known(*idx);
        Parts {
            training: (0..self.n_rows())
                .filter(|&idx| !away.contains(self.songs[idx].as_str()))
                .filter(known)
                .collect(),
            held_out: parted.held_out.iter().map(|&place| judged[place]).filter(known).collect(),
        }
    }

    /// Numbers of the maps.
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

    /// How many maps.
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
            is_judged: rows.iter().map(|&idx| self.is_judged[idx]).collect(),
        }
    }

    /// The same with these columns only.
    ///
    /// # Errors
    ///
    /// [`ClassifierError::MissingColumn`].
    pub fn select(&self, columns: &[String]) -> Result<Self, ClassifierError> {
        Ok(Self { table: self.table.select(columns)?, ..self.clone() })
    }

    /// How many maps have each label first.
    #[must_use]
    pub fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.labels.len()];
        self.first.iter().for_each(|&label| counts[label] += 1);
        counts
    }

    /// How many songs.
    #[must_use]
    pub fn n_songs(&self) -> usize {
        self.songs.iter().collect::<BTreeSet<_>>().len()
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
        parts = set.clone().with_judged(vec![true, false, false]).unwrap().parts(1.0, 1);
        assert_eq!((parts.training, parts.held_out), (vec![], vec![0]), "all are of one song");
        let one = LabelledTable::new(table, &names(&["a"; 3]), &vec![vec![]; 3], names(&["s"; 3]));
        assert!(matches!(one, Err(ClassifierError::Labels { .. })));
    }
}
