//! Bytes to text and text to lines as osu!'s stream reader does both, and parts of lines.

use std::borrow::Cow;

/// UTF-8, or UTF-16 with a byte order mark; what cannot be decoded becomes U+FFFD.
#[must_use]
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        [0xFF, 0xFE, rest @ ..] => Cow::Owned(decode_utf16(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Cow::Owned(decode_utf16(rest, u16::from_be_bytes)),
        _ => String::from_utf8_lossy(bytes),
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks().0.iter().map(|&pair| unit(pair));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// Lines ended by LF, CR or CRLF, without their ends.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// Enough of a text to recognise it in a message.
#[must_use]
pub fn excerpt(text: &str) -> String {
    const MAX_CHARS: usize = 40;
    let mut excerpt: String = text.chars().take(MAX_CHARS).collect();
    if excerpt.len() < text.len() {
        excerpt.push('…');
    }
    excerpt
}

/// A time as osu!'s editor shows it: minutes, seconds and milliseconds, `2:33.646`.
///
/// What is finer than a millisecond follows, since two objects may be that close.
///
/// - `time_ms`: since the start of the audio
#[must_use]
pub fn game_time(time_ms: f64) -> String {
    if !time_ms.is_finite() {
        return "no finite time".to_owned();
    }
    let sign = if time_ms < 0.0 { "-" } else { "" };
    // Millionths of a second are whole in an f64 for a thousand years of music.
    let time_us = (time_ms.abs() * 1000.0).round();
    let seconds = (time_us / 1e6).floor();
    let (minutes, within_us) = ((seconds / 60.0).floor(), time_us - 1e6 * seconds);
    let digits = format!("{within_us:06.0}");
    let (coarse, fine) = digits.split_at(3);
    let fine = fine.trim_end_matches('0');
    format!("{sign}{minutes:.0}:{:02.0}.{coarse}{fine}", seconds - 60.0 * minutes)
}

/// Key and value around the first colon, blanks around both removed.
#[must_use]
pub fn key_value(line: &str) -> Option<(&str, &str)> {
    line.split_once(':').map(|(key, value)| (key.trim(), value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_byte_orders_of_utf16_give_the_same_text() {
        // U+010A holds the byte of a line feed, which must not end a line.
        let text = "a\u{10a}b\r\nc";
        let encoded = |bytes_of: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes_of).collect()
        };
        let (little, big) = (encoded(u16::to_le_bytes), encoded(u16::to_be_bytes));
        assert_eq!(decode(&little), text);
        assert_eq!(decode(&big), text);
        assert_eq!(decode(&little[..little.len() - 1]), &text[..text.len() - 1], "half a unit");
        assert_eq!(decode("\u{feff}x".as_bytes()), "x");
        assert_eq!(decode(b"a\xffb"), "a\u{fffd}b");
    }

    #[test]
    fn times_are_those_of_the_editor() {
        for (time_ms, expected) in [
            (0.0, "0:00.000"),
            (153_646.0, "2:33.646"),
            (59_999.999_9, "1:00.000"),
            (60_000.0, "1:00.000"),
            (-120.0, "-0:00.120"),
            (3_600_000.25, "60:00.00025"),
            (f64::NAN, "no finite time"),
        ] {
            assert_eq!(game_time(time_ms), expected, "{time_ms}");
        }
    }

    #[test]
    fn every_line_end_counts_once() {
        let all: Vec<_> = lines("a\rb\r\nc\n\r\nd\r\re\r").collect();
        assert_eq!(all, ["a", "b", "c", "", "d", "", "e"]);
    }
}
