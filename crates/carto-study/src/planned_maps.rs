//! Who mapped a song, before any of its maps is read.

use carto_types::{MapValues, SongMapValues, SongPlan};

use crate::map_values::is_known_person;

/// The maps of a song as [`map_values_of_song`](crate::map_values_of_song) gives them, without their
/// numbers: enough to count songs by mapper. No file is read, so a map that could not be measured
/// counts too, unless its text refuses it.
#[must_use]
pub fn planned_maps(song: &SongPlan) -> SongMapValues {
    let maps = (0..).zip(&song.maps).filter(|(_, map)| map.refusal.is_none());
    let maps = maps.map(|(map_idx, map)| MapValues {
        map_idx,
        mapper: map.creator.clone(),
        is_known_person: is_known_person(song, map),
        version: map.version.clone(),
        star_rating: map.star_rating,
        values: Vec::new(),
        latents: Vec::new(),
    });
    SongMapValues {
        song_idx: song.song_idx,
        title: song.title.clone(),
        artist: song.artist.clone(),
        maps: maps.collect(),
        pairs: song.pairs.iter().map(|pair| [pair.a, pair.b]).collect(),
        issues: Vec::new(),
    }
}
