//! Statistics over frames and over pairs.
//!
//! Sums run over eight partial sums in index order, then over those in order:
//! one fixed order on every machine, and as many independent additions as
//! vector units like.

use carto_types::ChannelAgreement;

const LANES: usize = 8;

/// The sums of `term(a, b)` over two equally long slices, in float64 and in the
/// fixed order.
#[inline]
pub fn sums<const N: usize, T: Copy + Into<f64>>(
    a: &[T],
    b: &[T],
    term: impl Fn(f64, f64) -> [f64; N],
) -> [f64; N] {
    let mut lanes = [[0.0; LANES]; N];
    let (blocks_a, rest_a) = a.as_chunks::<LANES>();
    let (blocks_b, rest_b) = b.as_chunks::<LANES>();
    for (block_a, block_b) in blocks_a.iter().zip(blocks_b) {
        for lane in 0..LANES {
            let terms = term(block_a[lane].into(), block_b[lane].into());
            for (sum, term) in lanes.iter_mut().zip(terms) {
                sum[lane] += term;
            }
        }
    }
    for (lane, (&a, &b)) in rest_a.iter().zip(rest_b).enumerate() {
        let terms = term(a.into(), b.into());
        for (sum, term) in lanes.iter_mut().zip(terms) {
            sum[lane] += term;
        }
    }
    lanes.map(|lanes| lanes.iter().sum())
}

/// What one series needs to be compared with others, measured once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    mean: f64,
    /// Euclidean norm.
    norm: f64,
    deviation: Option<f64>,
}

impl Moments {
    /// Measures `values`.
    #[must_use]
    pub fn of<T: Copy + Into<f64> + PartialEq>(values: &[T]) -> Self {
        let [sum, squares] = sums(values, values, |value, _| [value, value * value]);
        let mean = if values.is_empty() { 0.0 } else { sum / values.len() as f64 };
        let is_constant = values.iter().all(|value| *value == values[0]);
        let deviation = (!is_constant).then(|| {
            let [squares] = sums(values, values, |value, _| [(value - mean) * (value - mean)]);
            squares.sqrt()
        });
        Self { mean, norm: squares.sqrt(), deviation }
    }

    /// The mean; 0 without values.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Euclidean norm of the differences from the mean; `None` where all
    /// values are equal.
    #[must_use]
    pub fn deviation(&self) -> Option<f64> {
        self.deviation
    }
}

/// Compares two equally long series, with their moments.
///
/// # Source
///
/// `pearson_corr`, `cosine_sim` and `mean_abs_diff` in osu-dreamer-cartography
/// `experiment/run_analysis.py` @ `7ec522b`. There a side counts as constant
/// if its standard deviation is exactly 0; here if all its values are equal,
/// which rounding cannot hide.
#[must_use]
pub fn agreement<T: Copy + Into<f64>>(a: (&[T], Moments), b: (&[T], Moments)) -> ChannelAgreement {
    let ((a, moments_a), (b, moments_b)) = (a, b);
    let n = a.len().min(b.len());
    if n == 0 {
        return ChannelAgreement::default();
    }
    let (mean_a, mean_b) = (moments_a.mean, moments_b.mean);
    let [covariance, product, difference] =
        sums(&a[..n], &b[..n], |a, b| [(a - mean_a) * (b - mean_b), a * b, (a - b).abs()]);
    let pearson = correlation_of(covariance, moments_a, moments_b).unwrap_or(0.0);
    let norms = moments_a.norm * moments_b.norm;
    let cosine = if moments_a.norm == 0.0 || moments_b.norm == 0.0 { 0.0 } else { product / norms };
    ChannelAgreement { pearson, cosine, mean_abs_diff: difference / n as f64 }
}

/// Pearson's correlation of two equally long series, with their moments: that of
/// [`agreement`] alone, and `None` where a side is constant or shorter than two.
#[must_use]
pub fn correlation<T: Copy + Into<f64>>(a: (&[T], Moments), b: (&[T], Moments)) -> Option<f64> {
    let ((a, moments_a), (b, moments_b)) = (a, b);
    let n = a.len().min(b.len());
    let [covariance] = sums(&a[..n], &b[..n], |a, b| [(a - moments_a.mean) * (b - moments_b.mean)]);
    correlation_of(covariance, moments_a, moments_b)
}

fn correlation_of(covariance: f64, a: Moments, b: Moments) -> Option<f64> {
    // One value alone is constant.
    Some((covariance / (a.deviation? * b.deviation?)).clamp(-1.0, 1.0))
}

/// Mean and population standard deviation; `None` without values.
#[must_use]
pub fn mean_and_std(values: &[f64]) -> Option<(f64, f64)> {
    if values.is_empty() {
        return None;
    }
    let n = values.len() as f64;
    let [sum] = sums(values, values, |value, _| [value]);
    let mean = sum / n;
    let [squares] = sums(values, values, |value, _| [(value - mean) * (value - mean)]);
    Some((mean, (squares / n).sqrt()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn between(a: &[f64], b: &[f64]) -> ChannelAgreement {
        agreement((a, Moments::of(a)), (b, Moments::of(b)))
    }

    #[test]
    fn a_constant_side_has_no_correlation() {
        let ascending: Vec<_> = (0..12).map(f64::from).collect();
        assert_eq!(between(&[0.1; 12], &ascending).pearson, 0.0);
        assert_eq!(between(&[1.0], &[2.0]).pearson, 0.0);
        assert_eq!(between(&[0.0; 3], &[1.0; 3]).cosine, 0.0);
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
            let (actual, same) = (between(&a, &b), between(&a, &a));
            prop_assert!((actual.pearson - ab / (aa * bb).sqrt()).abs() < 1e-9);
            let dot: f64 = a.iter().zip(&b).map(|(x, y)| x * y).sum();
            let norm = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>().sqrt();
            prop_assert!((actual.cosine - dot / (norm(&a) * norm(&b))).abs() < 1e-9);
            let diff: f64 = a.iter().zip(&b).map(|(x, y)| (x - y).abs()).sum::<f64>() / n;
            prop_assert!((actual.mean_abs_diff - diff).abs() < 1e-9);
            prop_assert!((same.pearson - 1.0).abs() < 1e-12 && (same.cosine - 1.0).abs() < 1e-12);
            prop_assert_eq!(actual, between(&b, &a));
            let alone = correlation((&a, Moments::of(&a)), (&b, Moments::of(&b)));
            prop_assert_eq!(alone.unwrap_or(0.0), actual.pearson);
            let (mean, std) = mean_and_std(&a).unwrap();
            prop_assert!((mean - mean_a).abs() < 1e-9 && (std - (aa / n).sqrt()).abs() < 1e-9);
        }
    }
}
