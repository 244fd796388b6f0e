//! With whom a mapper can be compared head-to-head.

use carto_types::{MapperCount, SongMapValues};

use crate::mappers::mappers;
use crate::person::{is_of, key};

/// The mappers whose maps are compared with those of one mapper, with the songs that both mapped.
///
/// - `mapper`: a name in any spelling
/// - returns: as [`mappers`], those with most common songs first; those of whom no pair is of like
///   stars have 0 songs
#[must_use]
pub fn others(songs: &[SongMapValues], mapper: &str) -> Vec<MapperCount> {
    let person = key(mapper);
    let of_mapper = |song: &SongMapValues| {
        let is_theirs = |map_idx: u32| song.map(map_idx).is_some_and(|map| is_of(map, &person));
        let mut song = song.clone();
        let pairs = song.pairs.iter().copied();
        song.pairs = pairs.filter(|[a, b]| is_theirs(*a) || is_theirs(*b)).collect();
        song
    };
    let of_mapper: Vec<SongMapValues> = songs.iter().map(of_mapper).collect();
    let mut found = mappers(&of_mapper);
    found.retain(|other| key(&other.name) != person);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_songs::{map, song};

    #[test]
    fn others_are_counted_by_common_songs() {
        let songs = [
            song(
                0,
                vec![map(0, "Ann", 3.0, 1.0), map(1, "Bea", 3.2, 1.0), map(2, "Cid", 3.0, 0.0)],
            ),
            song(1, vec![map(0, "ann", 3.0, 1.0), map(1, "Cid", 3.0, 1.0)]),
            song(2, vec![map(0, "Bea", 3.0, 1.0), map(1, "Cid", 3.0, 1.0)]),
            song(3, vec![map(0, "Ann", 3.0, 1.0), map(1, "Dot", 5.0, 1.0)]),
        ];
        let found = others(&songs, "ANN");
        let counts: Vec<_> = found.iter().map(|it| (it.name.as_str(), it.n_songs)).collect();
        assert_eq!(counts, [("Cid", 2), ("Bea", 1), ("Dot", 0)]);
        assert!(others(&songs, "nobody").is_empty());
    }
}
