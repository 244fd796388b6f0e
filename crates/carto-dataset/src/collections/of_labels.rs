use std::collections::BTreeSet;

use carto_features::Md5Sum;
use carto_types::CollectedMap;

use super::collection::{Collection, CollectionMap};

/// Maps by their labels: a collection for each label that a map has, under the label's
/// name and in the order of the labels, its maps in the order of `maps`.
///
/// The same map in two files is in a collection once. A map whose sum is none is in no
/// collection.
///
/// - `labels`: `[n_labels]`, the names that the places in [`CollectedMap::labels`] stand for
#[must_use]
pub fn collections_of_labels(labels: &[String], maps: &[CollectedMap]) -> Vec<Collection> {
    let empty = |label: &String| Collection { name: label.clone(), ..Collection::default() };
    let mut collections: Vec<Collection> = labels.iter().map(empty).collect();
    let mut known: Vec<BTreeSet<Md5Sum>> = vec![BTreeSet::new(); labels.len()];
    for map in maps {
        let Some(md5) = Md5Sum::of_hex(&map.md5) else { continue };
        for &label in &map.labels {
            let place = label as usize;
            let (Some(collection), Some(known)) =
                (collections.get_mut(place), known.get_mut(place))
            else {
                continue;
            };
            if known.insert(md5) {
                collection.push(collected(map, md5));
            }
        }
    }
    collections.retain(|collection| !collection.maps.is_empty());
    collections
}

fn collected(map: &CollectedMap, md5: Md5Sum) -> CollectionMap {
    let texts = &map.texts;
    CollectionMap {
        id: texts.id,
        md5: Some(md5),
        artist: texts.artist.clone(),
        title: texts.title.clone(),
        version: texts.version.clone(),
        star_rating: map.star_rating,
        // Maps of other games are neither read nor classified.
        mode: Some(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_in_each_collection_of_its_labels_once() {
        let map = |idx: u8, labels: &[u32]| CollectedMap {
            md5: Md5Sum::of(&[idx]).to_string(),
            texts: carto_types::MapTexts { id: Some(idx.into()), ..Default::default() },
            star_rating: Some(5.5),
            labels: labels.to_vec(),
        };
        let odd = CollectedMap { md5: "no sum".to_owned(), ..map(9, &[0]) };
        let labels = ["alt", "jump", "stream"].map(str::to_owned);
        let maps = [map(1, &[0, 2]), map(2, &[2]), map(1, &[0, 2]), odd, map(3, &[7])];
        let found = collections_of_labels(&labels, &maps);
        let ids = |collection: &Collection| {
            collection.maps.iter().filter_map(|map| map.id).collect::<Vec<_>>()
        };
        let found: Vec<_> = found.iter().map(|found| (found.name.as_str(), ids(found))).collect();
        assert_eq!(found, [("alt", vec![1]), ("stream", vec![1, 2])], "none without a map");
    }
}
