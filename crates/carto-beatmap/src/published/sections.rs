//! The sections of a `.osu` as `beatmap.py:20-58` splits them.

use std::collections::BTreeMap;

use super::refusal::Refusal;
use crate::limits::Limits;
use crate::python::{self, strip};
use crate::sections::{BySection, LineKind, LineRules, ListLine, Section, is_list, lines};
use crate::text::excerpt;

/// A blank line ends a section (quirk 23), a comment is a line that *starts*
/// with two slashes, and a header stands alone on its line (quirk 24).
const RULES: LineRules = LineRules { kind_of, blank_ends_section: true };

fn kind_of(line: &str, _: Option<Section>) -> LineKind<'_> {
    if line.starts_with("//") {
        LineKind::Comment
    } else if line.chars().all(python::is_space) {
        LineKind::Blank
    } else {
        LineKind::header_or_item(line)
    }
}

/// The sections of one text.
#[derive(Debug, Default)]
pub(super) struct Sections<'a> {
    /// Of sections that began; lists have none.
    fields: BySection<Option<BTreeMap<&'a str, &'a str>>>,
    /// Of sections that began; empty but for lists.
    lists: BySection<Option<Vec<ListLine<'a>>>>,
}

impl<'a> Sections<'a> {
    /// A repeated header empties its section.
    pub(super) fn split(text: &'a str, limits: &Limits) -> Result<Self, Refusal> {
        let mut sections = Self::default();
        for line in lines(text, &RULES) {
            let Some(section) = line.section else { continue };
            let (fields, list) =
                (&mut sections.fields[section as usize], &mut sections.lists[section as usize]);
            match line.kind {
                LineKind::Header(_) => {
                    (*fields, *list) = (Some(BTreeMap::new()), Some(Vec::new()));
                }
                LineKind::Item(item) if is_list(section) => {
                    let list = list.get_or_insert_default();
                    list.push((line.number, strip(item)));
                    limits.check_lines(section, list.len())?;
                }
                LineKind::Item(item) => fields.get_or_insert_default().extend(key_value(item)),
                LineKind::Blank | LineKind::Comment => {}
            }
        }
        Ok(sections)
    }

    /// The value of a field, blanks around it removed.
    pub(super) fn value(&self, section: Section, key: &str) -> Option<&'a str> {
        self.fields[section as usize].as_ref()?.get(key).copied()
    }

    /// The section must exist; its fields may be missing.
    pub(super) fn require_section(
        &self,
        section: Section,
        source_line: u32,
    ) -> Result<(), Refusal> {
        let is_there = self.fields[section as usize].is_some();
        if is_there { Ok(()) } else { Err(Refusal::MissingSection { section, source_line }) }
    }

    /// The field must exist.
    pub(super) fn require(
        &self,
        section: Section,
        key: &'static str,
        source_line: u32,
    ) -> Result<&'a str, Refusal> {
        self.require_section(section, source_line)?;
        let missing = Refusal::MissingField { section, key, source_line };
        self.value(section, key).ok_or(missing)
    }

    /// The field must exist and be what `read` takes, a number or an integer.
    pub(super) fn read<T>(
        &self,
        section: Section,
        key: &'static str,
        source_line: u32,
        read: fn(&str) -> Option<T>,
    ) -> Result<T, Refusal> {
        let text = self.require(section, key, source_line)?;
        read(text).ok_or_else(|| Refusal::FieldNotANumber { key, text: excerpt(text), source_line })
    }

    /// The lines of a list section, which must exist.
    pub(super) fn list(
        &self,
        section: Section,
        source_line: u32,
    ) -> Result<&[ListLine<'a>], Refusal> {
        let list = self.lists[section as usize].as_deref();
        list.ok_or(Refusal::MissingSection { section, source_line })
    }
}

/// Every event needs two fields, a break exactly three (quirk 29). Their
/// values play no part in the signal.
pub(super) fn check_events(lines: &[ListLine<'_>]) -> Result<(), Refusal> {
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

/// `^(\w*)\s?:\s?(.*)$`, the value stripped: at most one blank before the
/// colon (quirk 25).
fn key_value(line: &str) -> Option<(&str, &str)> {
    let key_end = line.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(line.len());
    let (key, rest) = line.split_at(key_end);
    let rest = rest.strip_prefix(python::is_space).unwrap_or(rest);
    Some((key, strip(rest.strip_prefix(':')?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_line_ends_a_section_and_a_comment_does_not() {
        let text = "[HitObjects]\r\na\r\n//b\r\nc\r\n \r\nd\r\n[HitObjects] \r\n";
        let sections = Sections::split(text, &Limits::default()).unwrap();
        assert_eq!(sections.list(Section::HitObjects, 0).unwrap(), [(2, "a"), (4, "c")]);
    }

    #[test]
    fn a_key_may_have_one_blank_before_its_colon() {
        assert_eq!(key_value("AR : 9 "), Some(("AR", "9")));
        assert_eq!(key_value("AR  : 9"), None);
        assert_eq!(key_value(" AR: 9"), None);
        assert_eq!(key_value("Title:a:b"), Some(("Title", "a:b")));
    }
}
