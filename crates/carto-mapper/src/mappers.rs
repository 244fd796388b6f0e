//! The mappers of a run, and whom a name may mean.

use std::collections::{BTreeMap, BTreeSet};

use carto_types::{MapperCount, SongMapValues};

use crate::compared::{Pair, all_pairs};
use crate::person::key;

/// What is counted of one mapper.
#[derive(Default)]
struct Counted<'a> {
    /// How many maps spell the name how.
    spellings: BTreeMap<&'a str, u32>,
    songs: BTreeSet<u32>,
    maps: BTreeSet<(u32, u32)>,
}

impl Counted<'_> {
    /// The commonest spelling; of equally common ones the first in the alphabet.
    fn spelling(&self) -> String {
        let commonest = self.spellings.iter().rev().max_by_key(|(_, n)| **n);
        commonest.map_or_else(String::new, |(name, _)| (*name).to_owned())
    }
}

/// All people of whom a map stands beside one of another mapper: groups, and names that the
/// difficulties' names alone give, are none.
///
/// - returns: those with most songs first, of equally many by name
#[must_use]
pub fn mappers(songs: &[SongMapValues]) -> Vec<MapperCount> {
    let mut found: Vec<MapperCount> = counted(songs)
        .into_values()
        .map(|counted| MapperCount {
            name: counted.spelling(),
            n_songs: counted.songs.len() as u32,
            n_maps: counted.maps.len() as u32,
        })
        .collect();
    found.sort_by(|a, b| b.n_songs.cmp(&a.n_songs).then_with(|| key(&a.name).cmp(&key(&b.name))));
    found
}

fn counted(songs: &[SongMapValues]) -> BTreeMap<String, Counted<'_>> {
    let mut all: BTreeMap<String, Counted<'_>> = BTreeMap::new();
    for Pair { song, own, other } in all_pairs(songs) {
        let is_like = Pair { song, own, other }.is_like();
        for map in [own, other].into_iter().filter(|map| map.is_known_person) {
            let counted = all.entry(key(&map.mapper).into_owned()).or_default();
            *counted.spellings.entry(&map.mapper).or_default() += 1;
            if is_like {
                counted.songs.insert(song.song_idx);
                counted.maps.insert((song.song_idx, map.map_idx));
            }
        }
    }
    all
}

/// A mapper's name in its commonest spelling; `None` for one who is not there.
pub(crate) fn spelling(songs: &[SongMapValues], name: &str) -> Option<String> {
    counted(songs).get(&*key(name)).map(Counted::spelling)
}

/// The mappers whose names are most like a name: those with it in theirs first, then by the number of
/// letters to change, then those with more songs.
///
/// - `mappers`: in the order of [`mappers`](crate::mappers)
#[must_use]
pub fn nearest_names<'a>(
    mappers: &'a [MapperCount],
    name: &str,
    n_names: usize,
) -> Vec<&'a MapperCount> {
    let wanted = key(name);
    let distance = |mapper: &MapperCount| {
        let known = key(&mapper.name);
        let is_part = !wanted.is_empty() && known.contains(&*wanted);
        (!is_part, letters_to_change(&known, &wanted))
    };
    let mut found: Vec<&MapperCount> = mappers.iter().collect();
    found.sort_by_cached_key(|mapper| distance(mapper));
    found.truncate(n_names);
    found
}

/// The least number of letters to put in, to leave out or to replace (Levenshtein).
fn letters_to_change(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (n_before, letter) in from.chars().enumerate() {
        let mut diagonal = n_before;
        let mut left = n_before + 1;
        let mut next = vec![left];
        for (other, &above) in to.iter().zip(row.iter().skip(1)) {
            left = (left + 1).min(above + 1).min(diagonal + usize::from(letter != *other));
            diagonal = above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_songs::{map, song};

    #[test]
    fn people_are_counted_by_songs_and_spelled_as_they_mostly_are() {
        let unknown = |idx, name| carto_types::MapValues {
            is_known_person: false,
            ..map(idx, name, 3.0, 0.0)
        };
        let songs = [
            song(0, vec![map(0, "Ann", 3.0, 1.0), map(1, "bea", 3.2, 1.0), unknown(2, "HW")]),
            song(1, vec![map(0, "ann", 3.0, 1.0), map(1, "Bea_C", 3.0, 1.0)]),
            song(2, vec![map(0, "Ann", 3.0, 1.0), map(1, "Bea C", 5.0, 1.0)]),
        ];
        let found = mappers(&songs);
        let count =
            |name: &str, n_songs, n_maps| MapperCount { name: name.to_owned(), n_songs, n_maps };
        // The third song's two maps are too far apart in stars.
        assert_eq!(found, [count("Ann", 2, 2), count("bea", 1, 1), count("Bea C", 1, 1)]);
        assert_eq!(spelling(&songs, "ANN").as_deref(), Some("Ann"));
        assert_eq!(spelling(&songs, "HW"), None);
    }

    #[test]
    fn the_nearest_names_come_first() {
        let mappers: Vec<_> = ["Monstrata", "Sotarks", "Pentori", "pishifat"]
            .map(|name| MapperCount { name: name.to_owned(), n_songs: 3, n_maps: 3 })
            .into();
        let nearest = |name: &str| nearest_names(&mappers, name, 1)[0].name.clone();
        assert_eq!(nearest("monstrat"), "Monstrata");
        assert_eq!(nearest("soTrak"), "Sotarks");
        assert_eq!(nearest("fat"), "pishifat");
        assert_eq!(nearest_names(&mappers, "x", 9).len(), 4);
        assert_eq!(letters_to_change("kitten", "sitting"), 3);
        assert_eq!(letters_to_change("", "abc"), 3);
    }
}
