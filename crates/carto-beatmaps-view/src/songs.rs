//! Mappers of one song side by side: how far their maps are of the same kinds.

use std::collections::BTreeMap;

use crate::rows::{Played, Row};

/// All maps of a song by one person, as one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hand {
    pub(crate) creator: String,
    pub(crate) n_maps: usize,
    /// `[n_labels]`: the mean of the maps' memberships.
    pub(crate) shares: Vec<f64>,
}

/// A song that several people mapped.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Song {
    pub(crate) title: String,
    pub(crate) artist: String,
    /// Each next to the one it is most like, from the first in the alphabet on.
    pub(crate) hands: Vec<Hand>,
    /// Mean overlap of all pairs of mappers, in `[0, 1]`.
    pub(crate) overlap: f64,
}

/// How much two maps are of the same kinds: the sum of the smaller memberships, 1 for
/// the same shares, 0 where no kind is shared.
pub(crate) fn overlap(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a.min(*b)).sum()
}

/// Maps of a map's song by other people that the same classifier has judged, with how
/// much they have in common: the most similar first.
pub(crate) fn alike(row: &Row, rows: &[Row], played: Played) -> Vec<(f64, Row)> {
    let song = |row: &Row| {
        let texts = row.map.facts.as_ref()?;
        Some((texts.title.to_lowercase(), texts.artist.to_lowercase()))
    };
    let creator = |row: &Row| row.map.facts.as_ref().map(|texts| texts.creator.clone());
    let judge = |row: &Row| row.judged.as_ref().map(|judged| judged.by);
    let Some(own) = row.shares(played) else { return Vec::new() };
    let is_other = |other: &&Row| {
        song(other) == song(row) && creator(other) != creator(row) && judge(other) == judge(row)
    };
    let mut found: Vec<(f64, Row)> = rows
        .iter()
        .filter(is_other)
        .filter_map(|other| Some((overlap(own, other.shares(played)?), other.clone())))
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found
}

/// Songs by two mappers or more, the most different first.
pub(crate) fn songs(rows: &[Row], played: Played) -> Vec<Song> {
    let mut found: BTreeMap<(String, String), BTreeMap<String, Vec<&Row>>> = BTreeMap::new();
    for row in rows {
        let (Some(texts), Some(_)) = (&row.map.facts, row.shares(played)) else { continue };
        let song = (texts.title.to_lowercase(), texts.artist.to_lowercase());
        found.entry(song).or_default().entry(texts.creator.clone()).or_default().push(row);
    }
    let mut songs: Vec<Song> = found
        .into_values()
        .filter(|hands| hands.len() > 1)
        .filter_map(|hands| song(hands, played))
        .collect();
    songs.sort_by(|a, b| a.overlap.total_cmp(&b.overlap));
    songs
}

fn song(hands: BTreeMap<String, Vec<&Row>>, played: Played) -> Option<Song> {
    let texts = hands.values().next()?.first()?.map.facts.clone()?;
    let hands: Vec<Hand> = hands
        .into_iter()
        .map(|(creator, rows)| Hand { creator, n_maps: rows.len(), shares: mean(&rows, played) })
        .collect();
    let mut pairs = Vec::new();
    for (idx, hand) in hands.iter().enumerate() {
        pairs.extend(hands[..idx].iter().map(|other| overlap(&hand.shares, &other.shares)));
    }
    let overlap = pairs.iter().sum::<f64>() / pairs.len() as f64;
    Some(Song { title: texts.title, artist: texts.artist, hands: side_by_side(hands), overlap })
}

fn mean(rows: &[&Row], played: Played) -> Vec<f64> {
    let mut mean = Vec::new();
    for shares in rows.iter().filter_map(|row| row.shares(played)) {
        mean.resize(shares.len(), 0.0);
        mean.iter_mut().zip(shares).for_each(|(mean, share)| *mean += share / rows.len() as f64);
    }
    mean
}

/// Goes from each to the one that is most like it of those that are left.
fn side_by_side(mut hands: Vec<Hand>) -> Vec<Hand> {
    let mut order: Vec<Hand> = Vec::new();
    while !hands.is_empty() {
        let next = order.last().map_or(0, |last: &Hand| {
            let like = |hand: &Hand| overlap(&last.shares, &hand.shares);
            let best =
                (0..hands.len()).max_by(|&a, &b| like(&hands[a]).total_cmp(&like(&hands[b])));
            best.unwrap_or(0)
        });
        order.push(hands.remove(next));
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
            Row { judged: None, ..row(5, "Tide", "dan", None, 1.0) },
        ];
        let found = alike(&rows[0], &rows, Played::Plain);
        let keys: Vec<_> = found.iter().map(|(_, row)| row.key).collect();
        assert_eq!(keys, [3, 2]);
        assert!((found[0].0 - 0.8).abs() < 1e-12);
        assert!(alike(&rows[5], &rows, Played::Plain).is_empty());
    }

    #[test]
    fn mappers_of_a_song_are_held_side_by_side() {
        let rows = [
            row(0, "Tide", "ann", None, 1.0),
            row(1, "Tide", "bob", None, 0.0),
            row(2, "tide", "cyd", None, 0.8),
            row(3, "Moss", "ann", None, 0.5),
        ];
        let songs = songs(&rows, Played::Plain);
        assert_eq!(songs.len(), 1);
        let names: Vec<_> = songs[0].hands.iter().map(|hand| hand.creator.as_str()).collect();
        assert_eq!(names, ["ann", "cyd", "bob"]);
        assert!((songs[0].overlap - (0.0 + 0.8 + 0.2) / 3.0).abs() < 1e-12);
    }
}
