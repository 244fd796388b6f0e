#[cfg(any(test, feature = "train"))]
use super::normal_quantile::normal_quantile;

/// Knots of a feature at most; between two of them the scale is a straight line.
pub(super) const MAX_KNOTS: usize = 65;

/// Ranks are taken as if this share of all maps lay beyond each end, so that an
/// outlier is no further out than three standard deviations.
#[cfg(any(test, feature = "train"))]
const MIN_SHARE: f64 = 1e-3;

/// How one feature is brought to a standard normal distribution: by its rank among
/// the maps that were learnt from. Outliers, units and skew do not matter then.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RankScale {
    /// Numbers of the feature, strictly ascending; none where it had none.
    pub(super) values: Vec<f32>,
    /// What each becomes, ascending.
    pub(super) scaled: Vec<f32>,
}

impl RankScale {
    /// - `values`: of the maps that are learnt from; what is not finite is left out
    #[cfg(any(test, feature = "train"))]
    pub(super) fn fit(values: impl Iterator<Item = f64>) -> Self {
        let mut sorted: Vec<f32> =
            values.map(|value| value as f32).filter(|value| value.is_finite()).collect();
        sorted.sort_by(f32::total_cmp);
        let n = sorted.len() as f64;
        let mut knots: Vec<(f32, f64)> = Vec::new();
        let mut n_before = 0;
        for equal in sorted.chunk_by(|a, b| a == b) {
            // Equal numbers share the middle of their ranks.
            let share = (n_before as f64 + 0.5 * equal.len() as f64) / n;
            knots.push((equal[0], share));
            n_before += equal.len();
        }
        let knots = thinned(&knots);
        let z = |share: f64| normal_quantile(share.clamp(MIN_SHARE, 1.0 - MIN_SHARE)) as f32;
        Self {
            values: knots.iter().map(|knot| knot.0).collect(),
            scaled: knots.iter().map(|knot| z(knot.1)).collect(),
        }
    }

    /// The number on the scale; 0, the middle, for a missing one. In `[-3.1, 3.1]`.
    pub(super) fn scale(&self, value: f64) -> f32 {
        let value = value as f32;
        let (Some(&first), Some(&last)) = (self.scaled.first(), self.scaled.last()) else {
            return 0.0;
        };
        if value.is_nan() {
            return 0.0;
        }
        let above = self.values.partition_point(|&knot| knot < value);
        if above == 0 {
            return first;
        }
        if above == self.values.len() {
            return last;
        }
        let (low, high) = (self.values[above - 1], self.values[above]);
        let share = (value - low) / (high - low);
        self.scaled[above - 1] + share * (self.scaled[above] - self.scaled[above - 1])
    }
}

/// Knots whose shares are about evenly spread, the first and the last among them.
#[cfg(any(test, feature = "train"))]
fn thinned(knots: &[(f32, f64)]) -> Vec<(f32, f64)> {
    if knots.len() <= MAX_KNOTS {
        return knots.to_vec();
    }
    let mut kept: Vec<usize> = (0..MAX_KNOTS)
        .map(|idx| {
            let share = idx as f64 / (MAX_KNOTS - 1) as f64;
            knots.partition_point(|knot| knot.1 < share).min(knots.len() - 1)
        })
        .collect();
    kept.dedup();
    kept.into_iter().map(|idx| knots[idx]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skewed_feature_becomes_symmetric() {
        let scale = RankScale::fit((0..1001).map(|idx| f64::from(idx * idx)));
        assert!(scale.values.len() <= MAX_KNOTS);
        let close = |value: f64, expected: f32| (scale.scale(value) - expected).abs() < 0.02;
        assert!(close(500.0 * 500.0, 0.0) && close(841.0 * 841.0, 1.0));
        assert!(close(159.0 * 159.0, -1.0));
        assert!(scale.scale(1e30) < 3.1 && scale.scale(-1e30) > -3.1);
        assert_eq!(scale.scale(f64::NAN), 0.0);
    }

    #[test]
    fn a_feature_without_numbers_and_a_constant_one_say_nothing() {
        assert_eq!(RankScale::fit(std::iter::empty()).scale(3.0), 0.0);
        let constant = RankScale::fit([7.0; 9].into_iter());
        assert_eq!([0.0, 7.0, 9.0].map(|value| constant.scale(value)), [0.0; 3]);
    }

    #[test]
    fn the_scale_never_falls() {
        let scale = RankScale::fit((0..500).map(|idx| f64::from(idx % 37)));
        let scaled: Vec<f32> = (-10..500).map(|idx| scale.scale(f64::from(idx) * 0.1)).collect();
        assert!(scaled.is_sorted());
    }
}
