use super::decimals::decimals;
use super::memberships::tempered;
use super::{ClassifierError, LabelledTable, Memberships};

/// Where temperatures are looked for.
const RANGE: [f64; 2] = [0.5, 5.0];
/// Halvings, or nearly: the last interval is below 1e-4.
const N_STEPS: usize = 32;

/// The temperature whose memberships have the least logarithmic loss: one number, so
/// that it changes how sure answers are and never their order.
///
/// - `memberships`: of maps that the perceptrons were not trained on
/// - returns: in `[0.5, 5]`, with four decimals
///
/// # Errors
///
/// [`ClassifierError::Shape`] for memberships of other maps or labels.
///
/// # Source
///
/// Temperature scaling: C. Guo et al., "On calibration of modern neural networks",
/// ICML 2017; on the logarithms of averaged shares, which stand for logits.
pub fn temperature(memberships: &Memberships, set: &LabelledTable) -> Result<f64, ClassifierError> {
    if (memberships.n_rows(), memberships.n_labels()) != (set.n_rows(), set.labels().len()) {
        return Err(ClassifierError::Shape {
            what: "memberships to calibrate",
            found: memberships.n_rows(),
            expected: set.n_rows(),
        });
    }
    let loss = |log_temperature: f64| -> f64 {
        let temperature = libm::exp(log_temperature);
        let loss_of = |(row, &label): (&[f64], &usize)| {
            -libm::log(tempered(row, temperature)[label].max(f64::MIN_POSITIVE))
        };
        memberships.rows().zip(set.first()).map(loss_of).sum()
    };
    Ok(decimals(libm::exp(lowest(loss, RANGE.map(libm::log))), 4))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classifier::{FeatureTable, evaluate};

    #[test]
    fn the_lowest_point_of_a_parabola() {
        assert!((lowest(|x| (x - 0.7) * (x - 0.7), [-2.0, 2.0]) - 0.7).abs() < 1e-4);
    }

    #[test]
    fn answers_that_are_too_sure_are_made_less_so() {
        // Nine in ten sure, three in four right.
        let table = FeatureTable::new(vec!["x".to_owned()], vec![0.0; 40]).unwrap();
        let first: Vec<String> =
            (0..40).map(|idx| if idx % 4 == 0 { "b" } else { "a" }.to_owned()).collect();
        let set = LabelledTable::new(table, &first, &vec![vec![]; 40], first.clone()).unwrap();
        let sure = Memberships::new(2, [0.9, 0.1].repeat(40));
        let found = temperature(&sure, &set).unwrap();
        let calibrated = sure.tempered(found);
        assert!((calibrated.rows().next().unwrap()[0] - 0.75).abs() < 1e-3);
        let [before, after] = [&sure, &calibrated].map(|shares| evaluate(shares, &set).unwrap());
        assert!(after.log_loss < before.log_loss);
        assert!(after.calibration_error < before.calibration_error);
    }
}
