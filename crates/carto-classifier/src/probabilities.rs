/// How probable each label is for each map; those of a map sum to one.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelProbabilities {
    n_labels: usize,
    /// `[n_rows, n_labels]`, row-major.
    values: Vec<f64>,
}

impl LabelProbabilities {
    /// - `values`: `[n_rows, n_labels]`, row-major
    pub(super) fn new(n_labels: usize, values: Vec<f64>) -> Self {
        Self { n_labels, values }
    }

    /// Number of labels.
    #[must_use]
    pub fn n_labels(&self) -> usize {
        self.n_labels
    }

    /// Number of maps.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.values.len() / self.n_labels.max(1)
    }

    /// The probabilities of each map in turn, `[n_labels]` in the order of the labels.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[f64]> + Clone {
        self.values.chunks_exact(self.n_labels.max(1))
    }

    /// Labels of one map by falling probability; of equal ones the first comes first.
    #[must_use]
    pub fn ranking(row: &[f64]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..row.len()).collect();
        order.sort_by(|&a, &b| row[b].total_cmp(&row[a]));
        order
    }

    /// Some of the maps, in the order of `rows`; places beyond the last are left out.
    #[must_use]
    pub fn subset(&self, rows: &[usize]) -> Self {
        let found = rows.iter().filter_map(|&idx| self.rows().nth(idx));
        Self { n_labels: self.n_labels, values: found.flatten().copied().collect() }
    }
}

/// What a probability is taken to be at least, where its logarithm is needed.
pub(super) const SMALLEST: f64 = 1e-12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_probabilities_keep_their_order() {
        assert_eq!(LabelProbabilities::ranking(&[0.2, 0.5, 0.2]), [1, 0, 2]);
    }

    #[test]
    fn some_of_the_maps() {
        let two = LabelProbabilities::new(2, vec![0.9, 0.1, 0.5, 0.5]);
        assert_eq!(two.subset(&[1, 7]), LabelProbabilities::new(2, vec![0.5, 0.5]));
    }
}
