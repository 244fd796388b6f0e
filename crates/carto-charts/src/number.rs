//! The text of numbers: on the page, in pictures, in HTML parts and in tables.
//!
//! One rounding rule for all of them: half away from zero, on the shortest decimal text that
//! is the number (what `{}` prints). So 0.585 is "0.59" with two decimals, although the double
//! next to 0.585 lies a hair below it.
//!
//! Written with integers: the standard formatting of floats would weigh more in the page than
//! everything here together.

/// What stands where there is no number.
pub const NO_VALUE: &str = "none";

/// A number with a fixed count of decimals, a true minus and commas between thousands:
/// `-0.014` with two decimals is `−0.01`. What rounds to zero has no sign, and what is not
/// finite is [`NO_VALUE`].
///
/// - `value`: the rounding rule holds below 10¹⁰; from 2⁶⁴ / 10^`decimals` on, the text is
///   that bound's
/// - `decimals`: 0 to 4; more are 4
#[must_use]
pub fn fixed(value: f64, decimals: u32) -> String {
    let decimals = decimals.min(4);
    decimal(value, 10_u64.pow(decimals), decimals)
}

/// A share of 1 in percent, without decimals and without the sign for percent: `0.585` is `59`.
#[must_use]
pub fn whole_percent(share: f64) -> String {
    decimal(share, 100, 0)
}

/// A difference with a fixed count of decimals, as [`fixed`] writes them, and a plus before what is
/// above zero as it is written: `+0.030`, `−0.039`, `0.000`.
#[must_use]
pub fn signed(value: f64, decimals: u32) -> String {
    with_plus(value, fixed(value, decimals))
}

/// A difference of two shares of 1 in percentage points, signed as [`signed`] does: `+12`, `−3`, `0`.
#[must_use]
pub fn percentage_points(difference: f64) -> String {
    with_plus(difference, whole_percent(difference))
}

fn with_plus(value: f64, text: String) -> String {
    let is_above_zero = value > 0.0 && text.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    if is_above_zero { format!("+{text}") } else { text }
}

/// A correlation in a narrow cell, without the zero before the point: `.51`, `−.89`, `1.0`.
#[must_use]
pub fn cell(value: f64) -> String {
    without_zero(&fixed(value, 2)).unwrap_or_else(|| fixed(value, 1))
}

/// A correlation in a cell narrower than that of [`cell`]: `.7`, `−1.0`.
#[must_use]
pub fn short_cell(value: f64) -> String {
    let text = fixed(value, 1);
    without_zero(&text).unwrap_or(text)
}

fn without_zero(text: &str) -> Option<String> {
    match text.strip_prefix('−') {
        Some(size) => size.strip_prefix('0').map(|digits| format!("−{digits}")),
        None => text.strip_prefix('0').map(str::to_owned),
    }
}

/// A standard deviation beside its mean: `±0.22`.
#[must_use]
pub fn spread(value: f64) -> String {
    format!("±{}", fixed(value, 2))
}

/// A count with commas between thousands: `1,234,567`.
///
/// - `n`: any unsigned integer
#[must_use]
pub fn grouped(n: impl TryInto<u64>) -> String {
    with_commas(n.try_into().unwrap_or(u64::MAX))
}

/// A count with its noun: `1 pair`, `0 pairs`, `1,200 pairs`.
#[must_use]
pub fn counted(n: impl TryInto<u64>, one: &str, many: &str) -> String {
    with_noun(n.try_into().unwrap_or(u64::MAX), one, many)
}

fn with_noun(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", with_commas(n), if n == 1 { one } else { many })
}

/// A part of a whole: `38 of 61`.
#[must_use]
pub fn n_of(n: usize, total: usize) -> String {
    format!("{} of {}", grouped(n), grouped(total))
}

/// A count as a word up to twelve and in digits above: `nine`, `13`.
#[must_use]
pub fn in_words(n: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS.get(n).map_or_else(|| grouped(n), |word| (*word).to_owned())
}

/// A word with a capital at its start.
#[must_use]
pub fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A word with a small letter at its start, to stand behind a colon.
#[must_use]
pub fn uncapital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// A length in percent for a stylesheet, with a plain minus and no commas: `12.5` is `12.50%`.
#[must_use]
pub fn percent(value: f64) -> String {
    format!("{}%", plain(value, 2))
}

/// A number for a stylesheet, with a plain minus and no commas: `-0.500`.
#[must_use]
pub fn plain(value: f64, decimals: u32) -> String {
    fixed(value, decimals).replace('−', "-").replace(',', "")
}

/// How long something took: `0.9 s`, `42 s`, `2 min 5 s`, `1 h 4 min`.
#[must_use]
pub fn duration(seconds: f64) -> String {
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

/// How long something will still take, no finer than it can be known: `under 1 s left`,
/// `4 s left`, `about 2 min left`; empty where it is not known.
#[must_use]
pub fn time_left(seconds: f64) -> String {
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

/// How many of something are done in a second: `5.4 maps/s`, `320 maps/s`.
#[must_use]
pub fn rate(per_s: f64, unit: &str) -> String {
    let decimals = u32::from(per_s < 99.95);
    format!("{} {unit}/s", fixed(per_s, decimals))
}

/// The size of a file in megabytes of 1,000,000 bytes: `0.3 MB`, `12 MB`.
#[must_use]
pub fn file_size(n_bytes: u64) -> String {
    let megabytes = n_bytes as f64 / 1e6;
    format!("{} MB", fixed(megabytes, u32::from(megabytes < 9.95)))
}

/// The length of a song in minutes and seconds: `2:05`.
#[must_use]
pub fn minutes(seconds: f64) -> String {
    let seconds = seconds.max(0.0).round() as u64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// A time in a song in minutes and seconds with a tenth: `1:44.7`, `−0:01.3`.
#[must_use]
pub fn clock(time_ms: f64) -> String {
    let tenths = (time_ms.abs() / 100.0).round() as u64;
    let sign = if time_ms < 0.0 && tenths > 0 { "−" } else { "" };
    format!("{sign}{}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10)
}

/// `value * scale` as a decimal: rounded, with its last `decimals` digits behind the point.
fn decimal(value: f64, scale: u64, decimals: u32) -> String {
    if !value.is_finite() {
        return NO_VALUE.to_owned();
    }
    let n = rounded(value.abs(), scale);
    let sign = if value < 0.0 && n > 0 { "−" } else { "" };
    let unit = 10_u64.pow(decimals);
    let whole = with_commas(n / unit);
    if unit == 1 {
        return format!("{sign}{whole}");
    }
    let digits = (unit + n % unit).to_string();
    format!("{sign}{whole}.{}", digits.get(1..).unwrap_or_default())
}

/// The integer next to `value * scale`, halves up, by the shortest decimal text of `value`.
///
/// Whether that text lies below or above a half `h` is whether `value` lies below or above the
/// double next to `h`; it is `h` itself where `value` is that double, since no shorter decimal
/// is as near. And the quotient of two integers below 2⁵³ is the double next to it.
fn rounded(value: f64, scale: u64) -> u64 {
    let half_below = |n: f64| (2.0 * n - 1.0) / (2 * scale) as f64;
    let near = (value * scale as f64).round();
    if value < half_below(near) {
        (near - 1.0) as u64
    } else if value >= half_below(near + 1.0) {
        (near + 1.0) as u64
    } else {
        near as u64
    }
}

fn with_commas(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Rounds the decimal text of a number digit by digit: what [`fixed`] must give.
    fn by_text(value: f64, decimals: usize) -> String {
        let text = format!("{}", value.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let kept = format!("{fraction:0<decimals$}");
        let mut digits: Vec<u8> = whole.bytes().chain(kept.bytes().take(decimals)).collect();
        let mut carries = fraction.as_bytes().get(decimals).is_some_and(|&next| next >= b'5');
        for digit in digits.iter_mut().rev() {
            if carries {
                carries = *digit == b'9';
                *digit = if carries { b'0' } else { *digit + 1 };
            }
        }
        if carries {
            digits.insert(0, b'1');
        }
        let is_zero = digits.iter().all(|&digit| digit == b'0');
        let digits = String::from_utf8(digits).unwrap_or_default();
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        let sign = if value < 0.0 && !is_zero { "−" } else { "" };
        let point = if decimals > 0 { "." } else { "" };
        format!("{sign}{}{point}{fraction}", grouped(whole.parse::<u64>().unwrap_or_default()))
    }

    #[test]
    fn halves_of_the_shortest_text_round_away_from_zero() {
        assert_eq!(
            [0.585, 1.005, 2.675, 0.285].map(|r| fixed(r, 2)),
            ["0.59", "1.01", "2.68", "0.29"]
        );
        assert_eq!([-0.585, -0.005].map(|r| fixed(r, 2)), ["−0.59", "−0.01"]);
        assert_eq!([0.5, 1.5, 2.5].map(|value| fixed(value, 0)), ["1", "2", "3"]);
        assert_eq!(fixed(0.584_999_999_999_999_9, 2), "0.58");
        for n in 0..=2000 {
            let value = f64::from(n) / 1000.0;
            assert_eq!(fixed(value, 2), by_text(value, 2));
            assert_eq!(fixed(value / 2.0, 3), by_text(value / 2.0, 3));
        }
    }

    #[test]
    fn minus_is_true_and_zero_has_no_sign() {
        assert_eq!(fixed(-0.014, 2), "−0.01");
        assert_eq!(fixed(-0.004, 2), "0.00");
        assert_eq!(fixed(-0.0, 2), "0.00");
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
    fn what_is_too_large_ends_at_a_bound() {
        assert_eq!(fixed(f64::MAX, 0), "18,446,744,073,709,551,615");
        assert_eq!(fixed(-1e300, 2), "−184,467,440,737,095,516.15");
    }

    #[test]
    fn cells_drop_the_zero() {
        assert_eq!([0.512, -0.891, 0.0].map(cell), [".51", "−.89", ".00"]);
        assert_eq!([0.996, -1.0, -0.001].map(cell), ["1.0", "−1.0", ".00"]);
        assert_eq!([-0.67, 0.71, -0.97, 0.01].map(short_cell), ["−.7", ".7", "−1.0", ".0"]);
    }

    #[test]
    fn differences_have_their_sign_and_shares_are_rounded_as_they_are_written() {
        assert_eq!(
            [0.03, -0.039, 0.0001].map(|value| signed(value, 3)),
            ["+0.030", "−0.039", "0.000"]
        );
        assert_eq!([0.285, 0.125, 1.0].map(whole_percent), ["29", "13", "100"]);
        assert_eq!([0.12, -0.031, 0.004].map(percentage_points), ["+12", "−3", "0"]);
        assert_eq!(spread(0.215), "±0.22");
    }

    #[test]
    fn numbers_for_the_stylesheet_are_plain() {
        assert_eq!(percent(-12.5), "-12.50%");
        assert_eq!(plain(-0.5, 3), "-0.500");
        assert_eq!(plain(1234.0, 1), "1234.0");
    }

    #[test]
    fn counts_agree_with_their_noun() {
        assert_eq!(counted(1_u32, "pair", "pairs"), "1 pair");
        assert_eq!(counted(0_usize, "pair", "pairs"), "0 pairs");
        assert_eq!(counted(1200_u64, "pair", "pairs"), "1,200 pairs");
        assert_eq!(grouped(u32::MAX), "4,294,967,295");
        assert_eq!(n_of(38, 1061), "38 of 1,061");
        assert_eq!([9, 12, 13, 0].map(in_words), ["nine", "twelve", "13", "no"]);
        assert_eq!(uncapital("Mean r"), "mean r");
        assert_eq!((capital("mean r"), capital("")), ("Mean r".to_owned(), String::new()));
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
        assert_eq!(minutes(125.4), "2:05");
    }

    #[test]
    fn rates_have_a_decimal_where_it_tells() {
        assert_eq!(rate(5.43, "maps"), "5.4 maps/s");
        assert_eq!(rate(320.2, "maps"), "320 maps/s");
    }

    #[test]
    fn sizes_are_in_megabytes() {
        assert_eq!([0, 312_000, 9_940_000].map(file_size), ["0.0 MB", "0.3 MB", "9.9 MB"]);
        assert_eq!([9_960_000, 2_345_600_000].map(file_size), ["10 MB", "2,346 MB"]);
    }

    proptest! {
        #[test]
        fn rounding_is_that_of_the_shortest_decimal_text(
            value in prop_oneof![-2.0..2.0, -1e10..1e10, -1e-4..1e-4],
            decimals in 0..5_usize,
        ) {
            prop_assert_eq!(fixed(value, decimals as u32), by_text(value, decimals));
        }

        /// Where a decimal lies on a half or one double beside it.
        #[test]
        fn halves_and_their_neighbours_round_as_their_text_does(n in 0..2_000_000_000_u64, decimals in 0..5_usize) {
            let half = (2 * n + 1) as f64 / (2 * 10_u64.pow(decimals as u32)) as f64;
            for value in [half.next_down(), half, half.next_up()] {
                prop_assert_eq!(fixed(value, decimals as u32), by_text(value, decimals));
                prop_assert_eq!(fixed(-value, decimals as u32), by_text(-value, decimals));
            }
        }

        #[test]
        fn whole_percents_are_the_second_decimal(share in 0.0..2.0) {
            prop_assert_eq!(whole_percent(share), fixed(share, 2).replace('.', "").trim_start_matches('0').parse::<u64>().unwrap_or(0).to_string());
        }
    }
}
