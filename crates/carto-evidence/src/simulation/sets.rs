use carto_random::SplitMix64;
use carto_types::{AgreementClass, ClassBounds, Verdict};

use crate::over_songs::{half_width, interval_over_songs, verdict};
use crate::song_values::mean;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SimulationRules {
    /// Decides every draw.
    pub seed: u64,
    /// Songs in a set that is judged.
    pub n_songs: u32,
    /// Sets that are drawn of each truth.
    pub n_sets: u32,
}

impl Default for SimulationRules {
    fn default() -> Self {
        Self { seed: 1, n_songs: 30, n_sets: 2000 }
    }
}

/// A seed that belongs to some numbers.
pub(super) fn seed_of(seed: u64, numbers: &[u64]) -> u64 {
    let add = |seed, number: &u64| carto_random::mix(seed ^ carto_random::mix(*number));
    numbers.iter().fold(carto_random::mix(seed), add)
}

/// A share of runs, with what drawing leaves open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// In `[0, 1]`.
    pub value: f64,
    /// Its Monte Carlo error: a standard error.
    pub error: f64,
}

impl Share {
    /// The share of `n_hits` in `n_runs`; 0 without runs.
    #[must_use]
    pub fn of(n_hits: u32, n_runs: u32) -> Self {
        let n = f64::from(n_runs.max(1));
        let value = f64::from(n_hits) / n;
        Self { value, error: (value * (1.0 - value) / n).sqrt() }
    }
}

/// How often sets of pairs get each verdict.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SetShares {
    /// Sets that are said to agree.
    pub agree: Share,
    /// Sets that are said not to agree.
    pub no_agreement: Share,
    /// Sets without a verdict.
    pub undetermined: Share,
}

/// Draws sets of pairs with replacement, each pair as a song of its own, and counts their
/// verdicts.
///
/// - `values`: what may be drawn, one a pair, all of one truth
/// - `n_songs`: two or more
/// - returns: `None` without values
#[must_use]
pub fn shares_of_sets(values: &[f64], seed: u64, n_songs: u32, n_sets: u32) -> Option<SetShares> {
    let (mut n_of, half_width) = ([0; 3], half_width(n_songs)?);
    for set in sets(values, seed, n_songs, n_sets)? {
        match verdict(n_songs, interval_over_songs(&set, half_width)) {
            Verdict::Agree => n_of[0] += 1,
            Verdict::NoAgreement => n_of[1] += 1,
            Verdict::Undetermined => n_of[2] += 1,
        }
    }
    let [agree, no_agreement, undetermined] = n_of.map(|n| Share::of(n, n_sets));
    Some(SetShares { agree, no_agreement, undetermined })
}

/// How often the published rule calls such sets perceptual: where the mean of r is above 0.3.
///
/// - `r`: of each pair, as published
/// - returns: `None` without values
#[must_use]
pub fn called_perceptual(r: &[f64], seed: u64, n_songs: u32, n_sets: u32) -> Option<Share> {
    let is_perceptual =
        |set: &Vec<f64>| ClassBounds::CHANNELS.class_of(mean(set)) == AgreementClass::Perceptual;
    let n = sets(r, seed, n_songs, n_sets)?.filter(is_perceptual).count();
    Some(Share::of(n as u32, n_sets))
}

/// Sets of `n_songs` values, drawn with replacement; `None` without values.
fn sets(
    values: &[f64],
    seed: u64,
    n_songs: u32,
    n_sets: u32,
) -> Option<impl Iterator<Item = Vec<f64>>> {
    let mut random = SplitMix64::new(seed);
    let mut draw = move || values[(random.unit() * values.len() as f64) as usize];
    let set = move |_| (0..n_songs).map(|_| draw()).collect();
    (!values.is_empty()).then(|| (0..n_sets).map(set))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_follow_what_is_drawn() {
        let of = |values: &[f64], n_songs| shares_of_sets(values, 1, n_songs, 200).unwrap();
        assert_eq!(of(&[0.3, 0.4, 0.5], 30).agree, Share { value: 1.0, error: 0.0 });
        assert_eq!(of(&[-0.05, 0.0, 0.05], 30).no_agreement.value, 1.0);
        assert_eq!(of(&[0.3, 0.4, 0.5], 9).undetermined.value, 1.0);
        let some = of(&[0.0, 0.1, 0.2], 30);
        let sum = some.agree.value + some.no_agreement.value + some.undetermined.value;
        assert!(some.undetermined.value > 0.5 && (sum - 1.0).abs() < 1e-12, "{some:?}");
        assert_eq!(shares_of_sets(&[], 1, 30, 200), None);
    }

    #[test]
    fn the_published_rule_looks_at_the_mean_alone() {
        let called = |r: &[f64]| called_perceptual(r, 1, 30, 200).unwrap().value;
        assert_eq!((called(&[0.31, 0.4]), called(&[0.2, 0.29])), (1.0, 0.0));
        let half = called(&[0.2, 0.4]);
        assert!(half > 0.3 && half < 0.7, "{half}");
    }

    #[test]
    fn a_share_has_its_error() {
        let share = Share::of(50, 1000);
        assert_eq!(share.value, 0.05);
        assert!((share.error - (0.05 * 0.95 / 1000.0_f64).sqrt()).abs() < 1e-15);
        assert_eq!(Share::of(0, 0), Share { value: 0.0, error: 0.0 });
    }
}
