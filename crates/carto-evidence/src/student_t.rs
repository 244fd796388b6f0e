//! Student's t distribution, for intervals and p-values.
//!
//! Written here and not taken from a statistics library, since those take logarithms and
//! exponentials from the machine, and page and command have to give the same bytes.

/// The chance of `|T| >= |t|` for T of Student's distribution.
///
/// - `degrees`: of freedom, 1 or more
/// - returns: in `[0, 1]`, with a relative error below 1e-11 up to 10,000 degrees; 1 for NaN
#[must_use]
pub fn two_sided_p(t: f64, degrees: u32) -> f64 {
    let nu = f64::from(degrees);
    let square = t * t;
    if !(square > 0.0 && nu > 0.0) {
        return 1.0;
    }
    if square.is_infinite() {
        return 0.0;
    }
    incomplete_beta(nu / 2.0, 0.5, nu / (nu + square), square / (nu + square)).clamp(0.0, 1.0)
}

/// The t with [`two_sided_p`] equal to `p`: half the width of an interval in standard errors.
///
/// - `p`: in `(0, 1)`, 0.05 for an interval of 95 %
/// - `degrees`: of freedom
/// - returns: to the last bits; `None` without a degree of freedom, or for a `p` outside of
///   its range
#[must_use]
pub fn critical_t(p: f64, degrees: u32) -> Option<f64> {
    if degrees == 0 || !(p > 0.0 && p < 1.0) {
        return None;
    }
    let mut high = 1.0;
    while two_sided_p(high, degrees) > p {
        high *= 2.0;
    }
    let mut low = 0.0;
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return Some(middle);
        }
        if two_sided_p(middle, degrees) > p {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// The regularized incomplete beta function `I_x(a, b)`, with `y = 1 - x` given for its digits.
fn incomplete_beta(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let log_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    let front = libm::exp(a * libm::log(x) + b * libm::log(y) - log_beta);
    // Each side converges fast on its own part of [0, 1].
    if x < (a + 1.0) / (a + b + 2.0) {
        front * continued_fraction(a, b, x) / a
    } else {
        1.0 - front * continued_fraction(b, a, y) / b
    }
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
///
/// # Source
///
/// NIST Digital Library of Mathematical Functions, 8.17.22.
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    // Far more than are needed: about the square root of the degrees of freedom.
    const MOST_TERMS: u32 = 20_000;
    let (mut c, mut d) = (1.0, 1.0 / not_zero(1.0 - (a + b) * x / (a + 1.0)));
    let mut value = d;
    for term in 1..=MOST_TERMS {
        let m = f64::from(term);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for coefficient in [even, odd] {
            d = 1.0 / not_zero(1.0 + coefficient * d);
            c = not_zero(1.0 + coefficient / c);
            change = c * d;
            value *= change;
        }
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}

/// What may be divided by.
fn not_zero(value: f64) -> f64 {
    if value.abs() < 1e-300 { 1e-300 } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values of every table, to more decimals: mpmath 1.3.0's incomplete beta function,
    /// solved with 40 digits.
    #[test]
    fn the_critical_values_are_those_of_tables() {
        let table = [
            (1, 12.706_204_736_174_705),
            (2, 4.302_652_729_749_464),
            (3, 3.182_446_305_283_71),
            (5, 2.570_581_835_636_316),
            (9, 2.262_157_162_798_206),
            (10, 2.228_138_851_986_275),
            (30, 2.042_272_456_301_238),
            (100, 1.983_971_518_523_552),
            (1000, 1.962_339_080_826_408),
        ];
        for (degrees, expected) in table {
            let found = critical_t(0.05, degrees).unwrap();
            assert!((found - expected).abs() < 1e-11, "{degrees}: {found}");
        }
        assert_eq!(critical_t(0.05, 0), None);
        assert_eq!(critical_t(0.0, 5), None);
        assert_eq!(critical_t(f64::NAN, 5), None);
    }

    /// With 1, 2 and 4 degrees the distribution is elementary.
    #[test]
    fn few_degrees_match_their_closed_forms() {
        for t in [1e-8, 0.01, 0.3, 1.0, 2.0, 7.5, 40.0, 1e4] {
            let cauchy = 1.0 - 2.0 / std::f64::consts::PI * libm::atan(t);
            let two = 2.0 / ((2.0 + t * t) * (1.0 + t / (2.0 + t * t).sqrt()));
            let sine = t / (4.0 + t * t).sqrt();
            let four = 1.0 - sine * (1.0 + 2.0 / (4.0 + t * t));
            for (degrees, expected) in [(1, cauchy), (2, two), (4, four)] {
                let found = two_sided_p(t, degrees);
                assert!((found - expected).abs() < 1e-14, "{t}, {degrees}: {found} {expected}");
            }
        }
    }

    #[test]
    fn far_tails_keep_their_digits() {
        // With 2 degrees the tail of a large t is 1 / t^2.
        let found = two_sided_p(1e8, 2);
        assert!((found * 1e16 - 1.0).abs() < 1e-11, "{found}");
        assert_eq!(two_sided_p(f64::INFINITY, 3), 0.0);
        assert_eq!(two_sided_p(0.0, 3), 1.0);
        assert_eq!(two_sided_p(f64::NAN, 3), 1.0);
    }
}
