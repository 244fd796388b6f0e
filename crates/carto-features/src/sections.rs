//! A `.osu` split into what features are read from.

use std::collections::BTreeMap;

use super::FeatureError;
use carto_beatmap::limits::Limits;
use carto_beatmap::tolerant::text;

/// A line and its number, from 1.
pub(super) type Line<'a> = (usize, &'a str);

/// Sections in which the `.osu` of any format is told from other files.
const SECTIONS: [&str; 8] = [
    "General",
    "Editor",
    "Metadata",
    "Difficulty",
    "Events",
    "TimingPoints",
    "Colours",
    "HitObjects",
];

/// Lines by section, blanks around them removed; blank lines and comments left out.
#[derive(Debug, Default)]
pub(super) struct Sections<'a> {
    /// Values of `[General]`, `[Metadata]` and `[Difficulty]`; the last of a key counts.
    values: BTreeMap<&'a str, &'a str>,
    pub(super) events: Vec<Line<'a>>,
    pub(super) timing_points: Vec<Line<'a>>,
    pub(super) hit_objects: Vec<Line<'a>>,
}

impl<'a> Sections<'a> {
    /// # Errors
    ///
    /// [`FeatureError::NotABeatmap`], [`FeatureError::TooManyLines`].
    pub(super) fn split(text: &'a str, limits: &Limits) -> Result<Self, FeatureError> {
        let mut sections = Self::default();
        let (mut section, mut first_line, mut is_beatmap) = ("", None, false);
        for (idx, line) in text::lines(text).enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with("//") {
                continue;
            }
            let is_first = first_line.is_none();
            first_line.get_or_insert(line);
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = name;
                is_beatmap |= SECTIONS.contains(&name);
            } else if is_first && line.starts_with("osu file format v") {
                is_beatmap = true;
            } else {
                sections.take(section, (idx + 1, line), limits.max_lines)?;
            }
        }
        match first_line {
            _ if is_beatmap => Ok(sections),
            Some(line) => {
                let first_line = carto_beatmap::published::number::excerpt(line);
                Err(FeatureError::NotABeatmap { first_line })
            }
            None => Err(FeatureError::Empty),
        }
    }

    fn take(&mut self, section: &str, line: Line<'a>, limit: usize) -> Result<(), FeatureError> {
        let (section, lines) = match section {
            "Events" => ("Events", &mut self.events),
            "TimingPoints" => ("TimingPoints", &mut self.timing_points),
            "HitObjects" => ("HitObjects", &mut self.hit_objects),
            "General" | "Metadata" | "Difficulty" => {
                if let Some((key, value)) = text::key_value(line.1) {
                    self.values.insert(key, value);
                }
                return Ok(());
            }
            _ => return Ok(()),
        };
        if lines.len() >= limit {
            return Err(FeatureError::TooManyLines { section, limit });
        }
        lines.push(line);
        Ok(())
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
        assert_eq!(sections.hit_objects, [(8, "1,2")]);
        assert_eq!(sections.other_mode(), None);
    }
}
