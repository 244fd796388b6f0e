//! Which difficulties are compared beside those of a song's pairs, for its evidence.

use std::collections::BTreeMap;

use carto_evidence::{has_like_counts, log_ratio};
use carto_types::{
    ArchiveFacts, EvidencePlan, Mode, PlannedMap, PlannedPair, RegistryRow, SongPlan, StudyPlan,
};

use crate::mappers::Mappers;
use crate::plan::planned_map;
use crate::representatives::owned;

/// A map of fewer objects says nothing of how a mapper repeats themselves.
const FEWEST_OBJECTS: u32 = 20;

/// Adds to a plan what the evidence of its songs needs: for each set of a song the two
/// difficulties of one mapper that are most alike in their counts of objects, and less apart
/// than [`LIKE_COUNTS_LOG_RATIO`](carto_types::LIKE_COUNTS_LOG_RATIO).
///
/// The published rules know hosts alone, so a plan by them is left as it is, without evidence.
///
/// - `archives`: those that the plan was made of
pub fn plan_evidence(plan: &mut StudyPlan, archives: &[ArchiveFacts], mode: Mode) {
    if mode == Mode::Published {
        return;
    }
    let mut rows_of_songs: BTreeMap<u32, Vec<&RegistryRow>> = BTreeMap::new();
    for row in &plan.registry {
        rows_of_songs.entry(row.song_idx).or_default().push(row);
    }
    for song in &mut plan.songs {
        let rows = rows_of_songs.get(&song.song_idx).map_or(&[][..], Vec::as_slice);
        song.evidence = Some(EvidencePlan::default());
        for [a, b] in ceiling(archives, rows) {
            let pair = [a, b].map(|chosen| place_in_plan(archives, song, &chosen));
            let [a, b] = [pair[0].min(pair[1]), pair[0].max(pair[1])];
            let pair = PlannedPair { a, b, is_by_one_mapper: true };
            song.evidence.get_or_insert_default().ceiling.push(pair);
        }
    }
}

/// A difficulty that is chosen for the ceiling.
#[derive(Debug, Clone)]
struct Chosen<'a> {
    row: &'a RegistryRow,
    mapper: u32,
    creator: String,
}

/// The two difficulties of each set, sets in the order of the registry.
fn ceiling<'a>(archives: &[ArchiveFacts], rows: &[&'a RegistryRow]) -> Vec<[Chosen<'a>; 2]> {
    let (places, difficulties) = owned(archives, rows.iter().copied());
    let mappers = Mappers::of(&difficulties);
    let mut best: BTreeMap<u32, (f64, usize, usize)> = BTreeMap::new();
    for a in 0..places.len() {
        for b in a + 1..places.len() {
            let [of_a, of_b] = [a, b].map(|place| mappers.of_difficulty(place));
            if of_a.is_none() || of_a != of_b {
                continue;
            }
            let (row_a, row_b) = (rows[places[a]], rows[places[b]]);
            let Some(ratio) = ratio_of_counts(archives, row_a, row_b) else { continue };
            let entry = best.entry(row_a.archive_idx).or_insert((ratio, a, b));
            if ratio < entry.0 {
                *entry = (ratio, a, b);
            }
        }
    }
    let chosen = |place: usize| {
        let mapper = mappers.of_difficulty(place)?;
        Some(Chosen { row: rows[places[place]], mapper, creator: mappers.name(mapper) })
    };
    best.into_values().filter_map(|(_, a, b)| Some([chosen(a)?, chosen(b)?])).collect()
}

/// The logarithm of the ratio of the counts of objects of two difficulties of one set with one
/// audio file and names of their own; `None` for others, and for counts that are not alike.
fn ratio_of_counts(archives: &[ArchiveFacts], a: &RegistryRow, b: &RegistryRow) -> Option<f64> {
    let facts =
        |row: &RegistryRow| archives.get(row.archive_idx as usize)?.maps.get(row.map_idx as usize);
    let (one, other) = (facts(a)?, facts(b)?);
    let is_usable = a.archive_idx == b.archive_idx
        && one.audio_idx.is_some()
        && one.audio_idx == other.audio_idx
        && one.version().to_lowercase() != other.version().to_lowercase()
        && [one, other].iter().all(|map| map.refusal.is_none() && map.n_objects >= FEWEST_OBJECTS);
    let ratio = log_ratio([one.n_objects, other.n_objects]).filter(|_| is_usable);
    ratio.filter(|ratio| has_like_counts(Some(*ratio)))
}

/// The place of a difficulty among the maps of a song, where it is put if it is not there.
fn place_in_plan(archives: &[ArchiveFacts], song: &mut SongPlan, chosen: &Chosen<'_>) -> u32 {
    let Chosen { row, mapper, creator } = chosen;
    let is_it = |map: &PlannedMap| (map.archive_idx, map.map_idx) == (row.archive_idx, row.map_idx);
    if let Some(place) = song.all_maps().position(is_it) {
        return place as u32;
    }
    if !song.archives.contains(&row.archive_idx) {
        song.archives.push(row.archive_idx);
    }
    let map = planned_map(archives, row, *mapper, creator.clone(), String::new());
    let place = song.all_maps().count() as u32;
    song.evidence.get_or_insert_default().maps.push(map);
    place
}
