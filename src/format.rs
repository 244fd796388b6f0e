//! Numbers and times as people read them.
//!
//! Written with integers: the standard formatting of floats would weigh more
//! in the page than everything here together.

/// What stands where a value cannot exist.
pub(crate) const NO_VALUE: &str = "none";

/// `-0.014` as `−0.01`, with a true minus sign and never a negative zero.
///
/// - `decimals`: 0 to 4
pub(crate) fn fixed(value: f64, decimals: u32) -> String {
    if !value.is_finite() {
        return NO_VALUE.to_owned();
    }
    let scale = 10_u64.pow(decimals.min(4));
    let scaled = (value.abs() * scale as f64).round() as u64;
    let sign = if value < 0.0 && scaled > 0 { "−" } else { "" };
    let whole = grouped(scaled / scale);
    if scale == 1 {
        return format!("{sign}{whole}");
    }
    let digits = (scale + scaled % scale).to_string();
    format!("{sign}{whole}.{}", digits.get(1..).unwrap_or_default())
}

/// A correlation in a narrow cell: `.51`, `−.89`, `1.0`.
pub(crate) fn cell(value: f64) -> String {
    let text = fixed(value, 2);
    match (text.strip_prefix("0."), text.strip_prefix("−0.")) {
        (Some(digits), _) => format!(".{digits}"),
        (_, Some(digits)) => format!("−.{digits}"),
        _ => fixed(value, 1),
    }
}

/// `±0.22`.
pub(crate) fn spread(value: f64) -> String {
    format!("±{}", fixed(value, 2))
}

/// `1234567` as `1,234,567`.
pub(crate) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 pair`, `15 pairs`, `1,200 pairs`.
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n as u64), if n == 1 { one } else { many })
}

/// `38 of 61`.
pub(crate) fn n_of(n: usize, total: usize) -> String {
    format!("{} of {}", grouped(n as u64), grouped(total as u64))
}

/// `12.5` as `12.50%`, for the stylesheet: a plain minus, no commas.
pub(crate) fn percent(value: f64) -> String {
    format!("{}%", plain(value, 2))
}

/// A figure for the stylesheet.
pub(crate) fn plain(value: f64, decimals: u32) -> String {
    fixed(value, decimals).replace('−', "-").replace(',', "")
}

/// How long something took: `0.9 s`, `42 s`, `2 min 5 s`, `1 h 4 min`.
pub(crate) fn duration(seconds: f64) -> String {
    if !seconds.is_finite() || seconds < 9.95 {
        return format!("{} s", fixed(seconds.max(0.0), 1));
    }
    let whole = seconds.round() as u64;
    match whole {
        0..90 => format!("{whole} s"),
        90..3600 => format!("{} min {} s", whole / 60, whole % 60),
        _ => format!("{} h {} min", whole / 3600, whole % 3600 / 60),
    }
}

/// How long something will still take, no finer than it can be known:
/// `under 1 s left`, `4 s left`, `about 2 min left`.
pub(crate) fn time_left(seconds: f64) -> String {
    if !seconds.is_finite() || seconds < 0.0 {
        return String::new();
    }
    match seconds.round() as u64 {
        0 => "under 1 s left".to_owned(),
        whole @ 1..90 => format!("{whole} s left"),
        whole @ 90..5400 => format!("about {} min left", (whole + 30) / 60),
        whole => format!("about {} h left", (whole + 1800) / 3600),
    }
}

/// `5.4 maps/s`, `320 maps/s`.
pub(crate) fn rate(per_s: f64, unit: &str) -> String {
    let decimals = u32::from(per_s < 99.95);
    format!("{} {unit}/s", fixed(per_s, decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minus_is_true_and_zero_has_no_sign() {
        assert_eq!(fixed(-0.014, 2), "−0.01");
        assert_eq!(fixed(-0.004, 2), "0.00");
        assert_eq!(fixed(0.585, 2), "0.59");
        assert_eq!(fixed(1.0, 2), "1.00");
        assert_eq!(fixed(0.774, 3), "0.774");
        assert_eq!(fixed(12_345.6, 0), "12,346");
    }

    #[test]
    fn what_is_no_number_is_a_word() {
        assert_eq!(fixed(f64::NAN, 2), "none");
        assert_eq!(fixed(f64::INFINITY, 2), "none");
        assert_eq!(cell(f64::NAN), "none");
    }

    #[test]
    fn cells_drop_the_zero() {
        assert_eq!(cell(0.512), ".51");
        assert_eq!(cell(-0.891), "−.89");
        assert_eq!(cell(0.0), ".00");
        assert_eq!(cell(0.996), "1.0");
        assert_eq!(cell(-1.0), "−1.0");
    }

    #[test]
    fn figures_for_the_stylesheet_are_plain() {
        assert_eq!(percent(-12.5), "-12.50%");
        assert_eq!(plain(-0.5, 3), "-0.500");
        assert_eq!(plain(1234.0, 1), "1234.0");
    }

    #[test]
    fn counts_agree_with_their_noun() {
        assert_eq!(counted(1, "pair", "pairs"), "1 pair");
        assert_eq!(counted(0, "pair", "pairs"), "0 pairs");
        assert_eq!(counted(1200, "pair", "pairs"), "1,200 pairs");
        assert_eq!(n_of(38, 1061), "38 of 1,061");
    }

    #[test]
    fn times_are_as_fine_as_they_are_long() {
        assert_eq!(duration(0.94), "0.9 s");
        assert_eq!(duration(9.97), "10 s");
        assert_eq!(duration(42.4), "42 s");
        assert_eq!(duration(125.0), "2 min 5 s");
        assert_eq!(duration(3_840.0), "1 h 4 min");
        assert_eq!(time_left(0.2), "under 1 s left");
        assert_eq!(time_left(4.4), "4 s left");
        assert_eq!(time_left(125.0), "about 2 min left");
        assert_eq!(time_left(9_000.0), "about 3 h left");
        assert_eq!(time_left(f64::INFINITY), "");
    }

    #[test]
    fn rates_have_a_decimal_where_it_tells() {
        assert_eq!(rate(5.43, "maps"), "5.4 maps/s");
        assert_eq!(rate(320.2, "maps"), "320 maps/s");
    }
}
