//! Songs with two mappers or more.

use std::collections::{BTreeMap, BTreeSet};

use carto_types::{
    ArchiveFacts, Cause, IndexedSet, IndexedSong, Issue, Mode, creator_key, match_key,
};

use crate::names::set_id;

/// The multi-mapper index and what it leaves out.
pub(crate) struct Index {
    pub(crate) songs: Vec<IndexedSong>,
    pub(crate) n_songs_in_all: u32,
    pub(crate) issues: Vec<Issue>,
}

/// Groups archives by title and artist, keeps the songs with two creators or
/// more and orders them by the number of creators, then by first appearance.
///
/// - `archives`: in path order
///
/// # Source
///
/// `step1_build_index` in osu-dreamer-cartography `experiment/run_analysis.py`
/// @ `7ec522b` (quirks 4 to 6).
pub(crate) fn build(archives: &[ArchiveFacts], mode: Mode) -> Index {
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
        // The first spelling stands for a name.
        let mut creators = BTreeMap::new();
        for (_, head) in heads() {
            creators.entry(creator_key(mode, &head.creator)).or_insert(&head.creator);
        }
        if creators.len() < 2 {
            issues.extend(heads().map(|(archive_idx, head)| {
                let subject = &archives[archive_idx].name;
                let message = only_one(&head.title, &head.creator);
                Issue::skipped(&**subject, Cause::OneMapper, message)
            }));
            continue;
        }
        let Some((_, first)) = heads().next() else { continue };
        songs.push(IndexedSong {
            title: first.title.clone(),
            artist: first.artist.clone(),
            match_key,
            mappers: creators.into_values().cloned().collect::<BTreeSet<_>>().into_iter().collect(),
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

fn only_one(title: &str, creator: &str) -> String {
    format!(
        "all maps of \"{title}\" are by {creator}: add an archive of this song by someone else, \
         and it will be compared"
    )
}
