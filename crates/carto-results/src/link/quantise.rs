//! Figures as whole numbers.

/// How finely figures are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Steps {
    per_unit: u32,
}

impl Steps {
    pub(super) const FINE: Self = Self { per_unit: 2000 };
    pub(super) const COARSE: Self = Self { per_unit: 1000 };

    /// The step itself.
    pub(super) fn step(self) -> f64 {
        1.0 / f64::from(self.per_unit)
    }
}

/// How a figure becomes a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// r and cosines: a number stands for the middle of its step, 0 for 0 alone.
    ///
    /// So signs stay, and values on either side of a bound that is a multiple of the
    /// step (0.05, 0.1, 0.3, 0.5) stay there. A bound itself goes up: a mean r of
    /// exactly 0.3 reads as 0.30025.
    Signed(Steps),
    /// Spreads and differences: the nearest multiple of the step.
    Nearest(Steps),
    /// Variances: the exponent and eight binary digits, a part in 500.
    Relative,
}

/// Binary digits of a float64 that [`Scale::Relative`] drops, of 52.
const N_DROPPED: u32 = 44;

impl Scale {
    /// - `value`: finite; not negative for [`Scale::Relative`]
    pub(super) fn code(self, value: f64) -> i64 {
        match self {
            Self::Signed(steps) => {
                let magnitude = 1 + floor_steps(value.abs(), f64::from(steps.per_unit));
                match value {
                    0.0 => 0,
                    value if value < 0.0 => -magnitude,
                    _ => magnitude,
                }
            }
            Self::Nearest(steps) => (value * f64::from(steps.per_unit)).round() as i64,
            // In the order of the numbers, as the bits of positive ones are.
            Self::Relative => {
                (value.abs().to_bits().wrapping_add(1 << (N_DROPPED - 1)) >> N_DROPPED) as i64
            }
        }
    }

    /// What a number stands for; not finite for some that nothing gives.
    pub(super) fn value(self, code: i64) -> f64 {
        match self {
            Self::Signed(_) if code == 0 => 0.0,
            Self::Signed(steps) => {
                let magnitude = code.unsigned_abs() as f64 - 0.5;
                // The last step would begin at 1, where it ends.
                (magnitude / f64::from(steps.per_unit)).min(1.0).copysign(code as f64)
            }
            Self::Nearest(steps) => code as f64 / f64::from(steps.per_unit),
            Self::Relative => f64::from_bits((code as u64) << N_DROPPED),
        }
    }
}

/// How many whole steps there are in a value: by comparing with the multiples as
/// they are written, since a product may be rounded over a bound.
fn floor_steps(value: f64, per_unit: f64) -> i64 {
    let steps = (value * per_unit).floor();
    if steps / per_unit > value {
        steps as i64 - 1
    } else if (steps + 1.0) / per_unit <= value {
        steps as i64 + 1
    } else {
        steps as i64
    }
}

#[cfg(test)]
mod tests {
    use carto_types::{ClassBounds, Synthesis};
    use proptest::prelude::*;

    use super::*;

    /// What figures are compared with, here and in the comparison of two results.
    const BOUNDS: [f64; 5] = [
        Synthesis::SIGN_THRESHOLD,
        ClassBounds::LATENTS.stylistic_below,
        ClassBounds::CHANNELS.stylistic_below,
        ClassBounds::CHANNELS.perceptual_above,
        0.5,
    ];

    #[test]
    fn values_beside_a_bound_stay_on_their_side() {
        for steps in [Steps::FINE, Steps::COARSE] {
            let scale = Scale::Signed(steps);
            for bound in BOUNDS {
                for sign in [1.0, -1.0] {
                    let (below, above) = (bound.next_down(), bound.next_up());
                    assert!(scale.value(scale.code(sign * below)).abs() < bound, "{bound}");
                    assert!(scale.value(scale.code(sign * bound)).abs() > bound, "{bound}");
                    assert!(scale.value(scale.code(sign * above)).abs() > bound, "{bound}");
                }
            }
            let kept = [(0.0, 0.0), (-0.0, 0.0), (1.0, 1.0), (-1.0 - 1e-9, -1.0)];
            for (value, read) in kept {
                assert_eq!(scale.value(scale.code(value)), read);
            }
            assert!(scale.value(scale.code(-1e-300)) < 0.0);
        }
    }

    proptest! {
        #[test]
        fn signs_and_bounds_stay_and_values_move_by_half_a_step(r in -1.0..1.0_f64) {
            for steps in [Steps::FINE, Steps::COARSE] {
                let scale = Scale::Signed(steps);
                let read = scale.value(scale.code(r));
                prop_assert!((read - r).abs() <= steps.step() / 2.0 + 1e-15);
                prop_assert_eq!(read.signum(), r.signum());
                for bound in BOUNDS {
                    prop_assert_eq!(read.abs() < bound, r.abs() < bound);
                }
                prop_assert_eq!(scale.code(read), scale.code(r), "a link of a link is the same");
            }
        }

        #[test]
        fn spreads_and_variances_come_near(value in 0.0..1.0_f64, shift in 0_u32..60) {
            let steps = Steps::COARSE;
            let scale = Scale::Nearest(steps);
            let read = scale.value(scale.code(value));
            prop_assert!((read - value).abs() <= steps.step() / 2.0 + 1e-15);
            prop_assert_eq!(scale.code(read), scale.code(value));

            let value = value / (1_u64 << shift) as f64;
            let read = Scale::Relative.value(Scale::Relative.code(value));
            prop_assert!((read - value).abs() <= value / 500.0);
            prop_assert_eq!(Scale::Relative.code(read), Scale::Relative.code(value));
        }
    }
}
