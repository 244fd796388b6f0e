//! What makes two maps maps of one song, or by one mapper.

use std::borrow::Cow;

use crate::Mode;

/// Equal for maps of one song: title and artist, whatever their case and the blanks
/// around them, with a tab between.
#[must_use]
pub fn song_key(title: &str, artist: &str) -> String {
    folded(title, "\t", artist)
}

/// What [`song_key`] says, as the published index spells it in
/// `multi_mapper_index.json`: `title ||| artist` (quirk 4).
#[must_use]
pub fn match_key(title: &str, artist: &str) -> String {
    folded(title, " ||| ", artist)
}

fn folded(title: &str, between: &str, artist: &str) -> String {
    format!("{}{between}{}", title.trim().to_lowercase(), artist.trim().to_lowercase())
}

/// Equal for sets and maps by one mapper.
///
/// The published rules compare names letter by letter; those of osu! know that names on
/// osu! do not differ by case, nor by `_` in the place of a blank.
#[must_use]
pub fn creator_key(mode: Mode, name: &str) -> Cow<'_, str> {
    match mode {
        Mode::Published => Cow::Borrowed(name),
        Mode::Osu => Cow::Owned(name.trim().to_lowercase().replace('_', " ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_blanks_make_no_other_song() {
        assert_eq!(song_key(" HONESTY ", "X"), "honesty\tx");
        assert_eq!(match_key("Honesty", " x"), "honesty ||| x");
        assert_eq!(song_key("ÄB ", "c"), song_key("äb", "C"));
        assert_ne!(song_key("a", "b"), song_key("ab", ""));
    }

    #[test]
    fn only_the_published_rules_tell_mappers_apart_by_case() {
        assert_eq!(creator_key(Mode::Published, "Ann "), "Ann ");
        assert_eq!(creator_key(Mode::Osu, "Ann "), "ann");
        assert_eq!(creator_key(Mode::Osu, "Ann_B"), "ann b");
    }
}
