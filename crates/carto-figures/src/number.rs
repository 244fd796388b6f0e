//! Numbers: which can be drawn, and as text.

/// How far rounding may carry a mean beyond the range of its values.
pub(crate) const ROUNDING: f64 = 1e-9;

/// A correlation as it is drawn, `None` for what is none.
pub(crate) fn correlation(r: f64) -> Option<f64> {
    (r.abs() <= 1.0 + ROUNDING).then(|| r.clamp(-1.0, 1.0))
}

/// The number of the largest size, the first of equals, with what it belongs to.
pub(crate) fn strongest<T>(values: impl Iterator<Item = (T, f64)>) -> Option<(T, f64)> {
    values.fold(None, |strongest, (of, value)| match strongest {
        Some((_, most)) if value.abs() <= f64::abs(most) => strongest,
        _ => Some((of, value)),
    })
}

/// [`r_text`] of a correlation, or "none".
pub(crate) fn r_or_none(r: Option<f64>) -> String {
    r.map_or_else(|| "none".to_owned(), r_text)
}

/// [`cell_text`] of a correlation, or "none".
pub(crate) fn cell_or_none(r: Option<f64>) -> String {
    r.map_or_else(|| "none".to_owned(), cell_text)
}

/// `0.58` or `−0.10`: two decimals, a true minus sign, and no minus before a zero.
pub(crate) fn r_text(value: f64) -> String {
    let text = format!("{value:.2}");
    match text.strip_prefix('-') {
        Some(digits) if digits.bytes().any(|byte| matches!(byte, b'1'..=b'9')) => {
            format!("\u{2212}{digits}")
        }
        Some(digits) => digits.to_owned(),
        None => text,
    }
}

/// `0.774`: three decimals, where two figures are compared.
pub(crate) fn r3_text(value: f64) -> String {
    let text = format!("{value:.3}");
    match text.strip_prefix('-') {
        Some("0.000") => "0.000".to_owned(),
        Some(digits) => format!("\u{2212}{digits}"),
        None => text,
    }
}

/// A correlation in a narrow cell: `.51`, `−.89`, `1.0`.
pub(crate) fn cell_text(value: f64) -> String {
    let text = r_text(value);
    match (text.strip_prefix("0."), text.strip_prefix("\u{2212}0.")) {
        (Some(digits), _) => format!(".{digits}"),
        (_, Some(digits)) => format!("\u{2212}.{digits}"),
        _ => text.strip_suffix('0').map_or(text.clone(), str::to_owned),
    }
}

/// `1 pair`, `460 pairs`, `1,024 pairs`.
pub(crate) fn counted(n: u32, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// `nine`, or `13` where a word would be longer than it is worth.
pub(crate) fn in_words(n: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

fn grouped(n: u32) -> String {
    let digits = n.to_string();
    let mut text = String::new();
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
    use super::*;

    #[test]
    fn r_has_two_decimals_and_a_true_minus() {
        assert_eq!(r_text(0.5824), "0.58");
        assert_eq!(r_text(-0.104), "\u{2212}0.10");
        assert_eq!(r_text(-1.0), "\u{2212}1.00");
    }

    #[test]
    fn nothing_is_minus_zero() {
        assert_eq!(r_text(-0.0), "0.00");
        assert_eq!(r_text(-0.004), "0.00");
        assert_eq!(r_text(-0.006), "\u{2212}0.01");
    }

    #[test]
    fn of_equally_strong_ones_the_first_counts_and_no_number_is_stronger_than_none() {
        let strongest = |values: &[f64]| super::strongest(values.iter().copied().enumerate());
        assert_eq!(strongest(&[0.2, -0.5, 0.5]), Some((1, -0.5)));
        assert_eq!(strongest(&[]), None);
        assert_eq!(correlation(1.0 + 1e-12), Some(1.0));
        assert_eq!((correlation(1.1), correlation(f64::NAN)), (None, None));
    }

    #[test]
    fn cells_drop_the_zero() {
        assert_eq!(cell_text(0.512), ".51");
        assert_eq!(cell_text(-0.891), "\u{2212}.89");
        assert_eq!(cell_text(-0.001), ".00");
        assert_eq!(cell_text(0.997), "1.0");
        assert_eq!(cell_text(-1.0), "\u{2212}1.0");
    }

    #[test]
    fn three_decimals_have_no_minus_zero_either() {
        assert_eq!(r3_text(0.774_16), "0.774");
        assert_eq!(r3_text(-0.0004), "0.000");
        assert_eq!(r3_text(-0.0306), "\u{2212}0.031");
    }

    #[test]
    fn counts_agree_with_their_noun_and_group_thousands() {
        assert_eq!(counted(1, "pair", "pairs"), "1 pair");
        assert_eq!(counted(0, "pair", "pairs"), "0 pairs");
        assert_eq!(counted(999, "pair", "pairs"), "999 pairs");
        assert_eq!(counted(1_000, "pair", "pairs"), "1,000 pairs");
        assert_eq!(counted(u32::MAX, "pair", "pairs"), "4,294,967,295 pairs");
    }

    #[test]
    fn small_numbers_are_words() {
        assert_eq!(in_words(9), "nine");
        assert_eq!(in_words(12), "twelve");
        assert_eq!(in_words(13), "13");
    }
}
