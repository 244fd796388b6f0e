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

use std::collections::BTreeMap;

use crate::text;

/// A section that osu! knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is the section that it is named after")]
pub enum Section {
    General,
    Editor,
    Metadata,
    Difficulty,
    Events,
    TimingPoints,
    Colours,
    HitObjects,
    Variables,
    CatchTheBeat,
    Mania,
}

impl Section {
    /// In the order of the variants.
    const NAMES: [(&str, Self); 11] = [
        ("General", Self::General),
        ("Editor", Self::Editor),
        ("Metadata", Self::Metadata),
        ("Difficulty", Self::Difficulty),
        ("Events", Self::Events),
        ("TimingPoints", Self::TimingPoints),
        ("Colours", Self::Colours),
        ("HitObjects", Self::HitObjects),
        ("Variables", Self::Variables),
        ("CatchTheBeat", Self::CatchTheBeat),
        ("Mania", Self::Mania),
    ];

    /// What stands between the brackets of its header.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }

    /// Whether it is a list of lines and no table of keys.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(self, Self::Events | Self::TimingPoints | Self::HitObjects)
    }

    fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|&(_, section)| section)
    }
}

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
    /// The name of the section that begins.
    Header(&'a str),
    /// What belongs to the section, as far as it is no comment.
    Item(&'a str),
}

impl<'a> LineKind<'a> {
    /// A header where the whole line is a name in brackets, otherwise an item.
    #[must_use]
    pub fn header_or_item(line: &'a str) -> Self {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => Self::Header(name),
            None => Self::Item(line),
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
            LineKind::Header(name) => section = Section::named(name),
            LineKind::Blank if rules.blank_ends_section => section = None,
            _ => {}
        }
        Line { number: idx + 1, text, section, kind }
    })
}

/// A line of a list section: its number in the file, from 1, and its text.
pub type ListLine<'a> = (usize, &'a str);

/// The lines of list sections that began, comments and blank lines left out.
pub type ListSections<'a> = BTreeMap<Section, Vec<ListLine<'a>>>;

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: LineRules =
        LineRules { kind_of: |line, _| LineKind::header_or_item(line), blank_ends_section: false };

    #[test]
    fn every_line_has_its_number_and_section() {
        let all: Vec<_> = lines("a\r\n[General]\nb\n[Else]\nc\n[]\n[Mania]", &RULES)
            .map(|line| (line.number, line.section, line.kind))
            .collect();
        let (general, mania) = (Some(Section::General), Some(Section::Mania));
        let expected = [
            (1, None, LineKind::Item("a")),
            (2, general, LineKind::Header("General")),
            (3, general, LineKind::Item("b")),
            (4, None, LineKind::Header("Else")),
            (5, None, LineKind::Item("c")),
            (6, None, LineKind::Header("")),
            (7, mania, LineKind::Header("Mania")),
        ];
        assert_eq!(all, expected);
    }
}
