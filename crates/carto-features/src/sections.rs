//! A `.osu` split into what features are read from.

use std::collections::BTreeMap;

use carto_beatmap::limits::Limits;
use carto_beatmap::sections::{BySection, LineKind, LineRules, ListLine, Section, is_list, lines};
use carto_beatmap::text::{excerpt, key_value};

use super::error::FeatureError;

const RULES: LineRules = LineRules { kind_of, blank_ends_section: false };

fn kind_of(line: &str, _: Option<Section>) -> LineKind<'_> {
    let line = line.trim();
    if line.is_empty() {
        LineKind::Blank
    } else if line.starts_with("//") {
        LineKind::Comment
    } else {
        LineKind::header_or_item(line)
    }
}

/// What a `.osu` of any format is told by from other files; the other sections came
/// with single formats.
fn is_in_any_format(section: Section) -> bool {
    !matches!(section, Section::Variables | Section::CatchTheBeat | Section::Mania)
}

/// Lines by section, blanks around them removed; blank lines and comments left out.
#[derive(Debug, Default)]
pub(super) struct Sections<'a> {
    /// Values of `[General]`, `[Metadata]` and `[Difficulty]`; the last of a key counts.
    values: BTreeMap<&'a str, &'a str>,
    lists: BySection<Vec<ListLine<'a>>>,
}

impl<'a> Sections<'a> {
    /// # Errors
    ///
    /// [`FeatureError::Empty`], [`FeatureError::NotABeatmap`], [`FeatureError::Limit`].
    pub(super) fn split(text: &'a str, limits: &Limits) -> Result<Self, FeatureError> {
        let mut sections = Self::default();
        let (mut first_line, mut is_beatmap) = (None, false);
        for line in lines(text, &RULES) {
            match (line.kind, line.section) {
                (LineKind::Blank | LineKind::Comment, _) => continue,
                (LineKind::Header(_), section) => {
                    is_beatmap |= section.is_some_and(is_in_any_format);
                }
                (LineKind::Item(item), None) => {
                    is_beatmap |= first_line.is_none() && item.starts_with("osu file format v");
                }
                (LineKind::Item(item), Some(section)) => {
                    sections.take(section, (line.number, item), limits)?;
                }
            }
            first_line.get_or_insert(line.text.trim());
        }
        match first_line {
            _ if is_beatmap => Ok(sections),
            Some(line) => Err(FeatureError::NotABeatmap { first_line: excerpt(line) }),
            None => Err(FeatureError::Empty),
        }
    }

    fn take(
        &mut self,
        section: Section,
        line: ListLine<'a>,
        limits: &Limits,
    ) -> Result<(), FeatureError> {
        match section {
            Section::General | Section::Metadata | Section::Difficulty => {
                self.values.extend(key_value(line.1));
            }
            _ if is_list(section) => {
                let list = &mut self.lists[section as usize];
                list.push(line);
                limits.check_lines(section, list.len())?;
            }
            _ => {}
        }
        Ok(())
    }

    /// The lines of a list section, none where there is none.
    pub(super) fn list(&self, section: Section) -> &[ListLine<'a>] {
        &self.lists[section as usize]
    }

    /// The value of a key, empty where there is none.
    pub(super) fn value(&self, key: &str) -> &'a str {
        self.values.get(key).copied().unwrap_or_default()
    }

    /// The game if it is not osu!standard, which is what no `Mode` line means.
    pub(super) fn other_mode(&self) -> Option<i64> {
        self.value("Mode").parse().ok().filter(|&mode| mode != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers_and_the_last_value_counts() {
        let text = "osu file format v14\r\n\r\n[Metadata]\r\nTitle:a\r\nTitle: Re: b \r\n\
                    [HitObjects]\r\n// a comment\r\n 1,2 \r\n[Else]\r\n3,4\r\n";
        let sections = Sections::split(text, &Limits::default());
        let sections = sections.unwrap_or_default();
        assert_eq!(sections.value("Title"), "Re: b");
        assert_eq!(sections.value("Artist"), "");
        assert_eq!(sections.list(Section::HitObjects), [(8, "1,2")]);
        assert_eq!(sections.other_mode(), None);
    }
}
