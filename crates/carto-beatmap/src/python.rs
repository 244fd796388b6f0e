//! Numbers and blanks as Python reads them from text: the rules of both published programs.

/// Whitespace as `str.strip` and `\s` mean it.
#[must_use]
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// `str.strip()`.
#[must_use]
pub fn strip(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// `float(text)`: surrounding blanks, signs, exponents, `inf`, `nan` and
/// underscores between digits.
#[must_use]
pub fn float(text: &str) -> Option<f64> {
    if let Some(value) = short_integer(text.as_bytes()) {
        return Some(value);
    }
    let text = strip(text);
    if text.contains('_') { without_underscores(text)?.parse().ok() } else { text.parse().ok() }
}

/// `int(text)` for integers that fit.
#[must_use]
pub fn integer(text: &str) -> Option<i64> {
    let text = strip(text);
    if text.contains('_') { without_underscores(text)?.parse().ok() } else { text.parse().ok() }
}

/// The commonest case without the general parser: up to 15 digits, exact in a float.
fn short_integer(text: &[u8]) -> Option<f64> {
    if text.is_empty() || text.len() > 15 {
        return None;
    }
    let mut value = 0_u64;
    for &byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + u64::from(digit);
    }
    Some(value as f64)
}

/// Underscores are allowed between two digits only.
fn without_underscores(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let is_digit = |idx: usize| bytes.get(idx).is_some_and(u8::is_ascii_digit);
    let are_placed_well = bytes
        .iter()
        .enumerate()
        .filter(|&(_, &byte)| byte == b'_')
        .all(|(idx, _)| idx > 0 && is_digit(idx - 1) && is_digit(idx + 1));
    are_placed_well.then(|| text.replace('_', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_in_python() {
        for (text, expected) in [
            ("12", Some(12.0)),
            (" -3.5 ", Some(-3.5)),
            ("1e2", Some(100.0)),
            ("1_000", Some(1000.0)),
            ("_1", None),
            ("1__0", None),
            ("+.5", Some(0.5)),
            ("5.", Some(5.0)),
            ("", None),
            ("0x10", None),
            ("Infinity", Some(f64::INFINITY)),
            ("1,5", None),
        ] {
            assert_eq!(float(text), expected, "{text:?}");
        }
        assert!(float("nan").is_some_and(f64::is_nan));
        assert_eq!(integer("1.0"), None);
        assert_eq!(integer(" 7\u{1f}"), Some(7));
    }
}
