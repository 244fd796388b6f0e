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

/// The number below which a share of the standard normal distribution lies.
///
/// - `share`: in `(0, 1)`; what lies outside gives the value of 1e-12 or of 1 - 1e-12
/// - returns: relative error below 1.2e-9
///
/// # Source
///
/// P. J. Acklam, "An algorithm for computing the inverse normal cumulative
/// distribution function", 2003.
#[cfg(any(test, feature = "train"))]
fn normal_quantile(share: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const B: [f64; 6] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
        1.0,
    ];
    const C: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 5] = [
        7.784_695_709_041_462e-3,
        3.224_671_290_700_398e-1,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
        1.0,
    ];
    /// From here to the middle the central approximation holds.
    const TAIL: f64 = 0.024_25;

    let share = share.clamp(1e-12, 1.0 - 1e-12);
    let tail = |share: f64| {
        let q = (-2.0 * libm::log(share)).sqrt();
        polynomial(&C, q) / polynomial(&D, q)
    };
    if share < TAIL {
        tail(share)
    } else if share > 1.0 - TAIL {
        -tail(1.0 - share)
    } else {
        let q = share - 0.5;
        let r = q * q;
        polynomial(&A, r) * q / polynomial(&B, r)
    }
}

/// - `factors`: of the highest power first
#[cfg(any(test, feature = "train"))]
fn polynomial(factors: &[f64], x: f64) -> f64 {
    factors.iter().fold(0.0, |sum, factor| sum * x + factor)
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

    #[test]
    fn well_known_quantiles() {
        for (share, expected) in
            [(0.5, 0.0), (0.975, 1.959_963_985), (0.001, -3.090_232_306), (0.84, 0.994_457_883)]
        {
            assert!((normal_quantile(share) - expected).abs() < 1e-8, "{share}");
        }
        assert!(normal_quantile(0.0).is_finite() && normal_quantile(1.0).is_finite());
    }
}
