//! The fields that decide what a set is and which difficulty represents it.

use std::borrow::Cow;

use crate::python::{float, integer, is_space, strip};
use carto_types::{Cause, MapRefusal, RegistryFields, SetHead};

/// Title, artist and creator of a set, from the bytes of its first `.osu`.
///
/// Line ends are *not* translated here: `Title:` before CRLF is an empty
/// title, before LF it is no title at all (quirk 3).
///
/// # Source
///
/// `step1_build_index` in osu-dreamer-cartography `experiment/run_analysis.py`
/// @ `7ec522b`, lines 104 to 194.
#[must_use]
pub fn read_head(bytes: &[u8]) -> Option<SetHead> {
    let text = String::from_utf8_lossy(bytes);
    let field = |name: &str| {
        field_starts(&text, name).find_map(|start| {
            let line = text[start..].split('\n').next().unwrap_or_default();
            (!line.is_empty()).then(|| strip(line).to_owned())
        })
    };
    Some(SetHead { title: field("Title")?, artist: field("Artist")?, creator: field("Creator")? })
}

/// What the registry makes of one `.osu`.
#[derive(Debug, Clone, PartialEq)]
pub enum Registration {
    /// An osu!standard map and its row.
    Standard(RegistryFields),
    /// A map of another game mode.
    OtherMode(i64),
    /// A map without a `Mode` line, which is not registered (quirk 12).
    NoMode,
}

/// The registry's row of one `.osu`.
///
/// An empty field takes the next line that is not blank (quirk 13), and a
/// negative number is none (quirk 14).
///
/// # Errors
///
/// A [`MapRefusal`] where the published code would raise and end the whole
/// run: a mode that is no integer, a number such as `1.2.3`. Deviation: only
/// the map is left out.
///
/// # Source
///
/// `_parse_osu_metadata` in osu-dreamer-cartography
/// `experiment/run_analysis.py` @ `7ec522b`, lines 320 to 361.
pub fn read_fields(bytes: &[u8]) -> Result<Registration, MapRefusal> {
    let text = translate_newlines(String::from_utf8_lossy(bytes));
    let field =
        |name: &str| field_starts(&text, name).find_map(|start| value_across_lines(&text[start..]));
    let Some(mode) = field("Mode") else { return Ok(Registration::NoMode) };
    match integer(mode) {
        Some(0) => {}
        Some(mode) => return Ok(Registration::OtherMode(mode)),
        None => {
            let message = format!("Mode is not an integer: {mode:?}");
            return Err(MapRefusal::new(Cause::NotANumber, message));
        }
    }
    let number = |name: &str| -> Result<Option<f64>, MapRefusal> {
        let digits = field_starts(&text, name).find_map(|start| {
            let rest = text[start..].trim_start_matches(is_space);
            let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
            (end > 0).then(|| &rest[..end])
        });
        digits.map_or(Ok(None), |digits| match float(digits) {
            Some(value) => Ok(Some(value)),
            None => Err(MapRefusal::new(
                Cause::NotANumber,
                format!("{name} is not a number: {digits:?}"),
            )),
        })
    };
    let owned = |name: &str| field(name).map(str::to_owned);
    Ok(Registration::Standard(RegistryFields {
        title: owned("Title"),
        artist: owned("Artist"),
        creator: owned("Creator"),
        version: owned("Version"),
        beatmap_id: owned("BeatmapID"),
        circle_size: number("CircleSize")?,
        approach_rate: number("ApproachRate")?,
        overall_difficulty: number("OverallDifficulty")?,
        hp_drain_rate: number("HPDrainRate")?,
        audio_file_name: owned("AudioFilename"),
    }))
}

/// Where the values of `^name:` begin, in order.
fn field_starts<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    let mut line_start = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(line_start..)?;
            let value = rest.strip_prefix(name).and_then(|rest| rest.strip_prefix(':'));
            let found = value.map(|value| text.len() - value.len());
            line_start = rest.find('\n').map_or(usize::MAX, |end| line_start + end + 1);
            if found.is_some() {
                return found;
            }
            if line_start == usize::MAX {
                return None;
            }
        }
    })
}

/// `\s*(.+)$`, stripped: blanks of the same line count as a value only where
/// nothing else follows in the whole text.
fn value_across_lines(rest: &str) -> Option<&str> {
    let value = rest.trim_start_matches(is_space);
    if value.is_empty() {
        return rest.contains(|c: char| c != '\n').then_some("");
    }
    value.split('\n').next().map(strip)
}

fn translate_newlines(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_title_exists_before_crlf_only() {
        let head = |title: &str| {
            read_head(format!("{title}Artist:b\nCreator: c \n").as_bytes()).map(|head| head.title)
        };
        assert_eq!(head("Title:\r\n").as_deref(), Some(""));
        assert_eq!(head("Title:\n"), None);
        assert_eq!(head(" Title:x\n"), None);
        assert_eq!(head("Title:\nTitle:y\n").as_deref(), Some("y"));
    }

    #[test]
    fn an_empty_field_takes_the_next_line() {
        let text = b"Mode: 0\r\nVersion:\r\nCreator:x\r\nOverallDifficulty:-2\r\n";
        let Ok(Registration::Standard(fields)) = read_fields(text) else { panic!("not standard") };
        assert_eq!(fields.version.as_deref(), Some("Creator:x"));
        assert_eq!(fields.creator.as_deref(), Some("x"));
        assert_eq!(fields.overall_difficulty, None);
    }

    #[test]
    fn a_map_without_mode_is_not_registered() {
        assert_eq!(read_fields(b"Title:x\n"), Ok(Registration::NoMode));
        assert_eq!(read_fields(b"Mode: 3\n"), Ok(Registration::OtherMode(3)));
        assert!(read_fields(b"Mode: x\n").is_err());
        assert!(read_fields(b"Mode: 0\nOverallDifficulty:1.2.3\n").is_err());
    }
}
