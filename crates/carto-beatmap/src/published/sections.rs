//! Splitting a `.osu` text into sections, as `beatmap.py:20-58` does.

use std::collections::BTreeMap;

use super::number::{self, strip};
use super::refusal::Refusal;
use crate::limits::Limits;

/// One line of a list section: its number in the file, from 1, and its text.
pub(super) type Line<'a> = (usize, &'a str);

const LIST_SECTIONS: [&str; 3] = ["Events", "TimingPoints", "HitObjects"];

/// The sections of one text.
#[derive(Debug, Default)]
pub(super) struct Sections<'a> {
    fields: BTreeMap<&'a str, BTreeMap<&'a str, &'a str>>,
    lists: [Option<Vec<Line<'a>>>; LIST_SECTIONS.len()],
}

/// Where the line reader is.
#[derive(Clone, Copy)]
enum Current<'a> {
    Outside,
    Fields(&'a str),
    List(usize),
}

impl<'a> Sections<'a> {
    /// A blank line ends a section (quirk 23), a comment is a line that
    /// *starts* with two slashes, a header stands alone on its line (quirk
    /// 24), and a repeated header empties its section.
    pub(super) fn split(text: &'a str, limits: &Limits) -> Result<Self, Refusal> {
        let mut sections = Self::default();
        let mut current = Current::Outside;
        for (idx, line) in universal_lines(text).enumerate() {
            if line.starts_with("//") {
                continue;
            }
            let stripped = strip(line);
            if stripped.is_empty() {
                current = Current::Outside;
            } else if let Some(name) = header(line) {
                current = sections.begin(name);
            } else {
                match current {
                    Current::Outside => {}
                    Current::List(list_idx) => {
                        let list = sections.lists[list_idx].get_or_insert_default();
                        if list.len() >= limits.max_lines {
                            let section = LIST_SECTIONS[list_idx];
                            return Err(Refusal::TooManyLines { section, limit: limits.max_lines });
                        }
                        list.push((idx + 1, stripped));
                    }
                    Current::Fields(section) => {
                        if let Some((key, value)) = key_value(line) {
                            sections.fields.entry(section).or_default().insert(key, value);
                        }
                    }
                }
            }
        }
        Ok(sections)
    }

    fn begin(&mut self, name: &'a str) -> Current<'a> {
        if let Some(list_idx) = LIST_SECTIONS.iter().position(|&list| list == name) {
            self.lists[list_idx] = Some(Vec::new());
            Current::List(list_idx)
        } else {
            self.fields.insert(name, BTreeMap::new());
            Current::Fields(name)
        }
    }

    /// The value of a field, blanks around it removed.
    pub(super) fn value(&self, section: &str, key: &str) -> Option<&'a str> {
        self.fields.get(section)?.get(key).copied()
    }

    /// The section must exist; its fields may be missing.
    pub(super) fn require_section(
        &self,
        section: &'static str,
        source_line: u32,
    ) -> Result<(), Refusal> {
        if self.fields.contains_key(section) {
            Ok(())
        } else {
            Err(Refusal::MissingSection { section, source_line })
        }
    }

    /// The field must exist.
    pub(super) fn require(
        &self,
        section: &'static str,
        key: &'static str,
        source_line: u32,
    ) -> Result<&'a str, Refusal> {
        self.require_section(section, source_line)?;
        self.value(section, key).ok_or(Refusal::MissingField { section, key, source_line })
    }

    /// The field must exist and be a number.
    pub(super) fn number(
        &self,
        section: &'static str,
        key: &'static str,
        source_line: u32,
    ) -> Result<f64, Refusal> {
        let text = self.require(section, key, source_line)?;
        let not_a_number =
            || Refusal::FieldNotANumber { key, text: number::excerpt(text), source_line };
        number::float(text).ok_or_else(not_a_number)
    }

    /// The field must exist and be an integer.
    pub(super) fn integer(
        &self,
        section: &'static str,
        key: &'static str,
        source_line: u32,
    ) -> Result<i64, Refusal> {
        let text = self.require(section, key, source_line)?;
        let not_a_number =
            || Refusal::FieldNotANumber { key, text: number::excerpt(text), source_line };
        number::integer(text).ok_or_else(not_a_number)
    }

    /// The lines of a list section, which must exist.
    pub(super) fn list(
        &self,
        section: &'static str,
        source_line: u32,
    ) -> Result<&[Line<'a>], Refusal> {
        let list_idx = LIST_SECTIONS.iter().position(|&list| list == section);
        list_idx
            .and_then(|list_idx| self.lists[list_idx].as_deref())
            .ok_or(Refusal::MissingSection { section, source_line })
    }
}

/// Every event needs two fields, a break exactly three (quirk 29). Their
/// values play no part in the signal.
pub(super) fn check_events(lines: &[Line<'_>]) -> Result<(), Refusal> {
    for &(line, text) in lines {
        let n_fields = text.split(',').count();
        if n_fields < 2 {
            return Err(Refusal::EventTooShort { line });
        }
        let is_break = matches!(text.split(',').next(), Some("2" | "Break"));
        if is_break && n_fields != 3 {
            return Err(Refusal::BreakFields { line, n_fields });
        }
    }
    Ok(())
}

/// Lines as Python's text files give them: ended by LF, CR or CRLF.
pub(super) fn universal_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        match text.as_bytes().iter().position(|&byte| byte == b'\n' || byte == b'\r') {
            None => {
                rest = None;
                Some(text)
            }
            Some(end) => {
                let is_crlf = text[end..].starts_with("\r\n");
                rest = Some(&text[end + if is_crlf { 2 } else { 1 }..]);
                Some(&text[..end])
            }
        }
    })
}

/// `^\[(.*)\]$`
fn header(line: &str) -> Option<&str> {
    line.strip_prefix('[')?.strip_suffix(']')
}

/// `^(\w*)\s?:\s?(.*)$`, the value stripped: at most one blank before the
/// colon (quirk 25).
fn key_value(line: &str) -> Option<(&str, &str)> {
    let key_end = line.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(line.len());
    let (key, rest) = line.split_at(key_end);
    let rest = rest.strip_prefix(number::is_space).unwrap_or(rest);
    Some((key, strip(rest.strip_prefix(':')?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_line_ends_a_section_and_a_comment_does_not() {
        let text = "[HitObjects]\r\na\r\n//b\r\nc\r\n \r\nd\r\n[HitObjects] \r\n";
        let sections = Sections::split(text, &Limits::default()).unwrap();
        assert_eq!(sections.list("HitObjects", 0).unwrap(), [(2, "a"), (4, "c")]);
    }

    #[test]
    fn a_key_may_have_one_blank_before_its_colon() {
        assert_eq!(key_value("AR : 9 "), Some(("AR", "9")));
        assert_eq!(key_value("AR  : 9"), None);
        assert_eq!(key_value(" AR: 9"), None);
        assert_eq!(key_value("Title:a:b"), Some(("Title", "a:b")));
    }

    #[test]
    fn lines_end_at_any_of_the_three_line_ends() {
        let lines: Vec<_> = universal_lines("a\rb\r\nc\nd").collect();
        assert_eq!(lines, ["a", "b", "c", "d"]);
    }
}
