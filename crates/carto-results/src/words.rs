//! Numbers and words as they are shown.

/// Three decimals and a true minus sign; a word for what is no number.
pub(crate) fn r(value: f64) -> String {
    if !value.is_finite() {
        return none();
    }
    // What rounds to zero has no sign.
    minus(&format!("{:.3}", value + 0.0)).replace("\u{2212}0.000", "0.000")
}

/// As [`r`], with a sign for what is above zero.
pub(crate) fn difference(value: f64) -> String {
    let text = r(value);
    if value.is_finite() && value > 0.0 && text != "0.000" { format!("+{text}") } else { text }
}

pub(crate) fn minus(text: &str) -> String {
    text.replace('-', "\u{2212}")
}

/// A word where there is nothing.
pub(crate) fn none() -> String {
    "none".to_owned()
}

/// With commas between thousands: "1,808".
pub(crate) fn thousands(value: u64) -> String {
    let digits = value.to_string();
    let n_head = digits.len() % 3;
    let (head, rest) = digits.split_at(n_head);
    let groups = rest.as_bytes().chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    let head = (!head.is_empty()).then(|| head.to_owned());
    head.into_iter().chain(groups).collect::<Vec<_>>().join(",")
}

/// "1 pair", "1,808 pairs".
pub(crate) fn counted(n: u32, word: &str) -> String {
    let ending = if n == 1 { "" } else { "s" };
    format!("{} {word}{ending}", thousands(u64::from(n)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_as_the_page_writes_them() {
        assert_eq!((r(0.77416), r(-0.5)), ("0.774".to_owned(), "\u{2212}0.500".to_owned()));
        assert_eq!((r(-0.0001), r(f64::NAN)), ("0.000".to_owned(), "none".to_owned()));
        assert_eq!(difference(0.03003), "+0.030");
        assert_eq!((difference(-0.2), difference(0.0001)), ("\u{2212}0.200".to_owned(), r(0.0)));
        let expected = ["0", "999", "1,000", "12,345", "1,234,567"];
        assert_eq!([0, 999, 1000, 12_345, 1_234_567].map(thousands), expected);
        assert_eq!(
            (counted(1, "pair"), counted(1808, "pair")),
            ("1 pair".into(), "1,808 pairs".into())
        );
    }
}
