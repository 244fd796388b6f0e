//! The osu!standard difficulties of the index.

use carto_types::{ArchiveFacts, IndexedSong, RegistryRow};

use crate::owners::Owners;

/// All registered maps of indexed archives, ordered as the published pipeline
/// walks its folders: by the set's number *as text*, then by path (quirk 11).
/// Nobody stands for anybody yet.
///
/// # Source
///
/// `step2_build_registry` in osu-dreamer-cartography
/// `experiment/run_analysis.py` @ `7ec522b`. Deviation: two archives with one
/// number (`12.osz`, `00012.osz`) overwrite each other there and stay apart here.
pub(crate) fn build(
    archives: &[ArchiveFacts],
    songs: &[IndexedSong],
    owners: &Owners,
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
                    owner: owners.get(set.archive_idx as usize, map_idx).cloned(),
                });
            }
        }
    }
    rows
}
