use serde::{Deserialize, Serialize};

use super::probabilities::SMALLEST;
use super::{ClassifierError, LabelProbabilities, LabelledTable};

/// Where temperatures are looked for.
const TEMPERATURES: [f64; 2] = [0.4, 5.0];
/// Temperatures of files; below them powers of shares could all vanish.
const BELIEVABLE: std::ops::RangeInclusive<f64> = 0.05..=20.0;
/// Where shares of noise are looked for.
const NOISE: [f64; 2] = [0.0, 0.5];
/// Golden sections: the last interval is a ten-thousandth of the first.
const N_STEPS: usize = 20;

/// How label probabilities are calibrated: made as confident as they are right. It never
/// changes their order.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Each probability is taken to the power of `1 / temperature`: above 1 they come
    /// closer together, below they spread.
    pub temperature: f64,
    /// Share of maps that are taken to have any label with equal chance, whatever their
    /// numbers say.
    pub noise: f64,
}

impl Calibration {
    /// The calibration that changes nothing.
    pub const NONE: Self = Self { temperature: 1.0, noise: 0.0 };

    /// The calibration with the least logarithmic loss, each number with four decimals.
    ///
    /// - `probabilities`: of maps that the perceptrons were not trained on
    ///
    /// # Errors
    ///
    /// [`ClassifierError::Shape`] for probabilities of other maps or labels.
    ///
    /// # Source
    ///
    /// Temperature scaling: C. Guo et al., "On calibration of modern neural networks",
    /// ICML 2017; on the logarithms of averaged shares, which stand for logits. The
    /// share of noise is ours: one temperature cannot both spread what is unsure and
    /// temper what is sure, which labels by taste need.
    pub fn fit(
        probabilities: &LabelProbabilities,
        set: &LabelledTable,
    ) -> Result<Self, ClassifierError> {
        if (probabilities.n_rows(), probabilities.n_labels()) != (set.n_rows(), set.labels().len())
        {
            return Err(ClassifierError::Shape {
                what: "label probabilities to calibrate",
                found: probabilities.n_rows(),
                expected: set.n_rows(),
            });
        }
        // Shares of the labels that count, which do not depend on the noise.
        let shares = |log_temperature: f64| -> Vec<f64> {
            let calibration = Self { temperature: libm::exp(log_temperature), noise: 0.0 };
            let share = |(row, &label): (&[f64], &usize)| calibration.of(row)[label];
            probabilities.rows().zip(set.first()).map(share).collect()
        };
        let even = 1.0 / probabilities.n_labels().max(1) as f64;
        let best_noise = |shares: &[f64]| {
            let loss = |noise: f64| -> f64 {
                let mixed = shares.iter().map(|share| share + noise * (even - share));
                mixed.map(|share| -libm::log(share.max(SMALLEST))).sum()
            };
            let noise = lowest(loss, NOISE);
            (noise, loss(noise))
        };
        let loss = |log_temperature: f64| best_noise(&shares(log_temperature)).1;
        let log_temperature = lowest(loss, TEMPERATURES.map(libm::log));
        let (noise, _) = best_noise(&shares(log_temperature));
        Ok(Self { temperature: decimals(libm::exp(log_temperature), 4), noise: decimals(noise, 4) })
    }

    /// Whether both numbers are in range.
    pub(super) fn is_valid(self) -> bool {
        BELIEVABLE.contains(&self.temperature) && (0.0..1.0).contains(&self.noise)
    }

    /// Calibrated probabilities of all maps.
    #[must_use]
    pub fn apply(self, probabilities: &LabelProbabilities) -> LabelProbabilities {
        let values = probabilities.rows().flat_map(|row| self.of(row)).collect();
        LabelProbabilities::new(probabilities.n_labels(), values)
    }

    /// Calibrated probabilities of one map.
    ///
    /// - `row`: `[n_labels]`
    pub(super) fn of(self, row: &[f64]) -> Vec<f64> {
        let power = |&share: &f64| libm::exp(libm::log(share.max(SMALLEST)) / self.temperature);
        let powers: Vec<f64> = row.iter().map(power).collect();
        let sum: f64 = powers.iter().sum();
        let even = 1.0 / row.len() as f64;
        let mixed = |power: f64| power / sum + self.noise * (even - power / sum);
        powers.into_iter().map(mixed).collect()
    }
}

/// Where a function with one valley is lowest, by golden sections.
fn lowest(of: impl Fn(f64) -> f64, [mut low, mut high]: [f64; 2]) -> f64 {
    let section = 0.5 * (5f64.sqrt() - 1.0);
    let inner = |low: f64, high: f64| [high - section * (high - low), low + section * (high - low)];
    let [mut a, mut b] = inner(low, high);
    let (mut of_a, mut of_b) = (of(a), of(b));
    for _ in 0..N_STEPS {
        if of_a < of_b {
            high = b;
            (b, of_b) = (a, of_a);
            a = inner(low, high)[0];
            of_a = of(a);
        } else {
            low = a;
            (a, of_a) = (b, of_b);
            b = inner(low, high)[1];
            of_b = of(b);
        }
    }
    0.5 * (low + high)
}

/// A number with `n` decimals, which is the same after it was written as JSON and
/// read again: `serde_json` may else read one that is a bit off.
pub(super) fn decimals(x: f64, n: i32) -> f64 {
    let factor = libm::pow(10.0, f64::from(n));
    libm::round(x * factor) / factor
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FeatureTable, evaluate};
    use carto_random::Normal;

    fn set(first: &[String]) -> LabelledTable {
        let n = first.len();
        let table = FeatureTable::new(vec!["x".to_owned()], vec![0.0; n]).unwrap();
        LabelledTable::new(table, first, &vec![vec![]; n], first.to_vec()).unwrap()
    }

    #[test]
    fn the_lowest_point_of_a_parabola() {
        assert!((lowest(|x| (x - 0.7) * (x - 0.7), [-2.0, 2.0]) - 0.7).abs() < 1e-3);
    }

    #[test]
    fn answers_that_are_too_sure_are_made_less_so() {
        // Nine in ten sure, three in four right.
        let first: Vec<String> =
            (0..40).map(|idx| if idx % 4 == 0 { "b" } else { "a" }.to_owned()).collect();
        let set = set(&first);
        let sure = LabelProbabilities::new(2, [0.9, 0.1].repeat(40));
        let calibrated = Calibration::fit(&sure, &set).unwrap().apply(&sure);
        assert!((calibrated.rows().next().unwrap()[0] - 0.75).abs() < 1e-3);
        let [before, after] = [&sure, &calibrated].map(|shares| evaluate(shares, &set).unwrap());
        assert!(after.log_loss < before.log_loss);
        assert!(after.calibration_error < before.calibration_error);
    }

    #[test]
    fn what_made_the_labels_is_found_again() {
        let made = Calibration { temperature: 0.7, noise: 0.1 };
        let mut random = Normal::new(3);
        let (mut values, mut first) = (Vec::new(), Vec::new());
        for _ in 0..20_000 {
            let a = random.unit();
            values.extend([a, 1.0 - a]);
            let is_a = random.unit() < made.of(&[a, 1.0 - a])[0];
            first.push(if is_a { "a" } else { "b" }.to_owned());
        }
        let found = Calibration::fit(&LabelProbabilities::new(2, values), &set(&first)).unwrap();
        assert!((found.temperature - made.temperature).abs() < 0.07, "{found:?}");
        assert!((found.noise - made.noise).abs() < 0.03, "{found:?}");
    }

    #[test]
    fn the_order_stays_and_the_sum_is_one() {
        let calibrated = Calibration { temperature: 2.0, noise: 0.2 }.of(&[0.9, 0.1, 0.0]);
        assert!(calibrated.is_sorted_by(|a, b| a > b));
        assert!((calibrated.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((calibrated[0] - (0.8 * 0.75 + 0.2 / 3.0)).abs() < 1e-5);
    }

    #[test]
    fn json_gives_back_what_it_got() {
        for idx in 0..10_000 {
            let x = decimals(f64::from(idx) * 0.123_456_789_012, 6);
            let text = serde_json::to_string(&x).unwrap();
            assert_eq!(serde_json::from_str::<f64>(&text).unwrap().to_bits(), x.to_bits());
        }
    }
}
