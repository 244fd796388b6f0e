//! Statistics over frames and over pairs.
//!
//! Sums run over eight partial sums in index order, then over those in order:
//! one fixed order on every machine, and as many independent additions as
//! vector units like.

const LANES: usize = 8;

/// The sum of `term(idx)` for `idx` below `n`, in the fixed order.
#[inline]
pub(super) fn sum(n: usize, term: impl Fn(usize) -> f64) -> f64 {
    let mut lanes = [0.0; LANES];
    let n_whole = n - n % LANES;
    let mut idx = 0;
    while idx < n_whole {
        for (lane, total) in lanes.iter_mut().enumerate() {
            *total += term(idx + lane);
        }
        idx += LANES;
    }
    for (lane, total) in lanes.iter_mut().enumerate().take(n - n_whole) {
        *total += term(n_whole + lane);
    }
    lanes.iter().sum()
}

/// Pearson's correlation of two equally long slices, in `[-1, 1]`.
///
/// 0 for fewer than two values or where either side is constant.
///
/// # Source
///
/// `pearson_corr` in osu-dreamer-cartography `experiment/run_analysis.py` @
/// `7ec522b`. There a side counts as constant if its standard deviation is
/// exactly 0; here if all its values are equal, which rounding cannot hide.
#[must_use]
pub fn pearson(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len().min(b.len());
    if n < 2 || is_constant(&a[..n]) || is_constant(&b[..n]) {
        return 0.0;
    }
    let (a, b) = (&a[..n], &b[..n]);
    let mean_a = sum(n, |idx| a[idx]) / n as f64;
    let mean_b = sum(n, |idx| b[idx]) / n as f64;
    let var_a = sum(n, |idx| (a[idx] - mean_a) * (a[idx] - mean_a));
    let var_b = sum(n, |idx| (b[idx] - mean_b) * (b[idx] - mean_b));
    let covariance = sum(n, |idx| (a[idx] - mean_a) * (b[idx] - mean_b));
    (covariance / (libm::sqrt(var_a) * libm::sqrt(var_b))).clamp(-1.0, 1.0)
}

fn is_constant(values: &[f64]) -> bool {
    values.iter().all(|&value| value == values[0])
}

/// The cosine of the angle between two vectors; 0 where either is zero.
#[must_use]
pub fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len().min(b.len());
    let (a, b) = (&a[..n], &b[..n]);
    let norm_a = libm::sqrt(sum(n, |idx| a[idx] * a[idx]));
    let norm_b = libm::sqrt(sum(n, |idx| b[idx] * b[idx]));
    if norm_a == 0.0 || norm_b == 0.0 {
        return 0.0;
    }
    sum(n, |idx| a[idx] * b[idx]) / (norm_a * norm_b)
}

/// The mean of `|a - b|`; 0 for empty slices.
#[must_use]
pub fn mean_abs_diff(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len().min(b.len());
    if n == 0 {
        return 0.0;
    }
    sum(n, |idx| (a[idx] - b[idx]).abs()) / n as f64
}

/// Mean and population standard deviation; `None` without values.
#[must_use]
pub fn mean_and_std(values: &[f64]) -> Option<(f64, f64)> {
    if values.is_empty() {
        return None;
    }
    let n = values.len() as f64;
    let mean = sum(values.len(), |idx| values[idx]) / n;
    let variance = sum(values.len(), |idx| (values[idx] - mean) * (values[idx] - mean)) / n;
    Some((mean, libm::sqrt(variance)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_constant_side_has_no_correlation() {
        assert_eq!(pearson(&[0.1; 12], &(0..12).map(f64::from).collect::<Vec<_>>()), 0.0);
        assert_eq!(pearson(&[1.0], &[2.0]), 0.0);
        assert_eq!(cosine(&[0.0; 3], &[1.0; 3]), 0.0);
    }

    proptest! {
        #[test]
        fn statistics_match_their_definitions(
            pairs in prop::collection::vec((-1e3..1e3_f64, -1e3..1e3_f64), 2..200),
        ) {
            let (a, b): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
            let n = a.len() as f64;
            let (mean_a, mean_b) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
            let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
            for (x, y) in a.iter().zip(&b) {
                ab += (x - mean_a) * (y - mean_b);
                aa += (x - mean_a) * (x - mean_a);
                bb += (y - mean_b) * (y - mean_b);
            }
            prop_assert!((pearson(&a, &b) - ab / (aa * bb).sqrt()).abs() < 1e-9);
            prop_assert!((pearson(&a, &a) - 1.0).abs() < 1e-12);
            prop_assert!((cosine(&a, &a) - 1.0).abs() < 1e-12);
            prop_assert_eq!(pearson(&a, &b), pearson(&b, &a));
            let (mean, std) = mean_and_std(&a).unwrap();
            prop_assert!((mean - mean_a).abs() < 1e-9 && (std - (aa / n).sqrt()).abs() < 1e-9);
        }
    }
}
