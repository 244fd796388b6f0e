use carto_types::{
    ArchiveFacts, EvidencePlan, IndexedSong, Ownership, PlannedPair, RegistryRow, SongPlan,
};

use crate::plan::planned_map;

/// A plan of two difficulties of a song alone: the pair of its maps 0 and 1, with evidence, so that
/// their recordings can be heard.
///
/// - `archives`: those that `rows` stand in
/// - `rows`: of the registry, A and B
#[must_use]
pub fn plan_of_two(
    archives: &[ArchiveFacts],
    song: &IndexedSong,
    rows: [&RegistryRow; 2],
) -> SongPlan {
    let mut archives_of_maps = vec![rows[0].archive_idx];
    if rows[1].archive_idx != rows[0].archive_idx {
        archives_of_maps.push(rows[1].archive_idx);
    }
    let map = |mapper: u32| {
        let row = rows[mapper as usize];
        let creator = row.owner.as_ref().map(Ownership::text).unwrap_or_default();
        planned_map(archives, row, mapper, creator, String::new())
    };
    SongPlan {
        song_idx: rows[0].song_idx,
        title: song.title.clone(),
        artist: song.artist.clone(),
        archives: archives_of_maps,
        maps: vec![map(0), map(1)],
        pairs: vec![PlannedPair { a: 0, b: 1, is_by_one_mapper: false }],
        evidence: Some(EvidencePlan::default()),
    }
}
