//! The numbers of the maps of a song, for the fingerprints of their mappers, and the moments at which
//! two of them differ most.

use std::io::{Read, Seek};

use carto_archive::MapSource;
use carto_beatmap::beatmap::Beatmap;
use carto_beatmap::limits::Limits;
use carto_evidence::{Alignment, EvidenceMap};
use carto_features::read_rated;
use carto_types::{
    Cause, DifferenceVerdict, DimensionGroup, Issue, MapRefusal, MapValues, MapperFingerprint,
    Mode, Mods, PlannedMap, SignalChannel, SongMapValues, SongPlan,
};

use crate::alignment::alignment;
use crate::loaded_map::{read_map, read_one, read_texts};

/// Measures the maps of a song that stand for their mappers by the rules of osu!: each pair of
/// mappers has the two difficulties there that are nearest in stars.
///
/// Never fails: a map that cannot be measured becomes an issue, and the others go on.
///
/// - `song`: planned by the rules of osu!; by the published ones nobody is known but hosts
/// - `open`: gives the source at a place of [`SongPlan::archives`]; called once for each run of maps
///   of one archive
pub fn map_values_of_song<'a, S: Read + Seek>(
    song: &SongPlan,
    open: &mut dyn FnMut(usize) -> MapSource<'a, S>,
) -> SongMapValues {
    let mut found = SongMapValues {
        song_idx: song.song_idx,
        title: song.title.clone(),
        artist: song.artist.clone(),
        pairs: song.pairs.iter().map(|pair| [pair.a, pair.b]).collect(),
        ..SongMapValues::default()
    };
    let texts = read_texts(song, Mode::Osu, open);
    for (map_idx, (map, text)) in (0..).zip(song.maps.iter().zip(texts)) {
        match text.and_then(|bytes| values(map, &bytes)) {
            Ok(values) => found.maps.push(MapValues {
                map_idx,
                mapper: map.creator.clone(),
                is_known_person: is_known_person(song, map),
                version: map.version.clone(),
                star_rating: map.star_rating,
                values,
                latents: Vec::new(),
            }),
            // What its text refuses the scan has said already.
            Err(refusal) if map.refusal.as_ref() == Some(&refusal) => {}
            Err(refusal) => {
                let message = format!("it takes no part in fingerprints: {}", refusal.message);
                found.issues.push(Issue::warning(&*map.label, refusal.cause, message));
            }
        }
    }
    found
}

fn values(map: &PlannedMap, bytes: &[u8]) -> Result<Vec<Option<f64>>, MapRefusal> {
    let measured = evidence_map(read_map(map, bytes, Mode::Osu)?)?;
    let [rated] = read_rated(bytes, [Mods::None], &Limits::default())
        .map_err(|error| MapRefusal::new(Cause::UnreadableMap, error.to_string()))?;
    Ok(carto_mapper::values_of_map(&measured, &rated.features.values()))
}

fn evidence_map(beatmap: Beatmap) -> Result<EvidenceMap, MapRefusal> {
    EvidenceMap::new(beatmap).map_err(|error| MapRefusal::new(error.cause(), error.to_string()))
}

/// Whether one person made a map, whose name is theirs in every song: one that a difficulty's name
/// alone gives may be a nickname, unless another map of the song says it more surely.
pub(crate) fn is_known_person(song: &SongPlan, map: &PlannedMap) -> bool {
    let is_sure = |map: &PlannedMap| map.owner.as_ref().is_some_and(|it| it.evidence.is_sure());
    let is_one = map.owner.as_ref().is_some_and(|owner| owner.names.len() == 1);
    is_one && song.all_maps().any(|other| other.mapper == map.mapper && is_sure(other))
}

/// Where the bars begin in which two maps of a song differ most in a channel.
///
/// - `own`, `other`: places as of [`SongPlan::map`]
/// - `is_higher`: whether the first is to have more of the channel; else less
/// - `open`: gives the source at a place of [`SongPlan::archives`]; called once for each map
/// - returns: up to 3, ms on the time line of the first, the greatest difference first; empty for
///   maps that are not aligned
///
/// # Errors
///
/// The refusal of a map that cannot be read any more.
pub fn moments_of_pair<'a, S: Read + Seek>(
    song: &SongPlan,
    (own, other): (u32, u32),
    channel: SignalChannel,
    is_higher: bool,
    open: &mut dyn FnMut(usize) -> MapSource<'a, S>,
) -> Result<Vec<f64>, MapRefusal> {
    let mut map = |map_idx: u32| read_one(song, map_idx, Mode::Osu, open).and_then(evidence_map);
    let (one, two) = (map(own)?, map(other)?);
    let alignment = if own < other {
        alignment(song, (own, other), [&one, &two])
    } else {
        alignment(song, (other, own), [&two, &one]).map(|found| Alignment {
            lag_ms: -found.lag_ms,
            k: -found.k,
            ..found
        })
    };
    let moments =
        |alignment: Alignment| carto_mapper::moments(&one, &two, &alignment, channel, is_higher);
    Ok(alignment.map_or_else(Vec::new, moments))
}

/// Adds to the examples of a fingerprint the moments of those of channels; an example whose maps
/// cannot be read any more stays without.
///
/// - `songs`: those of the plan
/// - `open`: gives a source at a place of the run's list of archives
pub fn add_moments<'a, S: Read + Seek>(
    fingerprint: &mut MapperFingerprint,
    songs: &[SongPlan],
    open: &mut dyn FnMut(u32) -> MapSource<'a, S>,
) {
    for typical in &mut fingerprint.typical {
        let dimension = fingerprint.dimensions.get(typical.dimension_idx as usize);
        let Some(dimension) = dimension.filter(|it| it.group == DimensionGroup::Channel) else {
            continue;
        };
        let Some(channel) = SignalChannel::named(&dimension.name) else { continue };
        let is_higher = dimension.verdict == DifferenceVerdict::Higher;
        for example in &mut typical.examples {
            let song = songs.iter().find(|song| song.song_idx == example.song_idx);
            let Some(song) = song else { continue };
            let pair = (example.own.map_idx, example.other.map_idx);
            let mut open = |slot: usize| open(song.archives.get(slot).copied().unwrap_or_default());
            example.moments_ms =
                moments_of_pair(song, pair, channel, is_higher, &mut open).unwrap_or_default();
        }
    }
}
