/// The chance of at least `n_hits` in `n_trials` with `chance` each: the
/// one-sided exact binomial test.
///
/// Plain arithmetic, so that it is the same everywhere: the first term as a
/// product that never overflows, each next one from the one before it.
///
/// - `chance`: in `(0, 1)`
/// - returns: in `[0, 1]`; 1 without trials or hits
#[must_use]
pub fn binomial_tail(n_hits: u32, n_trials: u32, chance: f64) -> f64 {
    if n_hits == 0 {
        return 1.0;
    }
    if n_hits > n_trials {
        return 0.0;
    }
    let odds = chance / (1.0 - chance);
    let mut sum = 0.0;
    // The smaller tail is summed, from its largest term outwards.
    if f64::from(n_hits) > f64::from(n_trials) * chance {
        let mut term = term(n_hits, n_trials, chance);
        for hits in n_hits..=n_trials {
            sum += term;
            term *= f64::from(n_trials - hits) / f64::from(hits + 1) * odds;
        }
        sum.min(1.0)
    } else {
        let mut term = term(n_hits - 1, n_trials, chance);
        for hits in (0..n_hits).rev() {
            sum += term;
            term *= f64::from(hits) / f64::from(n_trials - hits + 1) / odds;
        }
        (1.0 - sum).max(0.0)
    }
}

/// The chance of exactly `n_hits`.
fn term(n_hits: u32, n_trials: u32, chance: f64) -> f64 {
    let n_misses = n_trials - n_hits;
    let (mut term, mut misses_left) = (1.0, n_misses);
    for hit in 1..=n_hits {
        term *= f64::from(n_misses + hit) / f64::from(hit) * chance;
        // Misses shrink the product: they come in whenever it has grown.
        while term > 1.0 && misses_left > 0 {
            term *= 1.0 - chance;
            misses_left -= 1;
        }
    }
    for _ in 0..misses_left {
        term *= 1.0 - chance;
    }
    term
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_trials_match_counting_by_hand() {
        assert_eq!(binomial_tail(2, 2, 0.5), 0.25);
        assert_eq!(binomial_tail(1, 2, 0.5), 0.75);
        assert_eq!(binomial_tail(1, 2, 0.25), 1.0 - 0.75 * 0.75);
        assert_eq!(binomial_tail(0, 5, 0.5), 1.0);
        assert_eq!(binomial_tail(0, 0, 0.5), 1.0);
        assert_eq!(binomial_tail(3, 2, 0.5), 0.0);
    }

    #[test]
    fn every_tail_matches_the_sum_of_whole_numbers() {
        // With chance 1/2 the tail is a count of subsets over 2^n, exact in u64.
        for n in 1..=40_u32 {
            let choose =
                |k: u32| (0..k).fold(1_u64, |c, i| c * u64::from(n - i) / u64::from(i + 1));
            for k in 0..=n {
                let n_subsets: u64 = (k..=n).map(choose).sum();
                let expected = n_subsets as f64 / (1_u64 << n) as f64;
                let actual = binomial_tail(k, n, 0.5);
                assert!((actual - expected).abs() < 1e-14, "{k} of {n}: {actual}, {expected}");
            }
        }
    }

    #[test]
    fn thousands_of_trials_neither_vanish_nor_overflow() {
        assert!((binomial_tail(2_500, 5_000, 0.5) - 0.505_641_9).abs() < 1e-6);
        assert!((binomial_tail(1, 5_000, 0.25) - 1.0).abs() < 1e-12);
        assert!(binomial_tail(2_700, 5_000, 0.5) < 1e-7);
    }
}
