//! The sections of a `.osu`: one walk over its lines, by the rules of whoever reads it.
//!
//! Readers disagree on what a line is, so each brings its [`LineRules`]:
//!
//! | | published pipeline | osu! | features |
//! |---|---|---|---|
//! | a blank line | ends the section | ends nothing | ends nothing |
//! | comments | lines that begin with `//` | those behind blanks too, and all behind `//` outside of `[Metadata]` | lines that begin with `//`, behind blanks too |
//! | a header | alone on its line, without blanks | blanks may follow | blanks around it |
//! | blanks | Python's | Unicode's | Unicode's |

pub use rosu_map::section::Section;

use crate::text;

/// How one program tells the lines of a `.osu` apart.
#[derive(Debug, Clone, Copy)]
pub struct LineRules {
    /// What a line is, in the section that it stands in.
    pub kind_of: for<'a> fn(line: &'a str, section: Option<Section>) -> LineKind<'a>,
    /// Whether nothing belongs to a section behind a blank line in it.
    pub blank_ends_section: bool,
}

/// What a line is to its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind<'a> {
    /// Nothing but blanks.
    Blank,
    /// Only a comment.
    Comment,
    /// The begin of a section; `None` of one that osu! does not know.
    Header(Option<Section>),
    /// What belongs to the section, as far as it is no comment.
    Item(&'a str),
}

impl<'a> LineKind<'a> {
    /// A header where the whole line is a name in brackets, otherwise an item.
    #[must_use]
    pub fn header_or_item(line: &'a str) -> Self {
        if line.starts_with('[') && line.ends_with(']') {
            Self::Header(Section::try_from_line(line))
        } else {
            Self::Item(line)
        }
    }
}

/// A line and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Counted from 1 in the file.
    pub number: usize,
    /// The whole line without its end.
    pub text: &'a str,
    /// The section that it stands in; of a header, the one that begins. `None`
    /// outside of all that osu! knows.
    pub section: Option<Section>,
    /// What it is by the rules of the reader.
    pub kind: LineKind<'a>,
}

/// All lines of a text, blank ones and comments included.
pub fn lines<'a>(text: &'a str, rules: &LineRules) -> impl Iterator<Item = Line<'a>> {
    let mut section = None;
    text::lines(text).enumerate().map(move |(idx, text)| {
        let kind = (rules.kind_of)(text, section);
        match kind {
            LineKind::Header(begun) => section = begun,
            LineKind::Blank if rules.blank_ends_section => section = None,
            _ => {}
        }
        Line { number: idx + 1, text, section, kind }
    })
}

/// One value for each section, at the place `section as usize`.
pub type BySection<T> = [T; Section::Mania as usize + 1];

/// A line of a list section: its number in the file, from 1, and its text.
pub type ListLine<'a> = (usize, &'a str);

/// Whether a section is a list of lines and no table of keys.
#[must_use]
pub fn is_list(section: Section) -> bool {
    matches!(section, Section::Events | Section::TimingPoints | Section::HitObjects)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_its_number_and_section() {
        let rules = LineRules {
            kind_of: |line, _| LineKind::header_or_item(line),
            blank_ends_section: false,
        };
        let all: Vec<_> = lines("a\r\n[General]\nb\n[Else]\nc\n[]\n[Mania]", &rules)
            .map(|line| (line.number, line.section, line.kind))
            .collect();
        let (general, mania) = (Some(Section::General), Some(Section::Mania));
        let expected = [
            (1, None, LineKind::Item("a")),
            (2, general, LineKind::Header(general)),
            (3, general, LineKind::Item("b")),
            (4, None, LineKind::Header(None)),
            (5, None, LineKind::Item("c")),
            (6, None, LineKind::Header(None)),
            (7, mania, LineKind::Header(mania)),
        ];
        assert_eq!(all, expected);
    }
}
