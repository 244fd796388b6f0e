//! How many columns without memory say as much of a correlation as columns that are like their
//! neighbours.

use crate::shifts::dot;

/// Correlations with themselves are summed up to a quarter of the columns, and not beyond this many:
/// 27.6 s of the published encoder's.
const MOST_LAGS: usize = 256;

/// The effective size of a sample of two series as a share of it: `1 / (1 + 2 sum of r_a(k) r_b(k))`,
/// with `r(k)` the correlation of a series with itself `k` later.
///
/// Columns of latents overlap in what the encoder sees, and music repeats itself: a correlation of
/// two such series varies as one of fewer independent values would. It describes one pair;
/// intervals are over songs and do not need it. The sum runs over `k` from 1 to a quarter of the
/// columns, at most 256, and counts as 0 where it is negative, so that the share is never above 1.
///
/// - `x`, `y`: `[n]` each
/// - returns: in `(0, 1]`; `None` where a side is constant or not finite
///
/// # Source
///
/// M. S. Bartlett, "On the theoretical specification and sampling properties of autocorrelated
/// time-series", *Supplement to the Journal of the Royal Statistical Society* 8 (1946), 27 to 41.
#[must_use]
pub(crate) fn effective_share(x: &[f64], y: &[f64]) -> Option<f64> {
    let n = x.len().min(y.len());
    let (x, y) = (Deviations::of(&x[..n])?, Deviations::of(&y[..n])?);
    let lags = 1..=(n / 4).min(MOST_LAGS);
    let sum: f64 = lags.map(|lag| x.with_itself(lag) * y.with_itself(lag)).sum();
    Some(1.0 / (1.0 + 2.0 * sum.max(0.0)))
}

/// A series without its mean, and the sum of its squares.
struct Deviations {
    values: Vec<f64>,
    squares: f64,
}

impl Deviations {
    fn of(values: &[f64]) -> Option<Self> {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let values: Vec<f64> = values.iter().map(|value| value - mean).collect();
        let squares = dot(&values, &values);
        (squares.is_finite() && squares > NO_SQUARES).then_some(Self { values, squares })
    }

    /// The correlation with itself so many columns later.
    fn with_itself(&self, lag: usize) -> f64 {
        dot(&self.values[lag..], &self.values[..self.values.len() - lag]) / self.squares
    }
}

/// A sum of squares up to this has nothing but rounding in it.
const NO_SQUARES: f64 = 1e-9;

#[cfg(test)]
mod tests {
    use super::*;

    /// A series in which each value keeps a part of the one before.
    fn series(seed: u64, memory: f64, n: usize) -> Vec<f64> {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut last = 0.0;
        let mut next = || {
            last = memory * last + random.f64() - 0.5;
            last
        };
        (0..n).map(|_| next()).collect()
    }

    #[test]
    fn memory_of_both_series_makes_columns_fewer() {
        let n = 4000;
        let of = |memory_x, memory_y| {
            effective_share(&series(1, memory_x, n), &series(2, memory_y, n)).unwrap()
        };
        // Of memory m and m' it is (1 - m m') / (1 + m m').
        for (x, y) in [(0.9, 0.9), (0.8, 0.5), (0.6, 0.6)] {
            let expected = (1.0 - x * y) / (1.0 + x * y);
            assert!((of(x, y) - expected).abs() < 0.3 * expected, "{x} {y}: {}", of(x, y));
        }
        assert!(of(0.9, 0.0) > 0.7 && of(0.0, 0.0) > 0.8);
        assert!(of(-0.9, 0.9) <= 1.0);
    }

    #[test]
    fn a_constant_side_has_none() {
        assert_eq!(effective_share(&[0.5; 100], &series(1, 0.5, 100)), None);
        assert_eq!(effective_share(&[], &[]), None);
        assert_eq!(effective_share(&[f64::NAN; 9], &series(1, 0.5, 9)), None);
    }
}
