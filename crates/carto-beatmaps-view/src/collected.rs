//! Maps as collections: by which labels, how many in each, and in which file.

use std::collections::BTreeSet;

use carto_features::collected_map;
use carto_types::{CollectedMap, CollectionFormat, LabelRule, WrittenCollections};

use crate::format::counted;
use crate::rows::{Mods, Row, in_file_order};

/// What a person chose in the dialog.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CollectionsChoice {
    /// Whether a map goes by its most probable label alone.
    pub(crate) is_first_label: bool,
    /// Else by all labels above so many percent, below 100; `None` for what is no such number.
    pub(crate) above_percent: Option<u32>,
    pub(crate) format: CollectionFormat,
    /// Whether a `collection.db` is added to the file that was chosen for it.
    pub(crate) is_added: bool,
    /// Whether only maps that the table shows are collected.
    pub(crate) is_shown_only: bool,
}

impl Default for CollectionsChoice {
    fn default() -> Self {
        Self {
            is_first_label: true,
            above_percent: Some(30),
            format: CollectionFormat::CollectionDb,
            is_added: false,
            is_shown_only: false,
        }
    }
}

impl CollectionsChoice {
    /// By which labels maps are collected; `None` without a share.
    pub(crate) fn rule(self) -> Option<LabelRule> {
        match self.is_first_label {
            true => Some(LabelRule::First),
            false => self.above_percent.map(|share| LabelRule::Above(f64::from(share) / 100.0)),
        }
    }
}

/// A share as it is typed, in percent.
pub(crate) fn percent_of(text: &str) -> Option<u32> {
    text.trim().parse().ok().filter(|&percent| percent < 100)
}

/// How many maps collections get, the same map in two files once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct CollectionCounts {
    /// `[n_labels]`
    pub(crate) of_labels: Vec<usize>,
    /// Maps in a collection or several.
    pub(crate) n_maps: usize,
    /// Maps without such a label.
    pub(crate) n_left_out: usize,
}

/// Counts the maps of each collection.
pub(crate) fn count(
    rows: &[Row],
    played: Mods,
    rule: LabelRule,
    n_labels: usize,
) -> CollectionCounts {
    let mut counts = CollectionCounts { of_labels: vec![0; n_labels], ..Default::default() };
    let mut known = BTreeSet::new();
    for row in rows {
        let (Some(md5), Some(found)) = (row.map.md5.first(), row.probabilities(played)) else {
            continue;
        };
        if row.map.facts.is_none() || !known.insert(md5.as_str()) {
            continue;
        }
        let labels = rule.labels_of(found);
        match labels.is_empty() {
            true => counts.n_left_out += 1,
            false => counts.n_maps += 1,
        }
        for label in labels {
            if let Some(count) = counts.of_labels.get_mut(label) {
                *count += 1;
            }
        }
    }
    counts
}

/// The maps with such a label, in the order in which the command collects them.
pub(crate) fn collected_maps(rows: &[Row], played: Mods, rule: LabelRule) -> Vec<CollectedMap> {
    let collected = |row: &Row| {
        let found = row.probabilities(played).unwrap_or_default();
        collected_map(&row.map, found, rule, row.numbers(Mods::None))
    };
    in_file_order(rows).iter().filter_map(collected).collect()
}

/// What was saved, and what to do with it.
///
/// - `n_maps`: maps in the new collections
/// - `added_to`: name of the file that they were added to
pub(crate) fn saved_in_words(
    format: CollectionFormat,
    written: &WrittenCollections,
    n_maps: usize,
    added_to: Option<&str>,
) -> Vec<String> {
    let maps = counted(n_maps, "map", "maps");
    let n_added = written.added.len();
    let file = format.file_name();
    let mut said = vec![match added_to {
        Some(name) => {
            let added = counted(n_added, "new collection", "new collections");
            let earlier = counted(written.n_earlier as usize, "collection", "collections");
            format!("Saved {file}: {earlier} of {name} as before, and {added} of {maps}.")
        }
        None => {
            format!("Saved {file}: {} of {maps}.", counted(n_added, "collection", "collections"))
        }
    }];
    let is_renamed = |added: &&carto_types::AddedCollection| added.name != added.label;
    let renamed: Vec<&str> =
        written.added.iter().filter(is_renamed).map(|added| added.name.as_str()).collect();
    if !renamed.is_empty() {
        said.push(format!(
            "You had collections of the same names, so these got a number: {}.",
            renamed.join(", ")
        ));
    }
    if format == CollectionFormat::CollectionDb {
        said.push("Close osu!, then replace collection.db in its folder by this file.".to_owned());
    }
    said
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use carto_types::AddedCollection;

    use super::*;
    use crate::rows::tests::row;

    #[test]
    fn a_share_is_a_whole_number_of_percent() {
        let typed = ["30", " 0 ", "99", "100", "-1", "2.5", ""].map(percent_of);
        assert_eq!(typed, [Some(30), Some(0), Some(99), None, None, None, None]);
        let by_share = CollectionsChoice { is_first_label: false, ..Default::default() };
        assert_eq!(by_share.rule(), Some(LabelRule::Above(0.3)));
        assert_eq!(CollectionsChoice { above_percent: None, ..by_share }.rule(), None);
        assert_eq!(CollectionsChoice::default().rule(), Some(LabelRule::First));
    }

    #[test]
    fn the_counts_are_those_of_the_maps_that_are_sent() {
        let mut again = row(3, "Tide", "ann", None, 0.9);
        again.map = Arc::new(carto_types::ReadMap {
            md5: vec![format!("{:032x}", 0)],
            ..carto_types::ReadMap::clone(&again.map)
        });
        let unread = Row { prediction: None, ..row(4, "Fog", "ann", None, 0.5) };
        let rows = [
            row(2, "Moss", "bob", Some(4.0), 0.45),
            row(1, "Moss", "bob", None, 0.2),
            row(0, "Tide", "ann", Some(5.5), 0.9),
            again,
            unread,
        ];
        let first = count(&rows, Mods::None, LabelRule::First, 2);
        let expected = CollectionCounts { of_labels: vec![1, 2], n_maps: 3, n_left_out: 0 };
        assert_eq!(first, expected);
        let above = LabelRule::Above(0.4);
        let counts = count(&rows, Mods::None, above, 2);
        assert_eq!((counts.of_labels, counts.n_maps), (vec![2, 2], 3));
        let none = count(&rows, Mods::None, LabelRule::Above(0.95), 2);
        assert_eq!((none.n_maps, none.n_left_out), (0, 3));

        let maps = collected_maps(&rows, Mods::None, above);
        let said: Vec<_> =
            maps.iter().map(|map| (map.texts.title.as_str(), &*map.labels)).collect();
        let expected: [(&str, &[u32]); 4] =
            [("Moss", &[1]), ("Moss", &[0, 1]), ("Tide", &[0]), ("Tide", &[0])];
        assert_eq!(said, expected, "in the order of the files, the copy too");
        assert_eq!(maps[2].star_rating, Some(5.5));
    }

    #[test]
    fn what_was_saved_is_told_with_what_to_do() {
        let added = |label: &str, name: &str| AddedCollection {
            label: label.to_owned(),
            name: name.to_owned(),
            n_maps: 2,
        };
        let added = vec![added("jump", "jump (2)"), added("tech", "tech")];
        let written = WrittenCollections { bytes: Vec::new(), n_earlier: 1, added };
        let db = saved_in_words(CollectionFormat::CollectionDb, &written, 3, Some("mine.db"));
        assert_eq!(
            db[..2],
            [
                "Saved collection.db: 1 collection of mine.db as before, and 2 new collections of 3 maps.",
                "You had collections of the same names, so these got a number: jump (2).",
            ]
        );
        assert!(db[2].starts_with("Close osu!"));
        let plain = WrittenCollections { added: written.added[1..].to_vec(), ..written };
        let json = saved_in_words(CollectionFormat::Md5Json, &plain, 1, None);
        assert_eq!(json, ["Saved collections.json: 1 collection of 1 map."]);
    }
}
