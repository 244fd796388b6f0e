//! Pearson's r where it says something, and what is known of it from shifted series.

use carto_agreement::{Moments, correlation, mean_and_std};

/// A product of two sums of squares up to this has nothing but rounding in it.
const NO_VARIANCE: f64 = 1e-12;

/// Pearson's r of two equally long series; `None` where a side is constant or not finite.
#[must_use]
pub(crate) fn pearson<T>(a: &[T], b: &[T]) -> Option<f64>
where
    T: Copy + Into<f64> + PartialEq,
{
    let (moments_a, moments_b) = (Moments::of(a), Moments::of(b));
    let norm = moments_a.deviation()? * moments_b.deviation()?;
    let r = correlation((a, moments_a), (b, moments_b));
    r.filter(|r| r.is_finite() && norm > NO_VARIANCE)
}

/// A figure beside the same figure at other shifts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct NullSummary {
    pub(crate) mean: f64,
    /// Population standard deviation.
    pub(crate) sd: f64,
    /// Share of the figures, the true one among them, that are as high as the true one.
    pub(crate) p: f64,
}

impl NullSummary {
    /// Summarises what is found at other shifts; `None` where nothing is.
    #[must_use]
    pub(crate) fn of(r: f64, shifted: &[f64]) -> Option<Self> {
        let (mean, sd) = mean_and_std(shifted)?;
        // What differs by rounding alone is as high.
        let n_as_high = shifted.iter().filter(|&&other| other >= r - 1e-12).count();
        let p = (1 + n_as_high) as f64 / (1 + shifted.len()) as f64;
        Some(Self { mean, sd, p })
    }
}
