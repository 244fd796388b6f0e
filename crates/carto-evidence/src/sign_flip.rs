//! The sign-flip test of a mean over songs, and the correction for several tests.

/// The most songs of which all signs are counted: two halves of 2^20 sums.
pub(crate) const MOST_SONGS: usize = 40;

/// Sums this much smaller than the observed one count as equal to it: they are rounded.
const ROUNDING: f64 = 1e-9;

/// The two-sided p-value of the mean of `values` being 0: the share of all `2^n` choices of
/// signs whose sum is at least as far from 0 as that of the values.
///
/// It is exact, and found from the sorted sums of two halves of the values: for each sum of
/// the one, a pointer moves through those of the other, O(2^(n/2)).
///
/// - `values`: one a song
/// - returns: in `(0, 1]`; `None` with fewer than 2 values or more than 40, or where a sum is
///   not finite
#[must_use]
pub fn sign_flip_p(values: &[f64]) -> Option<f64> {
    let is_finite = values.iter().all(|value| value.is_finite());
    if !is_finite || !(2..=MOST_SONGS).contains(&values.len()) {
        return None;
    }
    let half = |parity| signed_sums(values.iter().skip(parity).step_by(2).copied());
    let (first, second) = (half(0), half(1));
    let greatest = first.last()? + second.last()?;
    if !greatest.is_finite() {
        return None;
    }
    let observed = values.iter().sum::<f64>().abs() - ROUNDING;
    if observed <= 0.0 {
        return Some(1.0);
    }
    // With every choice of signs there is the opposite one, so one tail is counted.
    let (mut n_above, mut from) = (0_u64, second.len());
    for sum in first {
        while from > 0 && second[from - 1] >= observed - sum {
            from -= 1;
        }
        n_above += (second.len() - from) as u64;
    }
    let n_choices = (1_u64 << values.len()) as f64;
    Some((2.0 * n_above as f64 / n_choices).min(1.0))
}

/// The sums of all choices of signs, ascending: `[2^n]`.
fn signed_sums(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sums = vec![0.0];
    for value in values {
        let size = value.abs();
        // Both lists are sorted, so they are merged instead of sorted again.
        let (mut low, mut high) = (0, 0);
        let mut next = Vec::with_capacity(2 * sums.len());
        while low < sums.len() {
            if sums[low] - size <= sums[high] + size {
                next.push(sums[low] - size);
                low += 1;
            } else {
                next.push(sums[high] + size);
                high += 1;
            }
        }
        next.extend(sums[high..].iter().map(|sum| sum + size));
        sums = next;
    }
    sums
}

/// P-values corrected for their number: the share of false findings among those at least as
/// small, after Benjamini and Hochberg.
///
/// - `p_values`: those of one table; `None` does not count
/// - returns: in the order given, `min(p_(j) n / j)` over the `j` from a value's rank on, at
///   most 1
#[must_use]
pub fn benjamini_hochberg(p_values: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut known: Vec<(usize, f64)> =
        p_values.iter().enumerate().filter_map(|(idx, p)| p.map(|p| (idx, p))).collect();
    known.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut corrected = vec![None; p_values.len()];
    let (n, mut least) = (known.len() as f64, 1.0_f64);
    for (place, &(idx, p)) in known.iter().enumerate().rev() {
        least = least.min(p * (n / (place + 1) as f64));
        corrected[idx] = Some(least);
    }
    corrected
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All signs one by one.
    fn slow_sign_flip(values: &[f64]) -> f64 {
        let observed = values.iter().sum::<f64>().abs() - ROUNDING;
        let n_choices = 1_u32 << values.len();
        let sum = |choice: u32| -> f64 {
            let sign = |idx: usize| if choice >> idx & 1 == 1 { 1.0 } else { -1.0 };
            values.iter().enumerate().map(|(idx, value)| sign(idx) * value).sum()
        };
        let n = (0..n_choices).filter(|&choice| sum(choice).abs() >= observed).count();
        n as f64 / f64::from(n_choices)
    }

    #[test]
    fn forty_songs_are_counted_and_no_more() {
        let forty = sign_flip_p(&[0.1; 40]).unwrap();
        assert_eq!(forty, 2.0 / (1_u64 << 40) as f64);
        let ramp: Vec<f64> = (1..=40).map(f64::from).collect();
        assert_eq!(sign_flip_p(&ramp).unwrap(), 2.0 / (1_u64 << 40) as f64);
        assert_eq!(sign_flip_p(&[0.1; 41]), None);
        assert_eq!(sign_flip_p(&[0.1]), None);
        assert_eq!(sign_flip_p(&[]), None);
        assert_eq!(sign_flip_p(&[f64::NAN, 1.0]), None);
        assert_eq!(sign_flip_p(&[f64::MAX, f64::MAX]), None);
    }

    #[test]
    fn missing_tests_do_not_count_for_the_correction() {
        assert_eq!(benjamini_hochberg(&[]), []);
        assert_eq!(benjamini_hochberg(&[None, Some(0.02)]), [None, Some(0.02)]);
    }

    proptest! {
        #[test]
        fn two_halves_count_what_all_signs_count(
            // Eighths are summed without rounding, and give many equal sums.
            values in prop::collection::vec((-16..16_i32).prop_map(|n| f64::from(n) / 8.0), 2..=12),
        ) {
            prop_assert_eq!(sign_flip_p(&values), Some(slow_sign_flip(&values)));
        }

        #[test]
        fn any_numbers_are_counted_alike(values in prop::collection::vec(-1.0..1.0_f64, 2..=12)) {
            prop_assert_eq!(sign_flip_p(&values), Some(slow_sign_flip(&values)));
        }

        #[test]
        fn the_correction_is_the_direct_one_and_keeps_the_order(
            p_values in prop::collection::vec(prop::option::of(0.0..=1.0_f64), 0..40),
        ) {
            let corrected = benjamini_hochberg(&p_values);
            let mut known: Vec<f64> = p_values.iter().copied().flatten().collect();
            known.sort_by(f64::total_cmp);
            let n = known.len() as f64;
            for (p, q) in p_values.iter().zip(&corrected) {
                let Some(p) = p else {
                    prop_assert_eq!(*q, None);
                    continue;
                };
                // Over all that are at least as large, each with the last rank of its equals.
                let rank = |p: f64| known.iter().filter(|&&other| other <= p).count() as f64;
                let direct = known
                    .iter()
                    .filter(|&&other| other >= *p)
                    .map(|&other| other * n / rank(other))
                    .fold(1.0, f64::min);
                let q = q.unwrap();
                prop_assert!((q - direct).abs() < 1e-12 && q >= *p && q <= 1.0, "{q} {direct}");
            }
            for (p, q) in p_values.iter().zip(&corrected) {
                for (other_p, other_q) in p_values.iter().zip(&corrected) {
                    if let (Some(p), Some(other)) = (p, other_p) && p <= other {
                        prop_assert!(q <= other_q);
                    }
                }
            }
        }
    }
}
