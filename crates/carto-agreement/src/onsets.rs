use std::iter::Sum;
use std::ops::Add;

/// How far a found onset may lie from the one that it stands for, ms. The goal
/// of the encoder is stated at this tolerance; half of MIREX' 50 ms, which
/// would let a note of a fast stream stand for its neighbour.
pub const ONSET_TOLERANCE_MS: f64 = 25.0;

/// Onsets of one map or, added up, of many: the sum's F is the micro average,
/// in which every onset counts the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OnsetCounts {
    /// Decoded.
    pub n_found: usize,
    /// In the map.
    pub n_expected: usize,
    /// Pairs of both, each used once.
    pub n_matched: usize,
}

impl OnsetCounts {
    /// The share of the found ones that are right, in `[0, 1]`; 0 where none
    /// was found.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.n_matched, self.n_found)
    }

    /// The share of the expected ones that were found, in `[0, 1]`; 0 where
    /// none was expected.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.n_matched, self.n_expected)
    }

    /// The harmonic mean of precision and recall, in `[0, 1]`:
    /// `2 matched / (found + expected)`; 0 where there are neither, as in mir_eval.
    #[must_use]
    pub fn f_measure(&self) -> f64 {
        share(2 * self.n_matched, self.n_found + self.n_expected)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl Add for OnsetCounts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            n_found: self.n_found + other.n_found,
            n_expected: self.n_expected + other.n_expected,
            n_matched: self.n_matched + other.n_matched,
        }
    }
}

impl Sum for OnsetCounts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), Add::add)
    }
}

/// Matches found onsets with expected ones, one to one, as many as possible.
///
/// # Shapes and units
///
/// - `found_ms`, `expected_ms`: any length and order, ms; two onsets at one time
///   are two. NaN matches nothing.
/// - `tolerance_ms`: the largest `|found - expected|` of a match, itself
///   included; [`ONSET_TOLERANCE_MS`] for the figures of an encoder
///
/// # Source
///
/// `onset.f_measure` and `util.match_events` of mir_eval 0.8.2, found as estimate,
/// expected as reference: onsets are compared in float64 *seconds*, so that of onsets
/// exactly the tolerance apart some match and others do not.
#[must_use]
pub fn onset_counts(found_ms: &[f64], expected_ms: &[f64], tolerance_ms: f64) -> OnsetCounts {
    let (found, expected) = (ascending_seconds(found_ms), ascending_seconds(expected_ms));
    let n_matched = n_matched(&found, &expected, tolerance_ms / 1000.0);
    OnsetCounts { n_found: found.len(), n_expected: expected.len(), n_matched }
}

/// The share of onsets that have another map's within a tolerance, each of which may
/// stand for several; `None` without onsets.
///
/// Units and comparisons are those of [`onset_counts`].
#[must_use]
pub fn share_near(onsets_ms: &[f64], others_ms: &[f64], tolerance_ms: f64) -> Option<f64> {
    let (onsets, others) = (ascending_seconds(onsets_ms), ascending_seconds(others_ms));
    let tolerance = tolerance_ms / 1000.0;
    let has_near = |&&onset: &&f64| {
        let first = others.partition_point(|&other| other < onset - tolerance);
        others.get(first).is_some_and(|&other| other <= onset + tolerance)
    };
    let n_near = onsets.iter().filter(has_near).count();
    (!onsets.is_empty()).then(|| share(n_near, onsets.len()))
}

fn ascending_seconds(times_ms: &[f64]) -> Vec<f64> {
    let mut times: Vec<_> = times_ms.iter().map(|time_ms| time_ms / 1000.0).collect();
    times.sort_by(f64::total_cmp);
    times
}

fn n_matched(found: &[f64], expected: &[f64], tolerance: f64) -> usize {
    let (mut found_idx, mut expected_idx, mut n_matched) = (0, 0, 0);
    // With one tolerance for all, the earliest two that fit may always be
    // matched: what else either could take, a later one can take as well.
    while let (Some(&a), Some(&b)) = (found.get(found_idx), expected.get(expected_idx)) {
        if a - tolerance <= b && b <= a + tolerance {
            n_matched += 1;
            found_idx += 1;
            expected_idx += 1;
        } else if a.total_cmp(&b).is_lt() {
            found_idx += 1;
        } else {
            expected_idx += 1;
        }
    }
    n_matched
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The largest matching, by trying all.
    fn most_matches(found: &[f64], expected: &[f64], tolerance_ms: f64) -> usize {
        let Some((&first, rest)) = found.split_first() else { return 0 };
        let without = most_matches(rest, expected, tolerance_ms);
        let with = (0..expected.len()).filter(|&idx| is_near(first, expected[idx], tolerance_ms));
        let with = with.map(|idx| {
            let mut left = expected.to_vec();
            left.remove(idx);
            1 + most_matches(rest, &left, tolerance_ms)
        });
        with.fold(without, usize::max)
    }

    fn is_near(a_ms: f64, b_ms: f64, tolerance_ms: f64) -> bool {
        let (a, b, tolerance) = (a_ms / 1000.0, b_ms / 1000.0, tolerance_ms / 1000.0);
        a - tolerance <= b && b <= a + tolerance
    }

    #[test]
    fn an_onset_stands_for_one_other_only() {
        let counts = onset_counts(&[100.0, 110.0, 300.0], &[105.0, 400.0], ONSET_TOLERANCE_MS);
        assert_eq!(counts, OnsetCounts { n_found: 3, n_expected: 2, n_matched: 1 });
        assert_eq!((counts.precision(), counts.recall()), (1.0 / 3.0, 0.5));
        assert_eq!(counts.f_measure(), 0.4);
    }

    #[test]
    fn the_tolerance_itself_is_within() {
        assert_eq!(onset_counts(&[125.0], &[100.0], 25.0).n_matched, 1);
        // Of 50 ms in seconds some are longer than 0.05 and others are not.
        let apart = |start_ms: f64| onset_counts(&[start_ms + 50.0], &[start_ms], 50.0).n_matched;
        let n_apart = (0..180).map(|idx| apart(f64::from(100 + 333 * idx))).sum::<usize>();
        assert_eq!(n_apart, 142, "of 180: mir_eval 0.8.2 has F = 0.789");
        assert_eq!(onset_counts(&[125.001], &[100.0], 25.0).n_matched, 0);
        assert_eq!(onset_counts(&[f64::NAN], &[f64::NAN], 25.0).n_matched, 0);
    }

    #[test]
    fn without_onsets_nothing_agrees() {
        for (found, expected) in [(&[][..], &[][..]), (&[], &[1.0]), (&[1.0], &[])] {
            let counts = onset_counts(found, expected, 25.0);
            let figures = [counts.f_measure(), counts.precision(), counts.recall()];
            assert_eq!(figures, [0.0; 3], "{found:?} {expected:?}");
        }
        assert_eq!(share_near(&[], &[1.0], 1.0), None);
        assert_eq!(share_near(&[1.0, 4.0], &[2.0, 2.0], 1.0), Some(0.5));
    }

    #[test]
    fn every_onset_counts_the_same_in_a_sum() {
        let maps = [(1, 1, 1), (10, 30, 10)];
        let maps = maps.map(|(n_found, n_expected, n_matched)| OnsetCounts {
            n_found,
            n_expected,
            n_matched,
        });
        let sum: OnsetCounts = maps.into_iter().sum();
        assert_eq!(sum.f_measure(), 22.0 / 42.0);
    }

    proptest! {
        #[test]
        fn no_other_matching_has_more(
            found in prop::collection::vec(0..120_u8, 0..6),
            expected in prop::collection::vec(0..120_u8, 0..6),
        ) {
            let [found, expected] = [found, expected]
                .map(|times| times.into_iter().map(f64::from).collect::<Vec<_>>());
            let n_matched = onset_counts(&found, &expected, 25.0).n_matched;
            prop_assert_eq!(n_matched, most_matches(&found, &expected, 25.0));
        }
    }
}
