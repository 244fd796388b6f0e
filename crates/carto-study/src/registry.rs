//! The osu!standard difficulties of the index, and who stands for whom.

use std::collections::BTreeMap;

use carto_types::{ArchiveFacts, IndexedSong, Mode, RegistryRow, creator_key};

/// All registered maps of indexed archives, ordered as the published pipeline
/// walks its folders: by the set's number *as text*, then by path (quirk 11).
///
/// Per song and creator the first map of the highest `OverallDifficulty`
/// stands for the creator (quirk 15).
///
/// # Source
///
/// `step2_build_registry` in osu-dreamer-cartography
/// `experiment/run_analysis.py` @ `7ec522b`. Deviation: two archives with one
/// number (`12.osz`, `00012.osz`) overwrite each other there and stay apart here.
pub(crate) fn build(
    archives: &[ArchiveFacts],
    songs: &[IndexedSong],
    mode: Mode,
) -> Vec<RegistryRow> {
    let mut sets: Vec<_> = songs
        .iter()
        .enumerate()
        .flat_map(|(song_idx, song)| song.sets.iter().map(move |set| (song_idx as u32, set)))
        .collect();
    sets.sort_by_cached_key(|(_, set)| (set.set_id.to_string(), set.archive_idx));

    let mut rows = Vec::new();
    for (song_idx, set) in sets {
        let maps = &archives[set.archive_idx as usize].maps;
        for (map_idx, map) in maps.iter().enumerate() {
            if map.fields.is_some() {
                rows.push(RegistryRow {
                    archive_idx: set.archive_idx,
                    map_idx: map_idx as u32,
                    song_idx,
                    set_id: set.set_id,
                    is_representative: false,
                });
            }
        }
    }
    for row_idx in representatives(archives, &rows, mode) {
        rows[row_idx].is_representative = true;
    }
    rows
}

/// Rows of the representatives, one for each song and creator.
fn representatives(archives: &[ArchiveFacts], rows: &[RegistryRow], mode: Mode) -> Vec<usize> {
    let mut best = BTreeMap::new();
    for (row_idx, row) in rows.iter().enumerate() {
        let map = &archives[row.archive_idx as usize].maps[row.map_idx as usize];
        let Some(fields) = &map.fields else { continue };
        let creator = fields.creator.as_deref().map(|name| creator_key(mode, name));
        let difficulty = fields.overall_difficulty.unwrap_or(0.0);
        let entry = best.entry((row.song_idx, creator)).or_insert((difficulty, row_idx));
        if difficulty > entry.0 {
            *entry = (difficulty, row_idx);
        }
    }
    best.into_values().map(|(_, row_idx)| row_idx).collect()
}
