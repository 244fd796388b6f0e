//! Whose map of which song, and what its tags say.

use carto_types::MapTexts;

use super::sections::Sections;

/// No name has more characters; what a file has beyond them is left out, so that a
/// folder of hostile files cannot fill the memory with names.
const MAX_TEXT_CHARS: usize = 1024;

/// A word in the tags that speaks of style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the word that it is named after")]
pub enum TagKeyword {
    Farm,
    Stream,
    Tech,
    Jump,
    Alt,
    Stamina,
    Speed,
    Gimmick,
}

impl TagKeyword {
    /// In the order of the columns of every table.
    pub const ALL: [Self; 8] = [
        Self::Farm,
        Self::Stream,
        Self::Tech,
        Self::Jump,
        Self::Alt,
        Self::Stamina,
        Self::Speed,
        Self::Gimmick,
    ];

    /// The name of its column in [`crate::COLUMNS`].
    #[must_use]
    pub fn column(self) -> &'static str {
        match self {
            Self::Farm => "tag_farm",
            Self::Stream => "tag_stream",
            Self::Tech => "tag_tech",
            Self::Jump => "tag_jump",
            Self::Alt => "tag_alt",
            Self::Stamina => "tag_stamina",
            Self::Speed => "tag_speed",
            Self::Gimmick => "tag_gimmick",
        }
    }

    fn word(self) -> &'static str {
        self.column().trim_start_matches("tag_")
    }
}

/// Which keywords a tag string contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TagKeywords([bool; TagKeyword::ALL.len()]);

impl TagKeywords {
    /// The keywords for which `has` says so.
    #[must_use]
    pub fn of(has: impl FnMut(TagKeyword) -> bool) -> Self {
        Self(TagKeyword::ALL.map(has))
    }

    /// Finds the keywords in `tags`, anywhere and in any case: "alt" is also in
    /// "alternative".
    #[must_use]
    pub fn find(tags: &str) -> Self {
        let tags = tags.to_lowercase();
        Self::of(|keyword| tags.contains(keyword.word()))
    }

    /// Whether the tags contain it.
    #[must_use]
    pub fn has(self, keyword: TagKeyword) -> bool {
        self.0[keyword as usize]
    }
}

/// Texts of `[Metadata]`, at most 1,024 characters of each.
pub(super) fn read_texts(sections: &Sections<'_>) -> MapTexts {
    let text = |key| sections.value(key).chars().take(MAX_TEXT_CHARS).collect();
    MapTexts {
        id: sections.value("BeatmapID").parse().ok().filter(|&id| id > 0),
        title: text("Title"),
        artist: text("Artist"),
        creator: text("Creator"),
        version: text("Version"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_characters() {
        let text =
            format!("[Metadata]\nTitle:{}\nTags:{}stream\n", "é".repeat(2000), "x ".repeat(2000));
        let found = crate::read(text.as_bytes(), &carto_beatmap::limits::Limits::default());
        let Ok(features) = found else { unreachable!("a beatmap is read") };
        assert_eq!(features.texts.title, "é".repeat(MAX_TEXT_CHARS));
        assert!(features.tags.has(TagKeyword::Stream), "tags are looked through whole");
    }

    #[test]
    fn keywords_are_found_anywhere_in_any_case() {
        let tags = TagKeywords::find("Streams TECHNO alternative");
        let found = [TagKeyword::Stream, TagKeyword::Tech, TagKeyword::Alt];
        assert!(found.iter().all(|&word| tags.has(word)));
        assert!(!tags.has(TagKeyword::Farm) && !tags.has(TagKeyword::Gimmick));
        assert_eq!(TagKeywords::find(""), TagKeywords::default());
    }
}
