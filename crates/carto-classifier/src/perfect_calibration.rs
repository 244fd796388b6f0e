use carto_random::SplitMix64;

use crate::ReliabilityBin;

/// Sets of answers that are drawn.
const N_DRAWS: usize = 4000;
/// Decides every draw.
const SEED: u64 = 1;

/// The calibration error that a perfectly calibrated classifier would have on as many maps.
///
/// It is above 0, since whether an answer is right is chance: in a bin of ten maps at 50 %, five
/// are rarely right. Without it nobody can tell a small error from a small set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PerfectCalibration {
    /// On average.
    pub mean: f64,
    /// Below this in 2.5 % of the draws.
    pub low: f64,
    /// Above this in 2.5 % of the draws.
    pub high: f64,
    /// Share of the draws with an error at least as large as the one that was found.
    pub p_value: f64,
}

impl PerfectCalibration {
    /// Draws 4,000 times, from a fixed seed, which answers are right if each is as often as its
    /// bin is sure.
    ///
    /// Maps are taken for independent. Several maps of one song are not, so the range is wider in
    /// truth and `p_value` too small.
    ///
    /// - `bins`: the reliability diagram
    /// - `found`: the calibration error that is judged
    /// - returns: `None` without maps
    #[must_use]
    pub fn of(bins: &[ReliabilityBin], found: f64) -> Option<Self> {
        let n_maps: usize = bins.iter().map(|bin| bin.n_maps).sum();
        if n_maps == 0 {
            return None;
        }
        let mut random = SplitMix64::new(SEED);
        let mut error = || {
            let gaps = bins.iter().map(|bin| {
                let n_right = (0..bin.n_maps).filter(|_| random.unit() < bin.confidence).count();
                (n_right as f64 - bin.confidence * bin.n_maps as f64).abs()
            });
            gaps.sum::<f64>() / n_maps as f64
        };
        let mut errors: Vec<f64> = (0..N_DRAWS).map(|_| error()).collect();
        errors.sort_by(f64::total_cmp);
        let at = |share: f64| errors[(share * N_DRAWS as f64) as usize];
        let n_as_large = errors.iter().filter(|&&error| error >= found).count();
        Some(Self {
            mean: errors.iter().sum::<f64>() / N_DRAWS as f64,
            low: at(0.025),
            high: at(0.975),
            p_value: n_as_large as f64 / N_DRAWS as f64,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bin(n_maps: usize, confidence: f64) -> ReliabilityBin {
        ReliabilityBin { from: 0.0, n_maps, confidence, accuracy: 0.0 }
    }

    #[test]
    fn chance_alone_makes_an_error_that_shrinks_with_the_set() {
        // Of one bin at one half: the mean distance of a binomial share from its mean, which is
        // sqrt(2 / (pi n)) / 2 for many maps.
        for n_maps in [400, 10_000] {
            let found = PerfectCalibration::of(&[bin(n_maps, 0.5)], 0.0).unwrap();
            let expected = (2.0 / (std::f64::consts::PI * n_maps as f64)).sqrt() / 2.0;
            assert!((found.mean / expected - 1.0).abs() < 0.05, "{found:?} {expected}");
            assert!(found.low < found.mean && found.mean < found.high, "{found:?}");
            assert_eq!(found.p_value, 1.0);
        }
    }

    #[test]
    fn an_error_that_chance_does_not_make_is_told() {
        let bins = [bin(300, 0.4), bin(700, 0.8)];
        let p_value = |found| PerfectCalibration::of(&bins, found).unwrap().p_value;
        assert!(p_value(0.1) < 0.001 && p_value(0.015) > 0.2, "{}", p_value(0.015));
        let sure = PerfectCalibration::of(&[bin(9, 1.0)], 0.0).unwrap();
        assert_eq!((sure.mean, sure.high), (0.0, 0.0));
        assert_eq!(PerfectCalibration::of(&[bin(0, 0.5)], 0.0), None);
    }
}
