//! Which label a map has when several collections name it.

use std::collections::HashMap;

use carto_features::Md5Sum;

use crate::cell::Cell;

/// One mention of a map under a label.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Appearance {
    /// The collection's category.
    pub label: String,
    /// The site's number of the map.
    pub id: Option<u64>,
    /// The sum of its `.osu`.
    pub md5: Option<Md5Sum>,
    /// Romanised artist where the source tells it, else empty.
    pub artist: String,
    /// Romanised title where the source tells it, else empty.
    pub title: String,
}

/// A map under the first label that named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelledMap {
    /// The first mention, with number and sum from later ones where it had none.
    pub first: Appearance,
    /// Further labels, each once, in the order of their mentions.
    pub also: Vec<String>,
}

/// A mention of a map that had one already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Further {
    /// Index into [`Labelled::maps`].
    pub map: usize,
    /// What it was mentioned under.
    pub label: String,
    /// Whether the map had this label already: the same map twice under one
    /// label, which says nothing about labels.
    pub is_duplicate: bool,
}

/// Maps in the order of their first mention.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labelled {
    /// Each map once.
    pub maps: Vec<LabelledMap>,
    /// All mentions but the first ones, in their order.
    pub further: Vec<Further>,
}

impl Labelled {
    /// Gives each map its first label and lists every further mention.
    ///
    /// Two mentions are of one map if they have the same number, or else the
    /// same sum: a number outlives the edits that change a sum. A mention with
    /// neither is a map of its own.
    #[must_use]
    pub fn new(appearances: impl IntoIterator<Item = Appearance>) -> Self {
        let mut labelled = Self::default();
        let (mut by_id, mut by_md5) = (HashMap::new(), HashMap::new());
        for appearance in appearances {
            let (id, md5) = (appearance.id, appearance.md5);
            let known = id.and_then(|id| by_id.get(&id)).or(md5.and_then(|md5| by_md5.get(&md5)));
            let map = known.copied().unwrap_or(labelled.maps.len());
            id.into_iter().for_each(|id| _ = by_id.entry(id).or_insert(map));
            md5.into_iter().for_each(|md5| _ = by_md5.entry(md5).or_insert(map));
            labelled.mention(map, appearance);
        }
        labelled
    }

    fn mention(&mut self, map: usize, appearance: Appearance) {
        let Some(known) = self.maps.get_mut(map) else {
            self.maps.push(LabelledMap { first: appearance, also: Vec::new() });
            return;
        };
        let label = appearance.label;
        let is_duplicate = known.first.label == label || known.also.contains(&label);
        if !is_duplicate {
            known.also.push(label.clone());
        }
        known.first.id = known.first.id.or(appearance.id);
        known.first.md5 = known.first.md5.or(appearance.md5);
        self.further.push(Further { map, label, is_duplicate });
    }

    /// Mentions under a label that the map had already.
    #[must_use]
    pub fn n_duplicates(&self) -> usize {
        self.further.iter().filter(|further| further.is_duplicate).count()
    }
}

/// What a collection without a name is called.
const UNNAMED: &str = "unnamed";

/// The label that the name of a collection or a folder makes.
///
/// Blanks around it and control characters go, and the one sign that separates
/// labels in a cell becomes `/`. Case stays: two collections that differ in it
/// are two labels.
#[must_use]
pub fn clean_label(name: &str) -> String {
    let tidy = |c: char| match c {
        Cell::ALSO_SEPARATOR => '/',
        c if c.is_control() => ' ',
        c => c,
    };
    let name: String = name.chars().map(tidy).collect();
    let name = name.trim();
    if name.is_empty() { UNNAMED.to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn appearance(label: &str, id: Option<u64>, md5: Option<&str>) -> Appearance {
        let md5 = md5.map(|text| Md5Sum::of(text.as_bytes()));
        Appearance { label: label.to_owned(), id, md5, ..Appearance::default() }
    }

    #[test]
    fn the_first_label_stays_and_all_others_are_listed() {
        let labelled = Labelled::new([
            appearance("jump", Some(1), None),
            appearance("tech", Some(2), None),
            appearance("tech", Some(1), None),
            appearance("jump", Some(1), None),
            appearance("alt", Some(1), None),
            appearance("tech", Some(1), None),
        ]);
        assert_eq!(labelled.maps.len(), 2);
        assert_eq!(labelled.maps[0].first.label, "jump");
        assert_eq!(labelled.maps[0].also, ["tech", "alt"]);
        assert!(labelled.maps[1].also.is_empty());
        let further: Vec<_> =
            labelled.further.iter().map(|f| (f.map, f.label.as_str(), f.is_duplicate)).collect();
        let expected =
            [(0, "tech", false), (0, "jump", true), (0, "alt", false), (0, "tech", true)];
        assert_eq!(further, expected);
        assert_eq!(labelled.n_duplicates(), 2);
    }

    #[test]
    fn a_map_is_known_by_its_number_or_its_sum() {
        let labelled = Labelled::new([
            appearance("a", Some(1), Some("old")),
            appearance("b", None, Some("old")),
            appearance("c", Some(1), Some("new")),
            appearance("d", None, Some("new")),
            appearance("e", None, Some("other")),
            appearance("f", Some(2), Some("other")),
            appearance("g", None, None),
            appearance("g", None, None),
        ]);
        let labels: Vec<_> = labelled.maps.iter().map(|m| m.first.label.as_str()).collect();
        assert_eq!(labels, ["a", "e", "g", "g"]);
        assert_eq!(labelled.maps[0].also, ["b", "c", "d"]);
        assert_eq!(labelled.maps[1].first.id, Some(2));
    }

    #[test]
    fn a_label_is_one_line_without_the_separator() {
        assert_eq!(clean_label(" aim\t|\u{0}slop\n"), "aim / slop");
        assert_eq!(clean_label(" \n"), "unnamed");
    }
}
