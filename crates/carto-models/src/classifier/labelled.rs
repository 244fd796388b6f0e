use std::collections::{BTreeMap, BTreeSet};

use super::{ClassifierError, FeatureTable};

/// Maps with the labels that people gave them.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledTable {
    table: FeatureTable,
    labels: Vec<String>,
    first: Vec<usize>,
    also: Vec<Vec<usize>>,
    songs: Vec<String>,
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
        Ok(Self { table, labels, first, also, songs })
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
        let one = LabelledTable::new(table, &names(&["a"; 3]), &vec![vec![]; 3], names(&["s"; 3]));
        assert!(matches!(one, Err(ClassifierError::Labels { .. })));
    }
}
