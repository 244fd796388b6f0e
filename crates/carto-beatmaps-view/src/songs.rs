//! Mappers of one song: how far the label probabilities of their maps overlap.

use std::collections::BTreeMap;

use carto_types::song_key;

use crate::rows::{Mods, Row};

/// All maps of a song by one mapper, as one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MapperSummary {
    pub(crate) creator: String,
    pub(crate) n_maps: usize,
    /// `[n_labels]`: the mean of the maps' label probabilities.
    pub(crate) probabilities: Vec<f64>,
}

/// A song that several people mapped.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Song {
    pub(crate) title: String,
    pub(crate) artist: String,
    /// Each next to the most similar one, from the first in the alphabet on.
    pub(crate) mappers: Vec<MapperSummary>,
    /// Mean overlap of all pairs of mappers, in `[0, 1]`.
    pub(crate) overlap: f64,
}

/// Overlap of two maps: the sum over labels of the smaller probability, 1 for the same
/// probabilities, 0 where no label is shared.
pub(crate) fn overlap(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a.min(*b)).sum()
}

/// Maps of a map's song by other mappers that the same classifier has seen, with their
/// overlap: the most similar first.
pub(crate) fn similar_maps(row: &Row, rows: &[Row], played: Mods) -> Vec<(f64, Row)> {
    let song = |row: &Row| {
        let texts = row.map.facts.as_ref()?;
        Some(song_key(&texts.title, &texts.artist))
    };
    let creator = |row: &Row| row.map.facts.as_ref().map(|texts| texts.creator.clone());
    let model = |row: &Row| row.prediction.as_ref().map(|found| found.model_id);
    let Some(own) = row.probabilities(played) else { return Vec::new() };
    let is_other = |other: &&Row| {
        song(other) == song(row) && creator(other) != creator(row) && model(other) == model(row)
    };
    let mut found: Vec<(f64, Row)> = rows
        .iter()
        .filter(is_other)
        .filter_map(|other| Some((overlap(own, other.probabilities(played)?), other.clone())))
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found
}

/// Songs by two mappers or more, the most different first.
pub(crate) fn songs(rows: &[Row], played: Mods) -> Vec<Song> {
    let mut found: BTreeMap<String, BTreeMap<String, Vec<&Row>>> = BTreeMap::new();
    for row in rows {
        let (Some(texts), Some(_)) = (&row.map.facts, row.probabilities(played)) else { continue };
        let song = song_key(&texts.title, &texts.artist);
        found.entry(song).or_default().entry(texts.creator.clone()).or_default().push(row);
    }
    let mut songs: Vec<Song> = found
        .into_values()
        .filter(|mappers| mappers.len() > 1)
        .filter_map(|mappers| song(mappers, played))
        .collect();
    songs.sort_by(|a, b| a.overlap.total_cmp(&b.overlap));
    songs
}

fn song(mappers: BTreeMap<String, Vec<&Row>>, played: Mods) -> Option<Song> {
    let texts = mappers.values().next()?.first()?.map.facts.clone()?;
    let mappers: Vec<MapperSummary> = mappers
        .into_iter()
        .map(|(creator, rows)| MapperSummary {
            creator,
            n_maps: rows.len(),
            probabilities: mean(&rows, played),
        })
        .collect();
    let mut pairs = Vec::new();
    for (idx, mapper) in mappers.iter().enumerate() {
        let others = mappers[..idx].iter();
        pairs.extend(others.map(|other| overlap(&mapper.probabilities, &other.probabilities)));
    }
    let overlap = pairs.iter().sum::<f64>() / pairs.len() as f64;
    let mappers = in_order_of_similarity(mappers);
    Some(Song { title: texts.title, artist: texts.artist, mappers, overlap })
}

fn mean(rows: &[&Row], played: Mods) -> Vec<f64> {
    let mut mean = Vec::new();
    for found in rows.iter().filter_map(|row| row.probabilities(played)) {
        mean.resize(found.len(), 0.0);
        mean.iter_mut().zip(found).for_each(|(mean, one)| *mean += one / rows.len() as f64);
    }
    mean
}

/// From the first on, after each the most similar of those that are left.
fn in_order_of_similarity(mut mappers: Vec<MapperSummary>) -> Vec<MapperSummary> {
    let mut order: Vec<MapperSummary> = Vec::new();
    while !mappers.is_empty() {
        let next = order.last().map_or(0, |last| {
            let overlap = |idx: usize| overlap(&last.probabilities, &mappers[idx].probabilities);
            let best = (0..mappers.len()).max_by(|&a, &b| overlap(a).total_cmp(&overlap(b)));
            best.unwrap_or(0)
        });
        order.push(mappers.remove(next));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::tests::row;

    #[test]
    fn maps_of_the_song_by_others_are_found_the_most_similar_first() {
        let rows = [
            row(0, "Tide", "ann", None, 1.0),
            row(1, "Tide", "ann", None, 0.9),
            row(2, "Tide", "bob", None, 0.1),
            row(3, "tide", "cyd", None, 0.8),
            row(4, "Moss", "bob", None, 1.0),
            Row { prediction: None, ..row(5, "Tide", "dan", None, 1.0) },
        ];
        let found = similar_maps(&rows[0], &rows, Mods::None);
        let keys: Vec<_> = found.iter().map(|(_, row)| row.key).collect();
        assert_eq!(keys, [3, 2]);
        assert!((found[0].0 - 0.8).abs() < 1e-12);
        assert!(similar_maps(&rows[5], &rows, Mods::None).is_empty());
    }

    #[test]
    fn mappers_of_a_song_are_held_side_by_side() {
        let rows = [
            row(0, "Tide", "ann", None, 1.0),
            row(1, "Tide", "bob", None, 0.0),
            row(2, "tide", "cyd", None, 0.8),
            row(3, "Moss", "ann", None, 0.5),
        ];
        let songs = songs(&rows, Mods::None);
        assert_eq!(songs.len(), 1);
        let names: Vec<_> = songs[0].mappers.iter().map(|mapper| mapper.creator.as_str()).collect();
        assert_eq!(names, ["ann", "cyd", "bob"]);
        assert!((songs[0].overlap - (0.0 + 0.8 + 0.2) / 3.0).abs() < 1e-12);
    }
}
