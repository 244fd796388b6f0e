/// `log2` of every value of a slice of positive normal numbers, in place.
///
/// The study's signals are mostly logarithms, so this is its hot loop: plain
/// arithmetic without branches, which compilers turn into vector code, and
/// which is the same to the last bit on every machine. Within 3e-16 of the
/// exact value for arguments in `[16, 2064]`.
///
/// With `x = m 2^e` and `m` in `[1/sqrt 2, sqrt 2)`:
/// `log2 x = e + 2/ln 2 (s + s^3/3 + s^5/5 + ...)`, `s = (m - 1)/(m + 1)`.
#[inline]
pub(super) fn log2_in_place(values: &mut [f64]) {
    for value in values {
        *value = log2(*value);
    }
}

#[inline]
fn log2(x: f64) -> f64 {
    const MANTISSA: u64 = (1 << 52) - 1;
    const ONE: u64 = 1023 << 52;
    /// The bits of 2^52: what stands in the mantissa is then added as an integer.
    const TWO_52: u64 = (1023 + 52) << 52;
    const BIAS: f64 = 4_503_599_627_370_496.0 + 1023.0;

    let bits = x.to_bits();
    let exponent = f64::from_bits((bits >> 52) | TWO_52) - BIAS;
    let mantissa = f64::from_bits((bits & MANTISSA) | ONE);
    let is_upper = mantissa > std::f64::consts::SQRT_2;
    let mantissa = if is_upper { mantissa * 0.5 } else { mantissa };
    let exponent = if is_upper { exponent + 1.0 } else { exponent };

    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let z = s * s;
    // |s| <= 0.1716: the first term left out is below 2e-17.
    let series = 1.0 / 21.0;
    let series = series * z + 1.0 / 19.0;
    let series = series * z + 1.0 / 17.0;
    let series = series * z + 1.0 / 15.0;
    let series = series * z + 1.0 / 13.0;
    let series = series * z + 1.0 / 11.0;
    let series = series * z + 1.0 / 9.0;
    let series = series * z + 1.0 / 7.0;
    let series = series * z + 1.0 / 5.0;
    let series = series * z + 1.0 / 3.0;
    let natural = 2.0 * s + 2.0 * s * z * series;
    exponent + natural * std::f64::consts::LOG2_E
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_agree_with_libm_to_the_last_bits() {
        let mut worst = 0.0_f64;
        for step in 0..=2_048_000 {
            let x = 16.0 + f64::from(step) / 1000.0;
            worst = worst.max((log2(x) - libm::log2(x)).abs() / libm::log2(x));
        }
        assert!(worst < 3e-16, "{worst:e}");
    }

    #[test]
    fn powers_of_two_are_exact() {
        for exponent in 4..=11 {
            assert_eq!(log2(f64::from(1 << exponent)), f64::from(exponent));
        }
    }
}
