use std::collections::BTreeSet;

use carto_evidence::benjamini_hochberg;
use carto_types::{DimensionDifference, MapperFingerprint, SongMapValues};

use crate::compared::{Pair, all_pairs, pairs_of, stars_apart};
use crate::difference::{difference, judge};
use crate::dimensions::dimensions;
use crate::mappers::spelling;
use crate::typical::typical;

/// In what the maps of a mapper differ from those of the other mappers of the same songs.
///
/// Of each song: the mean over the other mappers of the mapper's value less the other's, of the
/// two difficulties nearest in stars and at most
/// [`MOST_STARS_APART`](carto_types::MOST_STARS_APART) apart. Over songs: their mean, its 95 %
/// interval by Student's t, a p-value (all signs up to 40 songs, t above) that is corrected for the
/// dimensions of the fingerprint. To be drawn on one axis it is divided by the spread of all pairs
/// of the run, which is taken for known: 1 is as far as two mappers' maps of one song lie apart.
///
/// - `songs`: all of the run, also those without the mapper
/// - `mapper`: the name in any spelling; difficulties that the mapper made in the sets of others
///   count, those of a group do not
/// - returns: `None` where no two maps can be compared, of whatever stars. Moments of examples are
///   for the caller to add
#[must_use]
pub fn fingerprint(songs: &[SongMapValues], mapper: &str) -> Option<MapperFingerprint> {
    compare(songs, mapper, None)
}

/// In what the maps of mapper A differ from those of mapper B, over the songs that both mapped: the
/// same numbers as of [`fingerprint`], A less B.
///
/// - returns: `None` where no song has a map of each
#[must_use]
pub fn head_to_head(songs: &[SongMapValues], a: &str, b: &str) -> Option<MapperFingerprint> {
    compare(songs, a, Some(b))
}

fn compare(
    songs: &[SongMapValues],
    mapper: &str,
    against: Option<&str>,
) -> Option<MapperFingerprint> {
    let of_mapper = pairs_of(songs, mapper, against);
    let first = of_mapper.first()?;
    let own: Vec<Pair<'_>> = of_mapper.iter().copied().filter(Pair::is_like).collect();
    let all: Vec<Pair<'_>> = all_pairs(songs).filter(Pair::is_like).collect();
    let n_latents = songs.iter().flat_map(|song| &song.maps).map(|map| map.latents.len()).max();
    let mut found: Vec<DimensionDifference> = dimensions(n_latents.unwrap_or(0))
        .iter()
        .enumerate()
        .map(|(idx, (group, name))| difference((*group, name), idx, &own, &all))
        .collect();
    let p_values: Vec<_> =
        found.iter().map(|it| it.difference.p_value.map(|p_value| p_value.p)).collect();
    for (dimension, q_value) in found.iter_mut().zip(benjamini_hochberg(&p_values)) {
        dimension.q_value = q_value;
        judge(dimension);
    }
    let songs_of: BTreeSet<u32> = own.iter().map(|pair| pair.song.song_idx).collect();
    let maps_of: BTreeSet<(u32, u32)> =
        own.iter().map(|pair| (pair.song.song_idx, pair.own.map_idx)).collect();
    Some(MapperFingerprint {
        mapper: spelling(songs, mapper).unwrap_or_else(|| first.own.mapper.clone()),
        against: against
            .map(|name| spelling(songs, name).unwrap_or_else(|| first.other.mapper.clone())),
        n_songs: songs_of.len() as u32,
        n_maps: maps_of.len() as u32,
        stars: stars_apart(&of_mapper),
        typical: typical(&found, &own),
        dimensions: found,
    })
}

#[cfg(test)]
#[path = "fingerprint_tests.rs"]
mod tests;
