use super::ClassifierError;

/// Numbers of maps under names: one row a map, one column a feature.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureTable {
    columns: Vec<String>,
    /// `[n_rows, n_columns]`, row-major.
    values: Vec<f64>,
}

impl FeatureTable {
    /// A table of named columns.
    ///
    /// # Shapes
    ///
    /// - `values`: `[n_rows, n_columns]`, row-major; NaN where a map has no number
    ///
    /// # Errors
    ///
    /// [`ClassifierError::Shape`] for values that make no whole rows, or for no
    /// columns; [`ClassifierError::DuplicateColumn`].
    pub fn new(columns: Vec<String>, values: Vec<f64>) -> Result<Self, ClassifierError> {
        if columns.is_empty() || !values.len().is_multiple_of(columns.len()) {
            return Err(ClassifierError::Shape {
                what: "values of a table",
                found: values.len(),
                expected: columns.len(),
            });
        }
        let twice = columns.iter().enumerate().find(|(idx, name)| columns[..*idx].contains(name));
        if let Some((_, name)) = twice {
            return Err(ClassifierError::DuplicateColumn { name: name.clone() });
        }
        Ok(Self { columns, values })
    }

    /// Names of the columns, in the order of the numbers of a row.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Number of maps.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.values.len() / self.columns.len()
    }

    /// The numbers of all maps, one after the other.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[f64]> + Clone {
        self.values.chunks_exact(self.columns.len())
    }

    /// Numbers of one map; `None` beyond the last.
    #[must_use]
    pub fn row(&self, idx: usize) -> Option<&[f64]> {
        self.values.chunks_exact(self.columns.len()).nth(idx)
    }

    /// The same maps with these columns only, in this order.
    ///
    /// # Errors
    ///
    /// [`ClassifierError::MissingColumn`] for the first that is not there.
    pub fn select(&self, columns: &[String]) -> Result<Self, ClassifierError> {
        let place = |name: &String| {
            let found = self.columns.iter().position(|column| column == name);
            found.ok_or_else(|| ClassifierError::MissingColumn { name: name.clone() })
        };
        let places = columns.iter().map(place).collect::<Result<Vec<_>, _>>()?;
        let values = self.rows().flat_map(|row| places.iter().map(|&place| row[place])).collect();
        Self::new(columns.to_vec(), values)
    }

    /// Some of the maps, in the order of `rows`; places beyond the last are left out.
    #[must_use]
    pub fn subset(&self, rows: &[usize]) -> Self {
        let found = rows.iter().filter_map(|&idx| self.row(idx));
        Self { columns: self.columns.clone(), values: found.flatten().copied().collect() }
    }

    /// The same maps, with the numbers of one column given out anew.
    ///
    /// - `order`: `[n_rows]`, whose number each map gets
    pub(super) fn permuted(&self, column: usize, order: &[usize]) -> Self {
        let mut permuted = self.clone();
        let n_columns = self.columns.len();
        for (idx, &from) in order.iter().enumerate() {
            permuted.values[idx * n_columns + column] = self.values[from * n_columns + column];
        }
        permuted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn columns_are_found_by_name() {
        let table = FeatureTable::new(names(&["a", "b"]), vec![1.0, 2.0, 3.0, 4.0]).unwrap();
        let swapped = table.select(&names(&["b", "a"])).unwrap();
        assert_eq!(swapped.row(1), Some([4.0, 3.0].as_slice()));
        assert_eq!(table.subset(&[1]).row(0), Some([3.0, 4.0].as_slice()));
        let missing = table.select(&names(&["c"])).unwrap_err();
        assert_eq!(missing, ClassifierError::MissingColumn { name: "c".to_owned() });
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(FeatureTable::new(names(&["a", "b"]), vec![1.0]).is_err());
        assert!(FeatureTable::new(names(&["a", "a"]), vec![1.0, 2.0]).is_err());
        assert!(FeatureTable::new(Vec::new(), Vec::new()).is_err());
    }
}
