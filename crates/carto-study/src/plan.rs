use std::collections::BTreeMap;

use carto_types::{ArchiveFacts, Cause, Issue, Mode, PlannedMap, SongPlan, SourceKind, StudyPlan};

use crate::names::{map_label, registry_id, sanitised};
use crate::{index, registry};

/// Decides from the facts of all archives which maps are compared.
///
/// `archives`: in path order, which decides the order of songs and of all
/// later sums.
#[must_use]
pub fn plan(archives: &[ArchiveFacts], mode: Mode) -> StudyPlan {
    let index::Index { songs: index, n_songs_in_all, mut issues } = index::build(archives, mode);
    let registry = registry::build(archives, &index, mode);

    let mut songs: BTreeMap<u32, SongPlan> = BTreeMap::new();
    let mut names = FileNames { mode, taken: BTreeMap::new() };
    for row in registry.iter().filter(|row| row.is_representative) {
        let archive = &archives[row.archive_idx as usize];
        let map = &archive.maps[row.map_idx as usize];
        let Some(fields) = &map.fields else { continue };
        let song = songs.entry(row.song_idx).or_insert_with(|| SongPlan {
            song_idx: row.song_idx,
            title: index[row.song_idx as usize].title.clone(),
            artist: index[row.song_idx as usize].artist.clone(),
            archives: Vec::new(),
            maps: Vec::new(),
        });
        if !song.archives.contains(&row.archive_idx) {
            song.archives.push(row.archive_idx);
        }
        let version = fields.version.clone().unwrap_or_default();
        let label = map_label(&archive.name, Some(&version), &map.path);
        song.maps.push(PlannedMap {
            archive_idx: row.archive_idx,
            map_idx: row.map_idx,
            file_name: names.name(row.set_id, row.archive_idx, &version, &label, &mut issues),
            label,
            entry_idx: map.entry_idx,
            audio_idx: map.audio_idx,
            is_bare: archive.kind == SourceKind::BareMap,
            refusal: map.refusal.clone(),
            creator: fields.creator.clone().unwrap_or_default(),
            version,
        });
    }
    let songs = songs.into_values().collect();
    StudyPlan { index, registry, songs, n_songs_in_all, issues }
}

/// Gives encodings their names in the manifest.
struct FileNames {
    mode: Mode,
    /// Archive that a name belongs to.
    taken: BTreeMap<String, u32>,
}

impl FileNames {
    /// `{set}_{difficulty}.npy`. Two maps of one set may share a name and then
    /// overwrite each other under the published rules (quirk 21). Deviation:
    /// maps of different sets, all of which have the number 0 if their archives
    /// are not named by number, get a name each.
    fn name(
        &mut self,
        set_id: i64,
        archive_idx: u32,
        version: &str,
        label: &str,
        issues: &mut Vec<Issue>,
    ) -> String {
        let version = if version.is_empty() { "unknown" } else { version };
        let stem = format!("{}_{}", registry_id(set_id), sanitised(version));
        let candidates = std::iter::once(format!("{stem}.npy"))
            .chain((2_u32..).map(|n| format!("{stem}~{n}.npy")));
        for name in candidates {
            match self.taken.get(&name) {
                None => {
                    self.taken.insert(name.clone(), archive_idx);
                    return name;
                }
                Some(&owner) if owner == archive_idx && self.mode == Mode::Published => {
                    issues.push(Issue::warning(
                        label,
                        Cause::SameName,
                        "another representative of this archive has the same difficulty name: \
                         by the published rules only the later of the two counts",
                    ));
                    return name;
                }
                Some(_) => {}
            }
        }
        // The candidates never end.
        stem
    }
}
