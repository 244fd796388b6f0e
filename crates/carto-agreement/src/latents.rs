use carto_types::{LatentAgreement, LatentPairAgreement};

use crate::{Moments, agreement, mean_and_std};

/// About how many columns enter the full cosine (`run_analysis.py:702`).
const COSINE_COLUMNS: usize = 100;

/// One map's latents, borrowed.
///
/// # Shapes
///
/// `[n_dims, n_latents]`, dimension by dimension, float32 as the encoder gives
/// them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Latents<'a> {
    values: &'a [f32],
    n_latents: usize,
}

impl<'a> Latents<'a> {
    /// `None` unless `values` are `n_dims` dimensions of one length, which is
    /// not 0.
    #[must_use]
    pub fn new(values: &'a [f32], n_dims: usize) -> Option<Self> {
        let n_latents = values.len().checked_div(n_dims)?;
        let is_whole = n_latents > 0 && n_latents * n_dims == values.len();
        is_whole.then_some(Self { values, n_latents })
    }

    /// How many columns there are.
    #[must_use]
    pub fn n_latents(&self) -> usize {
        self.n_latents
    }

    /// Dimensions in order, each `[n_latents]`.
    pub fn dims(&self) -> impl ExactSizeIterator<Item = &'a [f32]> + use<'a> {
        self.values.chunks_exact(self.n_latents)
    }
}

/// Latents with what their comparisons share, measured once.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasuredLatents<'a> {
    /// Each `[n_columns]`.
    dims: Vec<(&'a [f32], Moments)>,
    n_columns: usize,
    /// Norm of each column that enters the full cosine.
    column_norms: Vec<f64>,
}

impl<'a> MeasuredLatents<'a> {
    /// Measures the first `n_columns` columns, or all there are.
    #[must_use]
    pub fn new(latents: Latents<'a>, n_columns: usize) -> Self {
        let n_columns = n_columns.min(latents.n_latents());
        let dims = latents.dims().map(|dim| (&dim[..n_columns], Moments::of(&dim[..n_columns])));
        let mut measured = Self { dims: dims.collect(), n_columns, column_norms: Vec::new() };
        measured.column_norms = column_products(&measured, &measured).map(f64::sqrt).collect();
        measured
    }

    /// The mean of each dimension, `[n_dims]`.
    #[must_use]
    pub fn means(&self) -> Vec<f64> {
        self.dims.iter().map(|(_, moments)| moments.mean()).collect()
    }
}

/// Compares two latents of one number of dimensions, measured over the same
/// number of columns.
///
/// # Source
///
/// `step6_track_b` in osu-dreamer-cartography `experiment/run_analysis.py` @
/// `7ec522b`. There cosines and means run in float32; here all is float64.
#[must_use]
pub fn compare_latents(a: &MeasuredLatents<'_>, b: &MeasuredLatents<'_>) -> LatentPairAgreement {
    let dims = agreement_of_dims(a, b);
    let (mut sum, mut n_columns) = (0.0, 0.0);
    let norms = a.column_norms.iter().zip(&b.column_norms);
    for (product, (&norm_a, &norm_b)) in column_products(a, b).zip(norms) {
        if norm_a != 0.0 && norm_b != 0.0 {
            sum += product / (norm_a * norm_b);
        }
        n_columns += 1.0;
    }
    let full_cosine = if n_columns > 0.0 { sum / n_columns } else { 0.0 };
    LatentPairAgreement { dims, full_cosine }
}

/// The part of [`compare_latents`] that looks at one dimension at a time.
#[must_use]
pub fn agreement_of_dims(a: &MeasuredLatents<'_>, b: &MeasuredLatents<'_>) -> Vec<LatentAgreement> {
    a.dims.iter().zip(&b.dims).map(|(&a, &b)| agreement(a, b).into()).collect()
}

/// The dot products of the sampled columns.
fn column_products(a: &MeasuredLatents<'_>, b: &MeasuredLatents<'_>) -> impl Iterator<Item = f64> {
    let n_columns = a.n_columns.min(b.n_columns);
    let step = (n_columns / COSINE_COLUMNS).max(1);
    (0..n_columns).step_by(step).map(move |idx| {
        let products = a.dims.iter().zip(&b.dims);
        products.map(|((a, _), (b, _))| f64::from(a[idx]) * f64::from(b[idx])).sum()
    })
}

/// How far the creators of one song lie apart: for each dimension the
/// population variance of their means.
///
/// - `creator_means`: `[n_creators][n_dims]`
/// - returns: `[n_dims]`; `None` below two creators
///
/// # Source
///
/// `run_analysis.py:706-714` @ `7ec522b`.
#[must_use]
pub fn between_var(creator_means: &[Vec<f64>]) -> Option<Vec<f64>> {
    let n_dims = creator_means.first()?.len();
    if creator_means.len() < 2 {
        return None;
    }
    let variance = |dim: usize| {
        let of_dim = creator_means.iter().filter_map(|means| means.get(dim).copied());
        let means: Vec<f64> = of_dim.collect();
        mean_and_std(&means).map_or(0.0, |(_, std)| std * std)
    };
    Some((0..n_dims).map(variance).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latents_that_are_no_matrix_are_refused() {
        assert!(Latents::new(&[1.0; 6], 3).is_some());
        for n_dims in [0, 4, 7] {
            assert_eq!(Latents::new(&[1.0; 6], n_dims), None, "{n_dims}");
        }
        assert_eq!(Latents::new(&[], 3), None);
    }

    #[test]
    fn the_full_cosine_looks_at_every_second_of_two_hundred_columns() {
        // Two dimensions: equal in even columns, opposite in odd ones.
        let a: Vec<f32> = vec![1.0; 400];
        let b: Vec<f32> = (0..400).map(|idx| if idx % 2 == 0 { 1.0 } else { -1.0 }).collect();
        let of =
            |values, n_columns| MeasuredLatents::new(Latents::new(values, 2).unwrap(), n_columns);
        let cosine = |n_columns| compare_latents(&of(&a, n_columns), &of(&b, n_columns));
        assert!((cosine(200).full_cosine - 1.0).abs() < 1e-12);
        assert!(cosine(198).full_cosine.abs() < 1e-12);
        assert_eq!(cosine(200).dims[0].pearson, 0.0, "a constant side");
    }

    #[test]
    fn creators_are_as_far_apart_as_their_means() {
        let means = [vec![1.0, 5.0], vec![3.0, 5.0]];
        assert_eq!(between_var(&means), Some(vec![1.0, 0.0]));
        assert_eq!(between_var(&means[..1]), None);
    }
}
