use std::collections::{BTreeMap, BTreeSet};

use carto_types::{
    ArchiveFacts, Cause, IndexedSong, Issue, MapFacts, Mode, OwnerEvidence, OwnerRow, PlannedMap,
    PlannedPair, RegistryRow, SongPlan, SourceKind, StudyPlan,
};

use crate::names::{map_label, registry_id, sanitised};
use crate::owners::{Owners, makers_among, unused};
use crate::representatives::{Choice, choose};
use crate::{index, registry};

/// Decides from the facts of all archives which maps are compared.
///
/// - `archives`: in path order, which decides the order of songs and of all later sums
/// - `rows`: what a person says of owners; the published rules have no use for it
#[must_use]
pub fn plan(archives: &[ArchiveFacts], mode: Mode, rows: &[OwnerRow]) -> StudyPlan {
    let owners = match mode {
        Mode::Published => Owners::none(),
        Mode::Osu => Owners::of(archives, rows),
    };
    let index::Index { songs: index, n_songs_in_all, mut issues } =
        index::build(archives, &owners, mode);
    if mode == Mode::Osu {
        issues.extend(nobody_s(archives, &owners));
        issues.extend(unused(archives, rows));
    }
    let mut registry = registry::build(archives, &index, &owners);

    let mut rows_of_songs: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (row_idx, row) in registry.iter().enumerate() {
        rows_of_songs.entry(row.song_idx).or_default().push(row_idx);
    }
    let mut choices = Vec::new();
    for row_idxs in rows_of_songs.values() {
        let rows: Vec<_> = row_idxs.iter().map(|&row_idx| registry[row_idx].clone()).collect();
        let choice = choose(archives, &rows, mode);
        for map in &choice.maps {
            registry[row_idxs[map.row]].is_representative = true;
        }
        choices.push((rows, choice));
    }

    let mut file_names = file_names(archives, &registry, mode, &mut issues);
    let mut songs = Vec::new();
    for (rows, choice) in choices {
        let Some(song) = rows.first().and_then(|row| index.get(row.song_idx as usize)) else {
            continue;
        };
        if !choice.maps.is_empty() {
            songs.push(song_plan(archives, song, &rows, choice, &mut file_names));
        }
    }
    StudyPlan { index, registry, songs, n_songs_in_all, issues }
}

/// Names of encodings by archive and map, given in the order of the registry.
fn file_names(
    archives: &[ArchiveFacts],
    registry: &[RegistryRow],
    mode: Mode,
    issues: &mut Vec<Issue>,
) -> BTreeMap<(u32, u32), String> {
    let mut names = FileNames { mode, taken: BTreeMap::new() };
    let chosen = registry.iter().filter(|row| row.is_representative);
    let name = |row: &RegistryRow| {
        let archive = &archives[row.archive_idx as usize];
        let map = &archive.maps[row.map_idx as usize];
        let label = label(archive, map);
        let name = names.name(row.set_id, row.archive_idx, map.version(), &label, issues);
        ((row.archive_idx, row.map_idx), name)
    };
    chosen.map(name).collect()
}

fn song_plan(
    archives: &[ArchiveFacts],
    song: &IndexedSong,
    rows: &[RegistryRow],
    choice: Choice,
    file_names: &mut BTreeMap<(u32, u32), String>,
) -> SongPlan {
    let mut plan = SongPlan {
        song_idx: rows.first().map_or(0, |row| row.song_idx),
        title: song.title.clone(),
        artist: song.artist.clone(),
        archives: Vec::new(),
        maps: Vec::new(),
        pairs: Vec::new(),
        evidence: None,
    };
    for chosen in choice.maps {
        let row = &rows[chosen.row];
        if !plan.archives.contains(&row.archive_idx) {
            plan.archives.push(row.archive_idx);
        }
        let name = file_names.remove(&(row.archive_idx, row.map_idx)).unwrap_or_default();
        plan.maps.push(planned_map(archives, row, chosen.mapper, chosen.name, name));
    }
    let makers = makers(song, &plan.maps);
    let is_one = |a: u32, b: u32| !makers[a as usize].is_disjoint(&makers[b as usize]);
    let pair = |(a, b)| PlannedPair { a, b, is_by_one_mapper: is_one(a, b) };
    plan.pairs = choice.pairs.into_iter().map(pair).collect();
    plan
}

/// A difficulty as it is compared.
///
/// - `mapper`: equal for the maps of one mapper of the song
/// - `creator`: the mapper's name
/// - `file_name`: of its encoding in the manifest
pub(crate) fn planned_map(
    archives: &[ArchiveFacts],
    row: &RegistryRow,
    mapper: u32,
    creator: String,
    file_name: String,
) -> PlannedMap {
    let archive = &archives[row.archive_idx as usize];
    let map = &archive.maps[row.map_idx as usize];
    PlannedMap {
        archive_idx: row.archive_idx,
        map_idx: row.map_idx,
        file_name,
        label: label(archive, map),
        entry_idx: map.entry_idx,
        audio_idx: map.audio_idx,
        is_bare: archive.kind == SourceKind::BareMap,
        refusal: map.refusal.clone(),
        creator,
        mapper,
        owner: row.owner.clone(),
        star_rating: map.star_rating,
        version: map.version().to_owned(),
    }
}

/// Who had a hand in each map of a song; nobody by the rules of osu!, whose pairs are of different
/// people already.
fn makers(song: &IndexedSong, maps: &[PlannedMap]) -> Vec<BTreeSet<String>> {
    let hosts: Vec<_> = song.sets.iter().map(|set| &*set.creator).collect();
    let maker = |map: &PlannedMap| match map.owner {
        Some(_) => BTreeSet::new(),
        None => makers_among(&map.creator, &map.version, &hosts),
    };
    maps.iter().map(maker).collect()
}

/// What is said of difficulties that take no part since nobody is known to have made them.
fn nobody_s(archives: &[ArchiveFacts], owners: &Owners) -> Vec<Issue> {
    let maps = archives.iter().enumerate().flat_map(|(archive_idx, archive)| {
        archive
            .maps
            .iter()
            .enumerate()
            .map(move |(map_idx, map)| (archive_idx, archive, map_idx, map))
    });
    let issue = |(archive_idx, archive, map_idx, map): (usize, &ArchiveFacts, usize, &MapFacts)| {
        let owner = owners.get(archive_idx, map_idx).filter(|owner| owner.is_nobody())?;
        let why = match owner.evidence {
            OwnerEvidence::Table => "it was said to be nobody's",
            _ => "several people made it and nothing says who",
        };
        let message = format!(
            "{why}, so it speaks for no mapper; say who made it (on the page below the songs, for \
             the command in a table for --owners), and it takes part"
        );
        Some(Issue::skipped(label(archive, map), Cause::NoOwner, message))
    };
    maps.filter_map(issue).collect()
}

fn label(archive: &ArchiveFacts, map: &MapFacts) -> String {
    map_label(&archive.name, Some(map.version()), &map.path)
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
