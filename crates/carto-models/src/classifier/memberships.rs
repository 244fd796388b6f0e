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

    /// Memberships after calibration: each to the power of `1 / temperature`, summing
    /// to one again. Above 1 they come closer together, below they spread.
    #[must_use]
    pub fn tempered(&self, temperature: f64) -> Self {
        let values = self.rows().flat_map(|row| tempered(row, temperature)).collect();
        Self { n_labels: self.n_labels, values }
    }

    /// Some of the maps, in the order of `rows`, which are not checked to be there.
    #[must_use]
    pub fn subset(&self, rows: &[usize]) -> Self {
        let found = rows.iter().filter_map(|&idx| self.rows().nth(idx));
        Self { n_labels: self.n_labels, values: found.flatten().copied().collect() }
    }
}

/// What a membership is taken to be at least, where its logarithm is needed.
pub(super) const SMALLEST: f64 = 1e-12;

pub(super) fn tempered(row: &[f64], temperature: f64) -> Vec<f64> {
    let powers: Vec<f64> =
        row.iter().map(|&share| libm::exp(libm::log(share.max(SMALLEST)) / temperature)).collect();
    let sum: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_high_temperature_brings_memberships_closer() {
        let sharp = Memberships::new(2, vec![0.9, 0.1]);
        let soft = sharp.tempered(2.0);
        let row = soft.rows().next().unwrap();
        assert!((row[0] - 0.75).abs() < 1e-9 && (row[1] - 0.25).abs() < 1e-9);
        assert_eq!(Memberships::ranking(&[0.2, 0.5, 0.2]), [1, 0, 2]);
    }
}
