//! Names of guests in the tags of a set.

/// Letters and digits of a name, in lower case: what is left of it in tags and nicknames.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The tags of a set, one word each; `_` stands for a blank in names.
pub(super) struct Tags<'a>(Vec<Tag<'a>>);

struct Tag<'a> {
    text: &'a str,
    folded: String,
    /// Its words, where `_` joins more than one.
    words: Vec<String>,
}

impl<'a> Tags<'a> {
    pub(super) fn read(tags: &'a str) -> Self {
        let tag = |text: &'a str| {
            let words: Vec<_> =
                text.split('_').map(folded).filter(|word| !word.is_empty()).collect();
            let words = if words.len() > 1 { words } else { Vec::new() };
            Tag { text, folded: folded(text), words }
        };
        Self(tags.split_whitespace().map(tag).collect())
    }

    /// The whole name of somebody whom a difficulty's name may give in part; `None` where
    /// no tag holds it.
    ///
    /// A tag of several words that has the name as one of them comes first, since only
    /// names are written so ("aika": `ryuusei_aika`); then a tag, or tags in a row, that
    /// are the name; then the tag that begins or ends with it and has the fewest other
    /// letters ("inaba": `inaba-tan`); then one of which it is the initials ("HW":
    /// `hollow_wings`).
    pub(super) fn whole_name(&self, name: &str) -> Option<String> {
        let wanted = folded(name);
        let n_chars = wanted.chars().count();
        if n_chars >= 3
            && let Some(tag) =
                self.0.iter().find(|tag| tag.folded != wanted && tag.words.contains(&wanted))
        {
            return Some(tag.name());
        }
        if self.has(&wanted) || self.has_in_a_row(name) {
            return Some(name.to_owned());
        }
        let around = self.0.iter().filter(|tag| tag.is_around(&wanted, n_chars));
        let nearest = around.min_by_key(|tag| tag.folded.chars().count());
        nearest.or_else(|| self.0.iter().find(|tag| tag.has_initials(&wanted))).map(Tag::name)
    }

    /// Two people whose names made one: "Riselina" of `risen` and `angelina`. Each half has
    /// three letters or more; halves of one length come first.
    pub(super) fn two_in_one(&self, name: &str) -> Option<[String; 2]> {
        const MIN_CHARS: usize = 3;
        if name.contains(' ') {
            return None;
        }
        let wanted = folded(name);
        let n_chars = wanted.chars().count();
        let mut cuts: Vec<usize> = (MIN_CHARS..(n_chars + 1).saturating_sub(MIN_CHARS)).collect();
        cuts.sort_by_key(|cut| (2 * cut).abs_diff(n_chars));
        let with = |half: &str| {
            self.0.iter().find(|tag| {
                tag.folded.len() > 2 && (tag.folded.starts_with(half) || tag.folded.ends_with(half))
            })
        };
        cuts.into_iter().find_map(|cut| {
            let at = wanted.char_indices().nth(cut).map(|(at, _)| at)?;
            let (first, second) = wanted.split_at(at);
            let (first, second) = (with(first)?, with(second)?);
            (first.folded != second.folded).then(|| [first.name(), second.name()])
        })
    }

    fn has(&self, wanted: &str) -> bool {
        self.0.iter().any(|tag| tag.folded == wanted)
    }

    /// Whether the words of a name are tags in a row.
    fn has_in_a_row(&self, name: &str) -> bool {
        let words: Vec<_> = name.split_whitespace().map(folded).collect();
        let is_it =
            |tags: &[Tag<'_>]| tags.iter().zip(&words).all(|(tag, word)| tag.folded == *word);
        words.len() > 1 && self.0.windows(words.len()).any(is_it)
    }
}

impl Tag<'_> {
    fn name(&self) -> String {
        self.text.replace('_', " ").trim().to_owned()
    }

    /// Whether it begins with the name, ends with it or has a word that begins with it.
    /// Two letters at an end are chance.
    fn is_around(&self, wanted: &str, n_chars: usize) -> bool {
        (n_chars >= 2 && self.folded.starts_with(wanted))
            || (n_chars >= 3
                && (self.folded.ends_with(wanted)
                    || self.words.iter().any(|word| word.starts_with(wanted))))
    }

    fn has_initials(&self, wanted: &str) -> bool {
        !self.words.is_empty()
            && self.words.iter().filter_map(|word| word.chars().next()).eq(wanted.chars())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_whole_by_the_tags() {
        let tags =
            Tags::read("rock Inaba-tan akebana yukio ryuusei_aika aika pw384 384059043 yf_b");
        for (name, whole) in [
            ("inaba", Some("Inaba-tan")),
            ("Akebana Yukio", Some("Akebana Yukio")),
            ("aika", Some("ryuusei aika")),
            ("RA", Some("ryuusei aika")),
            ("384", Some("pw384")),
            ("ROCK", Some("ROCK")),
            ("Dora", None),
            ("k", None),
        ] {
            assert_eq!(tags.whole_name(name).as_deref(), whole, "{name}");
        }
        assert_eq!(Tags::read("").whole_name("inaba"), None);
    }

    #[test]
    fn two_names_in_one_are_told_apart() {
        let tags = Tags::read("pop risen angelina -_heat_- ducky-");
        let two = |name| tags.two_in_one(name).map(|two| two.join(" + "));
        assert_eq!(two("Riselina").as_deref(), Some("risen + angelina"));
        assert_eq!(two("Duckheat").as_deref(), Some("ducky- + - heat -"));
        assert_eq!(two("Risen"), None);
        assert_eq!(two("Ri lina"), None);
        assert_eq!(two("äöü"), None);
    }
}
