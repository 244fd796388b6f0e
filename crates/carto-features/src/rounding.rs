//! Numbers as Python rounds and sums them.

/// `round(value, 2)`: the exact binary value, half to even.
pub(super) fn two_decimals(value: f64) -> f64 {
    format!("{value:.2}").parse().unwrap_or(value)
}

/// `round(value, 5)`, as of star ratings: the site mostly gives five decimals, and more
/// differ between machines.
#[must_use]
pub fn five_decimals(value: f64) -> f64 {
    format!("{value:.5}").parse().unwrap_or(value)
}

/// The mean, not rounded; 0 of nothing.
pub(super) fn mean(values: &[f64]) -> f64 {
    share(values.iter().sum(), values.len())
}

/// Population variance around `center`, not rounded; 0 of nothing.
pub(super) fn variance(values: &[f64], center: f64) -> f64 {
    share(values.iter().map(|value| (value - center) * (value - center)).sum(), values.len())
}

/// `part / n`, 0 where `n` is.
pub(super) fn share(part: f64, n: usize) -> f64 {
    if n == 0 { 0.0 } else { part / n as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_that_of_python() {
        // Left what Python 3 gives for `round(value, 2)`.
        for (expected, value) in [
            (0.12, 0.125),
            (0.38, 0.375),
            (2.67, 2.675),
            (1.0, 1.005),
            (-0.12, -0.125),
            (0.62, 0.625),
            (0.88, 0.875),
            (1_070_479_678.03, 1_070_479_678.025_9),
            (1e22, 1e22),
        ] {
            assert_eq!(two_decimals(value), expected, "{value}");
        }
        assert!(two_decimals(f64::NAN).is_nan());
    }

    #[test]
    fn nothing_has_the_mean_zero() {
        assert_eq!(mean(&[]), 0.0);
        assert_eq!(variance(&[], 3.0), 0.0);
        assert_eq!(variance(&[1.0, 3.0], 2.0), 1.0);
    }
}
