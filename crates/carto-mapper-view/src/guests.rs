//! Which of a mapper's maps stand in the sets of others.

use std::collections::BTreeSet;

use carto_types::{
    Mode, OwnerEvidence, PlannedMap, PlannedPair, SongPlan, are_of_like_stars, creator_key,
};

/// How many of a mapper's maps that are compared are guest difficulties: in the set of another host.
///
/// - `mapper`: a name in any spelling
pub(crate) fn n_guest_maps(songs: &[SongPlan], mapper: &str) -> usize {
    let person = creator_key(Mode::Osu, mapper);
    let is_guest = |map: &PlannedMap| {
        map.owner.as_ref().is_some_and(|owner| {
            let is_theirs = |name: &String| creator_key(Mode::Osu, name) == person;
            owner.evidence != OwnerEvidence::Host
                && owner.names.len() == 1
                && owner.names.iter().all(is_theirs)
        })
    };
    let of_song = |song: &SongPlan| {
        let compared = song.pairs.iter().filter(|pair| is_like(song, pair));
        let maps: BTreeSet<u32> = compared.flat_map(|pair| [pair.a, pair.b]).collect();
        maps.into_iter().filter(|idx| song.map(*idx).is_some_and(is_guest)).count()
    };
    songs.iter().map(of_song).sum()
}

/// Whether the two maps of a pair are near enough in stars to be compared.
fn is_like(song: &SongPlan, pair: &PlannedPair) -> bool {
    let stars = |map_idx| song.map(map_idx)?.star_rating;
    are_of_like_stars(stars(pair.a), stars(pair.b))
}

#[cfg(test)]
pub(crate) mod tests {
    use carto_types::Ownership;

    use super::*;

    /// A song whose maps are all compared; each is its mapper, stars, and how that is known.
    pub(crate) fn song(song_idx: u32, maps: &[(&str, f64, OwnerEvidence)]) -> SongPlan {
        let n_maps = maps.len() as u32;
        let pair = |a, b| PlannedPair { a, b, is_by_one_mapper: false };
        let map =
            |(map_idx, (mapper, stars, evidence)): (u32, &(&str, f64, OwnerEvidence))| PlannedMap {
                archive_idx: song_idx,
                map_idx,
                label: format!("{song_idx}.osz [{mapper}]"),
                entry_idx: map_idx,
                audio_idx: None,
                is_bare: false,
                refusal: None,
                creator: (*mapper).to_owned(),
                mapper: map_idx,
                owner: Some(Ownership { names: vec![(*mapper).to_owned()], evidence: *evidence }),
                star_rating: Some(*stars),
                version: "Hard".to_owned(),
                file_name: String::new(),
            };
        SongPlan {
            song_idx,
            title: format!("Song {song_idx}"),
            artist: "Nobody".to_owned(),
            archives: vec![song_idx],
            maps: (0..).zip(maps).map(map).collect(),
            pairs: (0..n_maps).flat_map(|a| (a + 1..n_maps).map(move |b| pair(a, b))).collect(),
            evidence: None,
        }
    }

    #[test]
    fn guest_difficulties_that_are_compared_are_counted() {
        use OwnerEvidence::{Host, Tags};
        let songs = [
            song(0, &[("Ann", 3.0, Tags), ("Bea", 3.2, Host), ("Cid", 3.1, Tags)]),
            song(1, &[("ann", 3.0, Host), ("Bea", 3.0, Host)]),
            song(2, &[("Ann", 3.0, Tags), ("Bea", 4.0, Host)]),
        ];
        assert_eq!(n_guest_maps(&songs, "ANN"), 1);
        assert_eq!(n_guest_maps(&songs, "Bea"), 0);
        assert_eq!(n_guest_maps(&songs, "nobody"), 0);
    }
}
