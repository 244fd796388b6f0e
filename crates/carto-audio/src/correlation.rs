//! By how much one series lies beside another that is like it.

use crate::onset_strength::HOPS_PER_SECOND;

/// Lags that are tried, hops: 15 s to either side, as for whole beats of timing points.
const MAX_LAG_HOPS: usize = 15 * HOPS_PER_SECOND as usize;

/// Of two stretches so much overlaps at any lag that is tried, hops: 8 s. Chosen: below it rhythms
/// of other songs fit now and then.
const LEAST_OVERLAP_HOPS: usize = 8 * HOPS_PER_SECOND as usize;

/// Lags nearer to the best one than this belong to it, hops: 40 ms, less than a quarter of a beat of
/// any song. Chosen.
const PEAK_HOPS: usize = 8;

/// Two recordings that fit have at least this r. Chosen: the same recording from two encoders had
/// 0.78 to 0.998, other songs and other speeds had 0.2 at their best lag.
const LEAST_R: f64 = 0.6;

/// What the best lag leaves unexplained, `1 - r`, is at most this share of what the second best does.
/// Chosen: so a loop that repeats itself nearly, 0.9, is told from the place itself, 0.96.
const MAX_REST_SHARE: f64 = 0.6;

/// And r leads the second best by at least this; chosen, so that of a loop that repeats itself
/// exactly no place is the one.
const LEAST_LEAD: f64 = 0.02;

/// A variance below this is that of a constant series: of silence, or of one long tone.
const LEAST_VARIANCE: f64 = 1e-9;

/// Products that are summed side by side, in one order on every processor.
const N_LANES: usize = 16;

/// How two series fit at their best lag.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fit {
    /// Added to the places of the second series, hops; between hops by a parabola.
    pub(crate) lag_hops: f64,
    /// Pearson's r there, over what overlaps.
    pub(crate) r: f64,
    /// The highest r at any lag that does not belong to this one.
    pub(crate) second_r: f64,
}

impl Fit {
    /// The best lag of all within 15 s at which at least 8 s overlap; of equal ones the smallest,
    /// then the lesser. `None` where none is tried, and where nothing varies.
    ///
    /// - `a`, `b`: `[n_hops]` each, of one stretch of time
    pub(crate) fn best(a: &[f32], b: &[f32]) -> Option<Self> {
        let n_hops = a.len().min(b.len());
        let max_lag = n_hops.checked_sub(LEAST_OVERLAP_HOPS)?.min(MAX_LAG_HOPS);
        let (a, b) = (Series::of(&a[..n_hops]), Series::of(&b[..n_hops]));
        let lags = -(max_lag as isize)..=max_lag as isize;
        let r: Vec<f64> = lags.map(|lag| a.r(&b, lag)).collect();
        let size = |place: usize| place.abs_diff(max_lag);
        let best = (0..r.len()).max_by(|&one, &other| {
            r[one].total_cmp(&r[other]).then(size(other).cmp(&size(one))).then(other.cmp(&one))
        })?;
        if r[best] <= 0.0 {
            return None;
        }
        let others = (0..r.len()).filter(|place| place.abs_diff(best) > PEAK_HOPS);
        let second_r = others.map(|place| r[place]).fold(0.0, f64::max);
        let before_and_after = best.checked_sub(1).and_then(|it| Some((r[it], *r.get(best + 1)?)));
        let beside = before_and_after.map_or(0.0, |(before, after)| {
            let curve = before - 2.0 * r[best] + after;
            if curve < 0.0 { ((before - after) / (2.0 * curve)).clamp(-0.5, 0.5) } else { 0.0 }
        });
        let lag_hops = best as f64 - max_lag as f64 + beside;
        Some(Self { lag_hops, r: r[best], second_r })
    }

    /// Whether the two are one recording at this lag and at no other.
    pub(crate) fn is_clear(&self) -> bool {
        self.r >= LEAST_R
            && self.r - self.second_r >= LEAST_LEAD
            && 1.0 - self.r <= MAX_REST_SHARE * (1.0 - self.second_r)
    }
}

/// A series less its mean, with the sums of its values and their squares before each place.
struct Series {
    values: Vec<f32>,
    sums: Vec<[f64; 2]>,
}

impl Series {
    fn of(values: &[f32]) -> Self {
        let sum: f64 = values.iter().copied().map(f64::from).sum();
        let mean = (sum / values.len().max(1) as f64) as f32;
        let values: Vec<f32> = values.iter().map(|value| value - mean).collect();
        let mut sums = Vec::with_capacity(values.len() + 1);
        sums.push([0.0; 2]);
        let mut so_far = [0.0; 2];
        for value in values.iter().copied().map(f64::from) {
            so_far = [so_far[0] + value, so_far[1] + value * value];
            sums.push(so_far);
        }
        Self { values, sums }
    }

    /// Pearson's r with another series of this length that is moved by a lag, over what overlaps; 0
    /// where a side does not vary.
    fn r(&self, other: &Self, lag: isize) -> f64 {
        let n_overlap = self.values.len() - lag.unsigned_abs();
        let (from, from_other) = if lag < 0 { (0, lag.unsigned_abs()) } else { (lag as usize, 0) };
        let n = n_overlap as f64;
        let (sum, squares) = self.sums_over(from, n_overlap);
        let (sum_other, squares_other) = other.sums_over(from_other, n_overlap);
        let variance = squares - sum * sum / n;
        let variance_other = squares_other - sum_other * sum_other / n;
        if variance.min(variance_other) < LEAST_VARIANCE * n {
            return 0.0;
        }
        let product = dot(
            &self.values[from..from + n_overlap],
            &other.values[from_other..from_other + n_overlap],
        );
        // Single products are rounded to 24 bits, so equal series may come out a little above 1.
        ((product - sum * sum_other / n) / (variance * variance_other).sqrt()).min(1.0)
    }

    fn sums_over(&self, from: usize, n: usize) -> (f64, f64) {
        let ([sum_before, squares_before], [sum, squares]) = (self.sums[from], self.sums[from + n]);
        (sum - sum_before, squares - squares_before)
    }
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    let (chunks_a, rest_a) = a.as_chunks::<N_LANES>();
    let (chunks_b, rest_b) = b.as_chunks::<N_LANES>();
    let mut lanes = [0.0_f32; N_LANES];
    for (a, b) in chunks_a.iter().zip(chunks_b) {
        for (lane, (a, b)) in lanes.iter_mut().zip(a.iter().zip(b)) {
            *lane += a * b;
        }
    }
    let rest: f32 = rest_a.iter().zip(rest_b).map(|(a, b)| a * b).sum();
    lanes.iter().copied().map(f64::from).sum::<f64>() + f64::from(rest)
}

#[cfg(test)]
mod tests {
    use carto_random::SplitMix64;
    use proptest::prelude::*;

    use super::*;

    /// Onsets now and then, three hops long, from a seed.
    fn onsets(seed: u64, n_hops: usize) -> Vec<f32> {
        let mut random = SplitMix64::new(seed);
        let mut values = vec![0.0_f32; n_hops + 2];
        for start in 0..n_hops {
            if random.unit() < 0.04 {
                let size = 1.0 + 4.0 * random.unit() as f32;
                for (value, share) in values[start..].iter_mut().zip([0.6, 1.0, 0.4]) {
                    *value += size * share;
                }
            }
        }
        values.truncate(n_hops);
        values
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn a_planted_lag_is_found(seed in 0..1000_u64, lag in -3000..=3000_isize) {
            let song = onsets(seed, 10_800);
            // What stands in B at a place stands in A that much later.
            let start = (3000 + lag) as usize;
            let fit = Fit::best(&song[3000..7800], &song[start..start + 4800]);
            let fit = fit.ok_or_else(|| TestCaseError::fail("nothing fits"))?;
            prop_assert!((fit.lag_hops - lag as f64).abs() < 0.5, "{fit:?}");
            prop_assert!(fit.is_clear() && fit.r > 0.999, "{fit:?}");
        }

        #[test]
        fn other_songs_fit_nowhere(seed in 0..1000_u64) {
            let fit = Fit::best(&onsets(seed, 4800), &onsets(seed + 5000, 4800));
            prop_assert!(!fit.is_some_and(|fit| fit.is_clear()), "{fit:?}");
        }

        #[test]
        fn r_is_that_of_the_plain_definition(seed in 0..1000_u64, lag in -400..400_isize) {
            let (a, b) = (onsets(seed, 900), onsets(seed + 1, 900));
            let pairs = (0..900_isize).filter_map(|place| {
                let other = usize::try_from(place - lag).ok()?;
                Some((f64::from(a[place as usize]), f64::from(*b.get(other)?)))
            });
            let pairs: Vec<(f64, f64)> = pairs.collect();
            let n = pairs.len() as f64;
            let (mean_a, mean_b) = (
                pairs.iter().map(|pair| pair.0).sum::<f64>() / n,
                pairs.iter().map(|pair| pair.1).sum::<f64>() / n,
            );
            let sum = |product: &dyn Fn(f64, f64) -> f64| {
                pairs.iter().map(|(a, b)| product(a - mean_a, b - mean_b)).sum::<f64>()
            };
            let naive = sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt();
            let found = Series::of(&a).r(&Series::of(&b), lag);
            prop_assert!((found - naive).abs() < 1e-4, "{found} {naive}");
        }
    }

    #[test]
    fn what_does_not_vary_or_repeats_itself_is_not_clear() {
        let (silence, song) = (vec![0.0; 4800], onsets(1, 4800));
        assert_eq!(Fit::best(&silence, &song), None);
        assert_eq!(Fit::best(&[3.5; 4800], &[3.5; 4800]), None);
        assert_eq!(Fit::best(&song[..1000], &song[..1000]), None, "too little to overlap");
        // A loop of two seconds.
        let repeated: Vec<f32> = song[..400].iter().copied().cycle().take(4800).collect();
        let fit = Fit::best(&repeated, &repeated);
        assert!(fit.is_some_and(|fit| fit.lag_hops.abs() < 0.5 && !fit.is_clear()), "{fit:?}");
    }

    #[test]
    fn a_lag_between_hops_is_found() {
        let song = onsets(7, 4801);
        let between: Vec<f32> = song.windows(2).map(|pair| 0.7 * pair[0] + 0.3 * pair[1]).collect();
        let fit = Fit::best(&song[..4800], &between).map(|fit| fit.lag_hops);
        assert!(fit.is_some_and(|lag_hops| (lag_hops - 0.3).abs() < 0.15), "{fit:?}");
    }
}
