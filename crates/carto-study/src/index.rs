//! Songs with two mappers or more.

use std::collections::{BTreeMap, BTreeSet};

use carto_types::{ArchiveFacts, Cause, IndexedSet, IndexedSong, Issue, Mode, match_key};

use crate::mappers::Mappers;
use crate::names::set_id;
use crate::owners::Owners;

/// The multi-mapper index and what it leaves out.
pub(crate) struct Index {
    pub(crate) songs: Vec<IndexedSong>,
    pub(crate) n_songs_in_all: u32,
    pub(crate) issues: Vec<Issue>,
}

/// Groups archives by title and artist, keeps the songs with two mappers or
/// more and orders them by the number of mappers, then by first appearance.
///
/// By the published rules mappers are the hosts of sets; by those of osu! they are the owners
/// of difficulties, and two of them must be known to be different people.
///
/// - `archives`: in path order
/// - `owners`: of all their maps
///
/// # Source
///
/// `step1_build_index` in osu-dreamer-cartography `experiment/run_analysis.py`
/// @ `7ec522b` (quirks 4 to 6).
pub(crate) fn build(archives: &[ArchiveFacts], owners: &Owners, mode: Mode) -> Index {
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    let mut group_of = BTreeMap::new();
    for (archive_idx, archive) in archives.iter().enumerate() {
        let Some(head) = &archive.head else { continue };
        let key = match_key(&head.title, &head.artist);
        let group_idx = *group_of.entry(key.clone()).or_insert_with(|| {
            groups.push((key, Vec::new()));
            groups.len() - 1
        });
        groups[group_idx].1.push(archive_idx);
    }

    let n_songs_in_all = groups.len() as u32;
    let (mut songs, mut issues) = (Vec::new(), Vec::new());
    for (match_key, members) in groups {
        let heads = || {
            members.iter().filter_map(|&archive_idx| {
                archives[archive_idx].head.as_ref().map(|head| (archive_idx, head))
            })
        };
        let mappers = match mode {
            Mode::Published => {
                let hosts: BTreeSet<_> = heads().map(|(_, head)| head.creator.clone()).collect();
                if hosts.len() > 1 { Ok(hosts) } else { Err(hosts) }
            }
            Mode::Osu => owners_of(archives, owners, &members),
        };
        let mappers = match mappers {
            Ok(mappers) => mappers,
            Err(names) => {
                issues.extend(heads().map(|(archive_idx, head)| {
                    let subject = &archives[archive_idx].name;
                    Issue::skipped(&**subject, Cause::OneMapper, only_one(&head.title, &names))
                }));
                continue;
            }
        };
        let Some((_, first)) = heads().next() else { continue };
        songs.push(IndexedSong {
            title: first.title.clone(),
            artist: first.artist.clone(),
            match_key,
            mappers: mappers.into_iter().collect(),
            sets: heads()
                .map(|(archive_idx, head)| IndexedSet {
                    archive_idx: archive_idx as u32,
                    set_id: set_id(&archives[archive_idx].name),
                    creator: head.creator.clone(),
                })
                .collect(),
        });
    }
    songs.sort_by_key(|song| std::cmp::Reverse(song.mappers.len()));
    Index { songs, n_songs_in_all, issues }
}

/// Names of the owners of a song's maps; an error where no two of them can be compared.
fn owners_of(
    archives: &[ArchiveFacts],
    owners: &Owners,
    members: &[usize],
) -> Result<BTreeSet<String>, BTreeSet<String>> {
    let maps = members.iter().flat_map(|&archive_idx| {
        (0..archives[archive_idx].maps.len()).map(move |map_idx| (archive_idx, map_idx))
    });
    let difficulties: Vec<_> =
        maps.filter_map(|(archive, map)| owners.difficulty(archives, archive, map)).collect();
    let mappers = Mappers::of(&difficulties);
    let names: BTreeSet<_> = mappers.names().collect();
    if mappers.has_pair() { Ok(names) } else { Err(names) }
}

/// - `names`: of the mappers, of whom no two can be compared
fn only_one(title: &str, names: &BTreeSet<String>) -> String {
    let mut names = names.iter().map(String::as_str);
    let why = match (names.next(), names.next()) {
        (None, _) => format!("nothing says who made the maps of \"{title}\""),
        (Some(name), None) => format!("all maps of \"{title}\" are by {name}"),
        (Some(one), Some(other)) => format!(
            "the maps of \"{title}\" are by {one}, {other} and whoever works with them: no two \
             are surely by different people"
        ),
    };
    format!("{why}: add an archive of this song by someone else, and it will be compared")
}
