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
    /// The share of the found ones that are right, in `[0, 1]`; 1 where none
    /// was found, since none is wrong.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.n_matched, self.n_found)
    }

    /// The share of the expected ones that were found, in `[0, 1]`; 1 where
    /// none was expected.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.n_matched, self.n_expected)
    }

    /// The harmonic mean of precision and recall, in `[0, 1]`:
    /// `2 matched / (found + expected)`; 1 where there are neither.
    #[must_use]
    pub fn f_measure(&self) -> f64 {
        share(2 * self.n_matched, self.n_found + self.n_expected)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
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
///   included; [`ONSET_TOLERANCE_MS`] for the figures that are reported
#[must_use]
pub fn onset_counts(found_ms: &[f64], expected_ms: &[f64], tolerance_ms: f64) -> OnsetCounts {
    let ascending = |times_ms: &[f64]| {
        let mut times_ms = times_ms.to_vec();
        times_ms.sort_by(f64::total_cmp);
        times_ms
    };
    let (found, expected) = (ascending(found_ms), ascending(expected_ms));
    let (mut found_idx, mut expected_idx, mut n_matched) = (0, 0, 0);
    // With one tolerance for all, the earliest two that fit may always be
    // matched: what else either could take, a later one can take as well.
    while let (Some(&a), Some(&b)) = (found.get(found_idx), expected.get(expected_idx)) {
        if (a - b).abs() <= tolerance_ms {
            n_matched += 1;
            found_idx += 1;
            expected_idx += 1;
        } else if a.total_cmp(&b).is_lt() {
            found_idx += 1;
        } else {
            expected_idx += 1;
        }
    }
    OnsetCounts { n_found: found.len(), n_expected: expected.len(), n_matched }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The largest matching, by trying all.
    fn most_matches(found: &[f64], expected: &[f64], tolerance_ms: f64) -> usize {
        let Some((&first, rest)) = found.split_first() else { return 0 };
        let without = most_matches(rest, expected, tolerance_ms);
        let with = (0..expected.len()).filter(|&idx| (first - expected[idx]).abs() <= tolerance_ms);
        let with = with.map(|idx| {
            let mut left = expected.to_vec();
            left.remove(idx);
            1 + most_matches(rest, &left, tolerance_ms)
        });
        with.fold(without, usize::max)
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
        assert_eq!(onset_counts(&[125.001], &[100.0], 25.0).n_matched, 0);
        assert_eq!(onset_counts(&[f64::NAN], &[f64::NAN], 25.0).n_matched, 0);
    }

    #[test]
    fn nothing_found_where_nothing_is_expected_is_right() {
        assert_eq!(onset_counts(&[], &[], 25.0).f_measure(), 1.0);
        assert_eq!(onset_counts(&[], &[1.0], 25.0).f_measure(), 0.0);
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
