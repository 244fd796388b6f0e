//! A person's own labels: collections of their game, or folders of what they dropped.

use std::collections::{BTreeMap, BTreeSet};

use carto_types::{LabelSource, LabelledMap};

use crate::rows::{Mods, Row};

/// A label to choose, and the maps that are here and have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnLabel {
    pub(crate) name: String,
    /// Keys of rows.
    pub(crate) maps: BTreeSet<u32>,
    /// Maps that the collection names and nobody dropped.
    pub(crate) n_missing: usize,
}

/// Labels of collections, by the sums and ids of their maps.
pub(crate) fn of_collections(sources: &[LabelSource], rows: &[Row]) -> Vec<OwnLabel> {
    let mut by_sum: BTreeMap<&str, u32> = BTreeMap::new();
    let mut by_id: BTreeMap<u64, u32> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.map.facts.is_some()) {
        by_sum.extend(row.map.md5.iter().map(|sum| (sum.as_str(), row.key)));
        by_id.extend(row.map.facts.as_ref().and_then(|texts| texts.id).map(|id| (id, row.key)));
    }
    let label = |source: &LabelSource| {
        let sums = source.md5.iter().filter_map(|sum| by_sum.get(sum.as_str()));
        let maps: BTreeSet<u32> =
            sums.chain(source.ids.iter().filter_map(|id| by_id.get(id))).copied().collect();
        let n_named = source.md5.len().max(source.ids.len());
        let n_missing = n_named.saturating_sub(maps.len());
        OwnLabel { name: source.name.clone(), maps, n_missing }
    };
    sources.iter().map(label).collect()
}

/// Labels of folders: the outermost folder that an archive or a map lay in.
pub(crate) fn of_folders(rows: &[Row]) -> Vec<OwnLabel> {
    let mut found: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.map.facts.is_some()) {
        if let Some((folder, _)) = row.file.split_once('/') {
            found.entry(folder).or_default().insert(row.key);
        }
    }
    let label = |(name, maps): (&str, BTreeSet<u32>)| OwnLabel {
        name: name.to_owned(),
        maps,
        n_missing: 0,
    };
    found.into_iter().map(label).collect()
}

/// The maps that a classifier is trained on: every map of the chosen labels once, its
/// labels in the order of `chosen`.
pub(crate) fn training_maps(chosen: &[OwnLabel], rows: &[Row]) -> Vec<LabelledMap> {
    let labelled = |row: &Row| {
        let has = |label: &&OwnLabel| label.maps.contains(&row.key);
        let labels: Vec<String> =
            chosen.iter().filter(has).map(|label| label.name.clone()).collect();
        let texts = row.map.facts.as_ref()?;
        let numbers = row.numbers(Mods::None)?;
        (!labels.is_empty()).then(|| LabelledMap {
            row: numbers.to_vec(),
            labels,
            title: texts.title.clone(),
            artist: texts.artist.clone(),
        })
    };
    rows.iter().filter_map(labelled).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::rows::tests::row;

    #[test]
    fn maps_are_found_by_sum_and_keep_all_their_labels() {
        let rows = [row(0, "a", "x", None, 0.5), row(1, "b", "x", None, 0.5)];
        let source = |name: &str, keys: &[u32]| LabelSource {
            name: name.to_owned(),
            md5: keys.iter().map(|key| format!("{key:032x}")).collect(),
            ids: Vec::new(),
        };
        let labels = of_collections(&[source("jump", &[0, 1, 77]), source("tech", &[1])], &rows);
        assert_eq!((labels[0].maps.len(), labels[0].n_missing), (2, 1));
        let maps = training_maps(&labels, &rows);
        assert_eq!(maps[0].labels, ["jump"]);
        assert_eq!(maps[1].labels, ["jump", "tech"]);
    }

    #[test]
    fn folders_are_labels() {
        let mut rows = [row(0, "a", "x", None, 0.5), row(1, "b", "x", None, 0.5)];
        rows[0].file = Arc::from("streams/a.osz");
        let labels = of_folders(&rows);
        assert_eq!(labels.len(), 1);
        assert_eq!((labels[0].name.as_str(), labels[0].maps.len()), ("streams", 1));
    }
}
