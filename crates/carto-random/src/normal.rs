use std::f64::consts::TAU;

use crate::SplitMix64;

/// Standard normal numbers: [`SplitMix64`] under the Box-Muller transform.
///
/// # Source
///
/// G. E. P. Box, M. E. Muller, "A note on the generation of random normal deviates",
/// 1958.
#[derive(Debug, Clone)]
pub struct Normal {
    uniform: SplitMix64,
    /// The second number of a transform, which gives two at once.
    spare: Option<f64>,
}

impl Normal {
    /// A stream with a seed; the same seed gives the same numbers on every machine.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { uniform: SplitMix64::new(seed), spare: None }
    }

    /// The next standard normal number.
    #[allow(clippy::should_implement_trait, reason = "a stream that never ends")]
    pub fn next(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        // In (0, 1], whose logarithm is finite.
        let radius = (-2.0 * libm::log(1.0 - self.unit())).sqrt();
        let angle = TAU * self.unit();
        self.spare = Some(radius * libm::sin(angle));
        radius * libm::cos(angle)
    }

    /// The next number that is uniform in `[0, 1)`: 53 random bits, from the same stream.
    pub fn unit(&mut self) -> f64 {
        self.uniform.unit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_standard_normal() {
        let mut normal = Normal::new(7);
        let n = 100_000;
        let draws: Vec<f64> = (0..n).map(|_| normal.next()).collect();
        let mean = |power: i32| draws.iter().map(|x| x.powi(power)).sum::<f64>() / f64::from(n);
        // Five standard errors each: sqrt(1, 2, 15, 96) / sqrt(n).
        for (power, expected, tolerance) in
            [(1, 0.0, 0.016), (2, 1.0, 0.023), (3, 0.0, 0.062), (4, 3.0, 0.155)]
        {
            let found = mean(power);
            assert!((found - expected).abs() < tolerance, "moment {power}: {found}");
        }
    }
}
