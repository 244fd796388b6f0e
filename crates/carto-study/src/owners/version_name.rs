//! What a difficulty's name says of who made it.

use super::tags::folded;

/// Whom a difficulty's name names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named<'a> {
    /// These people, as it spells them.
    People(Vec<&'a str>),
    /// Several people, and not who.
    Several,
    /// Nobody.
    Nobody,
}

/// What stands for an apostrophe.
const APOSTROPHES: [char; 4] = ['\'', '’', '´', '`'];

/// Longer than any name on osu! (15 letters; a few old ones have more).
const MAX_NAME_CHARS: usize = 20;

/// More are a list of something else, which would take time for every two of them.
const MAX_PEOPLE: usize = 20;

/// What no name on osu! has and titles do: "Holy crap!! That's ...".
const NEVER_IN_NAMES: [char; 17] =
    ['!', '?', '(', ')', '{', '}', '"', ',', '.', ':', ';', '/', '\\', '<', '>', '|', '…'];

/// What stands before `'s` in sentences: "It's alright".
const WORDS_OF_SENTENCES: [&str; 13] = [
    "he", "here", "how", "it", "let", "she", "that", "there", "this", "what", "when", "where",
    "who",
];

/// Words between people who are not named: "Collab Insane", "vs", "feat. 3", "Team".
const WORDS_OF_SEVERAL: [&str; 5] = ["collab", "collaboration", "vs", "feat", "team"];

/// Reads a difficulty's name without keys in brackets before it.
///
/// People are named by a possessive: `NAME's REST`, `NAMES' REST`, `NAME'z`, also of several:
/// `A & B's`, `A x B's`, `A, B and C's`.
pub(super) fn read(version: &str) -> Named<'_> {
    let people = possessor(version).map(split_people).unwrap_or_default();
    let is_list = (1..=MAX_PEOPLE).contains(&people.len());
    if is_list && people.iter().all(|name| is_plausible(name)) {
        return Named::People(people);
    }
    if has_word_of_several(version) { Named::Several } else { Named::Nobody }
}

/// What stands before the first possessive.
fn possessor(version: &str) -> Option<&str> {
    version.char_indices().filter(|(_, c)| APOSTROPHES.contains(c)).find_map(|(at, c)| {
        let (before, after) = (&version[..at], &version[at + c.len_utf8()..]);
        let is_possessive = !before.trim().is_empty()
            && (begins_with_word(after, 's')
                || after.strip_prefix(' ').is_some_and(|after| begins_with_word(after, 's'))
                || begins_with_word(after, 'z')
                || (before.ends_with(['s', 'S', 'z', 'Z']) && !begins_in_word(after)));
        is_possessive.then_some(before)
    })
}

/// Whether a text begins with this letter, in any case, as a word of its own.
fn begins_with_word(text: &str, letter: char) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.eq_ignore_ascii_case(&letter)) && !begins_in_word(chars.as_str())
}

fn begins_in_word(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// Each name of `A, B & C`.
fn split_people(text: &str) -> Vec<&str> {
    let mut people = vec![text];
    for sign in ['&', ',', '+'] {
        people = people.into_iter().flat_map(|part| part.split(sign)).collect();
    }
    for word in ["and", "x", "×", "vs", "vs."] {
        people = people.into_iter().flat_map(|part| split_at_word(part, word)).collect();
    }
    people.into_iter().map(str::trim).filter(|name| !name.is_empty()).collect()
}

/// The parts of a text between a word that has blanks on both sides, in any case.
fn split_at_word<'a>(text: &'a str, word: &str) -> Vec<&'a str> {
    let (mut parts, mut begin) = (Vec::new(), 0);
    for (at, _) in text.match_indices(' ') {
        let Some(found) = text.get(at + 1..at + 1 + word.len()) else { continue };
        let end = at + 1 + word.len();
        if at >= begin && found.eq_ignore_ascii_case(word) && text[end..].starts_with(' ') {
            parts.push(&text[begin..at]);
            begin = end;
        }
    }
    parts.push(&text[begin..]);
    parts
}

/// Whether it may be a name: practice sets have titles of songs before names, and
/// sentences have possessives too.
fn is_plausible(name: &str) -> bool {
    let folded = folded(name);
    !folded.is_empty()
        && name.chars().count() <= MAX_NAME_CHARS
        && !name.contains(NEVER_IN_NAMES)
        && !name.contains(" - ")
        && !WORDS_OF_SENTENCES.contains(&&*folded)
}

/// Whether a word says that several people made it. What stands in parentheses is a
/// song's title: "(feat. Ann)".
fn has_word_of_several(version: &str) -> bool {
    let (mut depth, mut outside) = (0_usize, String::with_capacity(version.len()));
    for c in version.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.extend(c.to_lowercase()),
            _ => {}
        }
    }
    outside
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .any(|word| WORDS_OF_SEVERAL.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_possessive_at_the_start_names_people() {
        let people = |version| match read(version) {
            Named::People(people) => people,
            other => panic!("{version}: {other:?}"),
        };
        for (version, expected) in [
            ("Ann's Insane", vec!["Ann"]),
            ("ANN'S HARD", vec!["ANN"]),
            ("Ann’s Insane", vec!["Ann"]),
            ("Ann´s Insane", vec!["Ann"]),
            ("Ann`s Insane", vec!["Ann"]),
            ("Ann'z Insane", vec!["Ann"]),
            ("Chris' Insane", vec!["Chris"]),
            ("deetz' Insane", vec!["deetz"]),
            ("Ann's", vec!["Ann"]),
            ("Ann's-Extra", vec!["Ann"]),
            ("P A N's Hitsounds", vec!["P A N"]),
            ("Ann & Bea's Insane", vec!["Ann", "Bea"]),
            ("Ann x Bea's Insane", vec!["Ann", "Bea"]),
            ("Ann, Bea and Cid's Insane", vec!["Ann", "Bea", "Cid"]),
            ("Ann X Bea vs. Cid's", vec!["Ann", "Bea", "Cid"]),
            ("Max x's", vec!["Max x"]),
        ] {
            assert_eq!(people(version), expected, "{version}");
        }
    }

    #[test]
    fn sentences_and_titles_name_nobody() {
        for version in [
            "",
            "Insane",
            "It's Alright",
            "Holy crap!! That's Square jump",
            "The Song of a Long Summer - Ann's Extra",
            "Don't stop",
            "'s",
            "Ann'sy",
            "Rock 'n' Roll",
        ] {
            assert_eq!(read(version), Named::Nobody, "{version}");
        }
        let crowd = format!("{}z's", "a & ".repeat(MAX_PEOPLE));
        assert_eq!(read(&crowd), Named::Nobody);
    }

    #[test]
    fn some_names_say_only_that_there_were_several() {
        for version in ["Collab Insane", "Team Extra", "Easy vs Hard", "feat. friends"] {
            assert_eq!(read(version), Named::Several, "{version}");
        }
        for version in ["Teamwork", "Sweetness (feat. Ann)", "collabexpert"] {
            assert_eq!(read(version), Named::Nobody, "{version}");
        }
        assert_eq!(read("Ann's Collab"), Named::People(vec!["Ann"]));
    }
}
