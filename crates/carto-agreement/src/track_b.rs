use super::latents::LatentPairAgreement;
use super::statistics::{SeriesAgreement, mean_and_std};
use super::track_a::{AgreementClass, MeanStd};

/// Where the classes of Track B begin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrackBConfig {
    /// A mean r above this follows the music (`run_analysis.py:741`).
    pub perceptual_above: f64,
    /// A mean r below this is style (`run_analysis.py:743`).
    pub stylistic_below: f64,
}

impl Default for TrackBConfig {
    fn default() -> Self {
        Self { perceptual_above: 0.3, stylistic_below: 0.05 }
    }
}

impl TrackBConfig {
    /// The class of a mean r.
    #[must_use]
    pub fn class_of(&self, pearson_mean: f64) -> AgreementClass {
        AgreementClass::of(pearson_mean, self.stylistic_below, self.perceptual_above)
    }
}

/// One latent over all pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LatentSummary {
    /// Its number, from 0.
    pub dim: usize,
    /// Of Pearson's r.
    pub pearson: MeanStd,
    /// Of the cosine.
    pub cosine: MeanStd,
    /// Mean over songs of the variance between creators.
    pub between_var: f64,
    /// What the mean r says.
    pub class: AgreementClass,
}

/// Agreement per latent over all pairs of all songs.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackB {
    /// By number.
    pub dims: Vec<LatentSummary>,
    /// Numbers by mean r, highest first; of equal ones the lower first.
    pub ranking: Vec<usize>,
    /// Of the full cosine.
    pub full_cosine: MeanStd,
    /// How many pairs.
    pub n_pairs: usize,
}

/// Averages over pairs, and over songs for the variance between creators.
///
/// - `between_vars`: `[n_songs][n_dims]`
///
/// `None` without pairs.
///
/// # Source
///
/// `step6_track_b` in osu-dreamer-cartography `experiment/run_analysis.py` @
/// `7ec522b`.
#[must_use]
pub fn track_b(
    pairs: &[LatentPairAgreement],
    between_vars: &[Vec<f64>],
    config: &TrackBConfig,
) -> Option<TrackB> {
    let full_cosine = MeanStd::of(&pairs.iter().map(|pair| pair.full_cosine).collect::<Vec<_>>())?;
    let n_dims = pairs.first()?.dims.len();
    let mut dims = Vec::with_capacity(n_dims);
    for dim in 0..n_dims {
        let of_pairs = |value: fn(&SeriesAgreement) -> f64| {
            let agreements = pairs.iter().filter_map(|pair| pair.dims.get(dim));
            MeanStd::of(&agreements.map(value).collect::<Vec<_>>())
        };
        let variances: Vec<f64> =
            between_vars.iter().filter_map(|dims| dims.get(dim).copied()).collect();
        let pearson = of_pairs(|agreement| agreement.pearson)?;
        dims.push(LatentSummary {
            dim,
            pearson,
            cosine: of_pairs(|agreement| agreement.cosine)?,
            between_var: mean_and_std(&variances).map_or(0.0, |(mean, _)| mean),
            class: config.class_of(pearson.mean),
        });
    }
    let mut ranking: Vec<usize> = (0..n_dims).collect();
    ranking.sort_by(|&a, &b| dims[b].pearson.mean.total_cmp(&dims[a].pearson.mean));
    Some(TrackB { dims, ranking, full_cosine, n_pairs: pairs.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(pearsons: [f64; 3]) -> LatentPairAgreement {
        let dim = |pearson| SeriesAgreement { pearson, cosine: 0.5, mean_abs_diff: 0.0 };
        LatentPairAgreement { dims: pearsons.map(dim).to_vec(), full_cosine: 0.25 }
    }

    #[test]
    fn latents_rank_by_their_mean_and_keep_their_order_where_equal() {
        let pairs = [pair([0.2, 0.9, 0.2]), pair([0.4, 0.5, 0.4])];
        let track_b = track_b(&pairs, &[vec![1.0; 3], vec![3.0; 3]], &TrackBConfig::default());
        let track_b = track_b.unwrap();
        assert_eq!(track_b.ranking, [1, 0, 2]);
        assert!((track_b.dims[0].pearson.mean - 0.3).abs() < 1e-12);
        assert_eq!(track_b.dims[2].between_var, 2.0);
        assert_eq!((track_b.full_cosine.mean, track_b.n_pairs), (0.25, 2));
    }

    #[test]
    fn both_bounds_are_mixed() {
        let classes = [0.3, 0.31, 0.05, 0.04].map(|r| TrackBConfig::default().class_of(r));
        use AgreementClass::{Mixed, Perceptual, Stylistic};
        assert_eq!(classes, [Mixed, Perceptual, Mixed, Stylistic]);
    }

    #[test]
    fn without_pairs_there_is_no_track() {
        assert_eq!(track_b(&[], &[], &TrackBConfig::default()), None);
    }
}
