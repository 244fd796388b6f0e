//! Invented songs for tests: maps of which one dimension differs.

use carto_types::{MapValues, SongMapValues};

use crate::N_VALUES;

/// Place of SPACING in the values.
pub(crate) const SPACING: usize = 9;

/// A map with a value of SPACING and no other.
pub(crate) fn map(map_idx: u32, mapper: &str, stars: f64, spacing: f64) -> MapValues {
    let mut values = vec![None; N_VALUES];
    values[SPACING] = Some(spacing);
    MapValues {
        map_idx,
        mapper: mapper.to_owned(),
        is_known_person: true,
        version: format!("{mapper}'s"),
        star_rating: Some(stars),
        values,
        latents: Vec::new(),
    }
}

/// A song whose maps are all compared with each other.
pub(crate) fn song(song_idx: u32, maps: Vec<MapValues>) -> SongMapValues {
    let n_maps = maps.len() as u32;
    let pairs = (0..n_maps).flat_map(|a| (a + 1..n_maps).map(move |b| [a, b])).collect();
    SongMapValues {
        song_idx,
        title: format!("Song {song_idx}"),
        artist: "Nobody".to_owned(),
        maps,
        pairs,
        issues: Vec::new(),
    }
}
