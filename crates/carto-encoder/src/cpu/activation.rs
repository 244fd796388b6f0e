//! Everything between the products, channel by channel, in plain arithmetic:
//! the compiler turns these loops into the instructions of whoever calls them,
//! and no instruction set changes a bit of them.

use pulp::{Simd, WithSimd};

/// `1 / (1 + e^-x)`, within 3e-7 of it.
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp_clamped(-x))
}

/// `e^x` for `x` in `[-87, 87]`, beyond that the value at the border; the
/// relative error is below 2e-7.
///
/// `x = n ln 2 + r`, and a Taylor polynomial for `|r| <= ln 2 / 2`.
#[inline(always)]
fn exp_clamped(x: f32) -> f32 {
    // Adding this rounds to a whole number, which then stands in the low bits.
    const ROUNDER: f32 = 12_582_912.0;
    const LN2_HIGH: f32 = 0.693_359_4;
    const LN2_LOW: f32 = -2.121_944_4e-4;
    let x = if x < -87.0 { -87.0 } else { x };
    let x = if x > 87.0 { 87.0 } else { x };
    let shifted = x * std::f32::consts::LOG2_E + ROUNDER;
    let n = shifted - ROUNDER;
    let r = (x - n * LN2_HIGH) - n * LN2_LOW;
    let mut sum = 1.0 / 5040.0;
    for coefficient in [1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        sum = sum * r + coefficient;
    }
    let power = shifted.to_bits().wrapping_sub(ROUNDER.to_bits()).wrapping_add(127) << 23;
    sum * f32::from_bits(power)
}

/// The gated product of one time: `filter * sigmoid(gate)`, each the sum of its
/// three taps.
///
/// Branches and taps hold the filter's channels, then the gate's.
pub(super) struct Gate<'a> {
    /// Earlier, same and later.
    pub(super) branches: [&'a [f32]; 3],
    /// `[3, 2 * wide]`.
    pub(super) taps: &'a [f32],
    /// `[wide]`.
    pub(super) output: &'a mut [f32],
}

impl WithSimd for Gate<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let wide = self.output.len();
        let [earlier, same, later] = self.branches.map(|row| row[..2 * wide].split_at(wide));
        let taps = |tap: usize| self.taps[2 * wide * tap..2 * wide * (tap + 1)].split_at(wide);
        let (taps_earlier, taps_same, taps_later) = (taps(0), taps(1), taps(2));
        for channel in 0..wide {
            let filter = taps_earlier.0[channel] * earlier.0[channel]
                + taps_same.0[channel] * same.0[channel]
                + taps_later.0[channel] * later.0[channel];
            let gate = taps_earlier.1[channel] * earlier.1[channel]
                + taps_same.1[channel] * same.1[channel]
                + taps_later.1[channel] * later.1[channel];
            self.output[channel] = filter * sigmoid(gate);
        }
    }
}

/// `x * sigmoid(x)` in place.
pub(super) struct Silu<'a>(pub(super) &'a mut [f32]);

impl WithSimd for Silu<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        for value in self.0 {
            *value *= sigmoid(*value);
        }
    }
}

/// Adds one tap of a depthwise convolution: `output += tap * input`.
pub(super) struct AddTap<'a> {
    pub(super) input: &'a [f32],
    pub(super) tap: &'a [f32],
    pub(super) output: &'a mut [f32],
}

impl WithSimd for AddTap<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        for ((output, tap), input) in self.output.iter_mut().zip(self.tap).zip(self.input) {
            *output += tap * input;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_exact_to_single_precision() {
        let mut largest = 0.0_f64;
        for step in -87_000..=87_000 {
            let x = step as f32 / 1000.0;
            let exact = libm::exp(f64::from(x));
            largest = largest.max((f64::from(exp_clamped(x)) / exact - 1.0).abs());
        }
        assert!(largest < 2e-7, "{largest}");
    }

    #[test]
    fn the_sigmoid_ends_where_it_should() {
        assert_eq!(sigmoid(0.0), 0.5);
        assert_eq!(sigmoid(1e30), 1.0);
        assert!(sigmoid(-1e30) < 1e-37);
        assert!(sigmoid(-f32::INFINITY) >= 0.0);
    }
}
