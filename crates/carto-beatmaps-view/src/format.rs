//! Numbers as people read them.

/// What stands where a map has no number.
pub(crate) const NO_VALUE: &str = "none";

/// `1,234`.
pub(crate) fn grouped(n: usize) -> String {
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

/// `1 map`, `1,234 maps`.
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// Minutes and seconds: `2:05`.
pub(crate) fn minutes(seconds: f64) -> String {
    let seconds = seconds.max(0.0).round() as u64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// A share in `[0, 1]` as a whole percentage, without its sign.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

/// As [`percent`], with a true minus and always a sign: `+12`, `−3`.
pub(crate) fn points(change: f64) -> String {
    let points = (change * 100.0).round();
    let sign = if points < 0.0 { "−" } else { "+" };
    format!("{sign}{:.0}", points.abs())
}

/// A feature as a person reads it; the saved table has all its digits.
///
/// - `name`: of the feature's column
pub(crate) fn feature_text(name: &str, value: f64) -> String {
    match name {
        "star_rating" => format!("{value:.2}"),
        "total_length" | "hit_length" | "break_length" => minutes(value),
        "stream_density"
        | "burst_density"
        | "kiai_note_ratio"
        | "slider_ratio"
        | "slider_share"
        | "alt_ratio"
        | "stream_density_local"
        | "rhythm_complexity"
        | "break_ratio" => {
            format!("{:.0}%", value * 100.0)
        }
        "notes_per_second" | "ar" | "cs" | "od" | "hp" => format!("{value:.1}"),
        _ if value.abs() >= 20.0 => format!("{value:.0}"),
        _ => format!("{value:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!((grouped(999), grouped(1_234_567)), ("999".to_owned(), "1,234,567".to_owned()));
        assert_eq!(minutes(125.4), "2:05");
        assert_eq!((points(-0.031), points(0.12)), ("−3".to_owned(), "+12".to_owned()));
        assert_eq!(counted(1, "map", "maps"), "1 map");
    }
}
