//! What is typical of a label: where the middle half of its maps lies in each column.

use serde::{Deserialize, Serialize};

#[cfg(any(test, feature = "train"))]
use super::{LabelledTable, calibration::decimals};

/// First and third quartile of each column among the maps of each label, with six decimals.
///
/// `[n_labels][n_columns]`, in the order of the classifier's labels and columns; `None` where no
/// map of the label has the number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LabelRanges(Vec<Vec<Option<(f64, f64)>>>);

impl LabelRanges {
    /// Quartiles of the maps that have a label, first or beside another.
    #[cfg(any(test, feature = "train"))]
    pub(super) fn of(set: &LabelledTable) -> Self {
        let has = |row: usize, label: usize| {
            set.first()[row] == label || set.also()[row].contains(&label)
        };
        let range = |label: usize, column: usize| {
            let rows = set.table().rows().enumerate().filter(|(row, _)| has(*row, label));
            let mut found: Vec<f64> =
                rows.map(|(_, row)| row[column]).filter(|value| value.is_finite()).collect();
            found.sort_by(f64::total_cmp);
            let last = found.len().checked_sub(1)?;
            // The number at a quarter of the way, or the one before it; the same from the end.
            Some((decimals(found[last / 4], 6), decimals(found[last - last / 4], 6)))
        };
        let n_columns = set.table().columns().len();
        let of_label = |label| (0..n_columns).map(|column| range(label, column)).collect();
        Self((0..set.labels().len()).map(of_label).collect())
    }

    /// First and third quartile of a column among the maps of a label.
    #[must_use]
    pub fn get(&self, label: usize, column: usize) -> Option<(f64, f64)> {
        *self.0.get(label)?.get(column)?
    }

    /// Whether there is a range for each label and column, and each is one.
    pub(super) fn is_valid(&self, n_labels: usize, n_columns: usize) -> bool {
        let is_range = |range: &Option<(f64, f64)>| range.is_none_or(|(low, high)| low <= high);
        self.0.len() == n_labels
            && self.0.iter().all(|row| row.len() == n_columns && row.iter().all(is_range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FeatureTable;

    #[test]
    fn the_middle_half_of_a_label_is_typical_of_it() {
        let columns = ["ar", "bpm"].map(str::to_owned).to_vec();
        let values = (0..10).flat_map(|idx| [f64::from(idx), f64::NAN]).collect();
        let Ok(table) = FeatureTable::new(columns, values) else { unreachable!("it is a table") };
        let first: Vec<String> =
            (0..10).map(|idx| if idx < 9 { "jump" } else { "alt" }.to_owned()).collect();
        let mut also = vec![Vec::new(); 10];
        also[0] = vec!["alt".to_owned()];
        let songs = (0..10).map(|idx| idx.to_string()).collect();
        let Ok(set) = LabelledTable::new(table, &first, &also, songs) else {
            unreachable!("it is labelled")
        };
        let ranges = LabelRanges::of(&set);
        assert_eq!(ranges.get(1, 0), Some((2.0, 6.0)), "0 to 8");
        assert_eq!(ranges.get(0, 0), Some((0.0, 9.0)), "two maps");
        assert_eq!((ranges.get(1, 1), ranges.get(2, 0)), (None, None));
        assert!(ranges.is_valid(2, 2) && !ranges.is_valid(3, 2) && !ranges.is_valid(2, 1));
        assert!(!LabelRanges(vec![vec![Some((2.0, 1.0))]]).is_valid(1, 1));
    }
}
