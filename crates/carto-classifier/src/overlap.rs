use serde::{Deserialize, Serialize};

use super::LabelledTable;

/// How far people agree on labels: a bound on what any classifier can reach that
/// gives one answer where only one counts as right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LabelOverlap {
    /// Maps.
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
    /// Pairs that are kept.
    const MAX_PAIRS: usize = 10;

    /// Counts overlaps.
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
