use super::Calibration;

/// How much each map belongs to each label: shares that sum to one.
#[derive(Debug, Clone, PartialEq)]
pub struct Memberships {
    n_labels: usize,
    /// `[n_rows, n_labels]`, row-major.
    values: Vec<f64>,
}

impl Memberships {
    pub(super) fn new(n_labels: usize, values: Vec<f64>) -> Self {
        Self { n_labels, values }
    }

    /// How many labels.
    #[must_use]
    pub fn n_labels(&self) -> usize {
        self.n_labels
    }

    /// How many maps.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.values.len() / self.n_labels.max(1)
    }

    /// Of each map in turn, `[n_labels]` in the order of the labels.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[f64]> + Clone {
        self.values.chunks_exact(self.n_labels.max(1))
    }

    /// Labels of one map by falling membership; of equal ones the first comes first.
    #[must_use]
    pub fn ranking(row: &[f64]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..row.len()).collect();
        order.sort_by(|&a, &b| row[b].total_cmp(&row[a]));
        order
    }

    /// Memberships after calibration.
    #[must_use]
    pub fn calibrated(&self, calibration: Calibration) -> Self {
        let values = self.rows().flat_map(|row| calibration.of(row)).collect();
        Self { n_labels: self.n_labels, values }
    }

    /// Some of the maps, in the order of `rows`; places beyond the last are left out.
    #[must_use]
    pub fn subset(&self, rows: &[usize]) -> Self {
        let found = rows.iter().filter_map(|&idx| self.rows().nth(idx));
        Self { n_labels: self.n_labels, values: found.flatten().copied().collect() }
    }
}

/// What a membership is taken to be at least, where its logarithm is needed.
pub(super) const SMALLEST: f64 = 1e-12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_memberships_keep_their_order() {
        assert_eq!(Memberships::ranking(&[0.2, 0.5, 0.2]), [1, 0, 2]);
    }

    #[test]
    fn some_of_the_maps() {
        let two = Memberships::new(2, vec![0.9, 0.1, 0.5, 0.5]);
        assert_eq!(two.subset(&[1, 7]), Memberships::new(2, vec![0.5, 0.5]));
    }
}
