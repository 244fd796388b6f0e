//! Names under which what was read and compared may be kept until the next visit or run.
//!
//! A name holds all that the kept thing depends on, as far as it can be told without reading:
//! of files their paths, sizes and times, the rules, and the state of this program. Equal
//! names, equal things; so a changed file is read again, and a new program reads everything.

use std::hash::Hasher;

use carto_types::{ArchiveFacts, MapStatus, Mode, SongOutcome, SongPlan, SourceKind};
use serde::{Deserialize, Serialize};
use siphasher::sip128::{Hasher128, SipHasher13};

/// Another one for every change of a source that decides what is read and compared.
pub const PROGRAM_STATE: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("CARTO_SOURCES"));

/// The name of something that is kept: 128 bits of a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CacheKey([u8; 16]);

impl CacheKey {
    /// 32 hexadecimal digits.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The name of what follows from this and from more.
    ///
    /// - `what`: tells things of one source apart
    #[must_use]
    pub fn with(&self, what: &str, more: &[u8]) -> Self {
        KeyHasher::new(what).bytes(&self.0).bytes(more).finish()
    }
}

/// What is known of a file without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileStamp {
    /// Size.
    pub size_bytes: u64,
    /// Time of the last change, ms since 1970.
    pub modified_ms: i64,
}

/// The name of the facts that [`crate::scan`] gives.
///
/// - `path`: of the source below what was dropped or named, which facts and messages repeat
/// - `files`: its files in order, each with its path below the source; one without any for an
///   archive or a map
#[must_use]
pub fn facts_key<'a>(
    mode: Mode,
    path: &str,
    kind: SourceKind,
    files: impl IntoIterator<Item = (&'a str, FileStamp)>,
) -> CacheKey {
    let mut hasher = KeyHasher::new("facts");
    hasher.text(mode.name()).text(path).text(&format!("{kind:?}"));
    for (inner, FileStamp { size_bytes, modified_ms }) in files {
        hasher.text(inner).bytes(&size_bytes.to_le_bytes()).bytes(&modified_ms.to_le_bytes());
    }
    hasher.finish()
}

/// The name of the outcome that [`crate::compare_song`] gives; `None` where a source of the
/// plan has no name.
///
/// The places of the song and of its archives in a run's lists are no part of it.
///
/// - `sources`: the name of the facts of each archive of the plan, in its order
#[must_use]
pub fn outcome_key(mode: Mode, song: &SongPlan, sources: &[CacheKey]) -> Option<CacheKey> {
    if sources.len() != song.archives.len() {
        return None;
    }
    let mut lasting = SongPlan { song_idx: 0, archives: Vec::new(), ..song.clone() };
    for map in lasting.all_maps_mut() {
        let slot = song.archives.iter().position(|idx| *idx == map.archive_idx)?;
        map.archive_idx = u32::try_from(slot).ok()?;
    }
    let mut hasher = KeyHasher::new("outcome");
    hasher.text(mode.name());
    for source in sources {
        hasher.bytes(&source.0);
    }
    Some(hasher.bytes(&serde_json::to_vec(&lasting).ok()?).finish())
}

/// Whether facts may be kept: not where the next attempt may find others in the same file.
#[must_use]
pub fn are_facts_lasting(facts: &ArchiveFacts) -> bool {
    !facts.issues.iter().any(|issue| issue.cause.is_retryable())
}

/// Whether an outcome may be kept: not where the next attempt may come to another.
#[must_use]
pub fn is_outcome_lasting(outcome: &SongOutcome) -> bool {
    outcome.maps.iter().all(|map| match &map.status {
        MapStatus::Encoded => true,
        MapStatus::Refused(refusal) => !refusal.cause.is_retryable(),
    })
}

/// Hashes parts so that no two lists of parts are alike.
struct KeyHasher(SipHasher13);

impl KeyHasher {
    fn new(what: &str) -> Self {
        let mut hasher = Self(SipHasher13::new());
        hasher.text(PROGRAM_STATE).text(what);
        hasher
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.write(&(bytes.len() as u64).to_le_bytes());
        self.0.write(bytes);
        self
    }

    fn finish(&mut self) -> CacheKey {
        CacheKey(self.0.finish128().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use carto_types::{AudioLag, EvidencePlan, PairAudio, PlannedMap};

    use super::*;

    const STAMP: FileStamp = FileStamp { size_bytes: 10, modified_ms: 20 };

    fn key(path: &str, stamp: FileStamp) -> CacheKey {
        facts_key(Mode::Osu, path, SourceKind::Archive, [("", stamp)])
    }

    #[test]
    fn a_name_changes_with_path_size_time_and_rules() {
        let same = key("a/1.osz", STAMP);
        assert_eq!(same, key("a/1.osz", STAMP));
        let others = [
            key("b/1.osz", STAMP),
            key("a/1.osz", FileStamp { size_bytes: 11, ..STAMP }),
            key("a/1.osz", FileStamp { modified_ms: 21, ..STAMP }),
            facts_key(Mode::Published, "a/1.osz", SourceKind::Archive, [("", STAMP)]),
            facts_key(Mode::Osu, "a/1.osz", SourceKind::BareMap, [("", STAMP)]),
            facts_key(Mode::Osu, "a/1.osz", SourceKind::Archive, [("x", STAMP)]),
            facts_key(Mode::Osu, "a/1.osz", SourceKind::Archive, [("", STAMP), ("", STAMP)]),
            same.with("latents", b""),
            same.with("latents", b"seed 1"),
        ];
        for (idx, other) in others.iter().enumerate() {
            assert!(*other != same && !others[..idx].contains(other), "{idx}");
        }
        assert_eq!(same.text().len(), 32);
    }

    fn song(song_idx: u32, archives: [u32; 2], creators: [&str; 2]) -> SongPlan {
        let map = |archive_idx, creator: &str| PlannedMap {
            archive_idx,
            map_idx: 0,
            label: creator.to_owned(),
            entry_idx: 1,
            audio_idx: Some(0),
            is_bare: false,
            refusal: None,
            creator: creator.to_owned(),
            mapper: 0,
            owner: None,
            star_rating: None,
            version: String::new(),
            file_name: String::new(),
        };
        let maps = vec![map(archives[0], creators[0]), map(archives[1], creators[1])];
        let (title, artist) = ("tide".to_owned(), "nobody".to_owned());
        SongPlan {
            song_idx,
            title,
            artist,
            archives: archives.to_vec(),
            maps,
            pairs: Vec::new(),
            evidence: None,
        }
    }

    #[test]
    fn places_in_lists_are_no_part_of_a_songs_name_but_its_maps_and_files_are() {
        let sources = [key("1.osz", STAMP), key("2.osz", STAMP)];
        let of = |song: &SongPlan, sources: &[CacheKey]| outcome_key(Mode::Osu, song, sources);
        let first = of(&song(0, [3, 9], ["ann", "bob"]), &sources);
        assert_eq!(first, of(&song(7, [4, 5], ["ann", "bob"]), &sources));
        assert!(first.is_some());
        assert_ne!(first, of(&song(0, [3, 9], ["ann", "cid"]), &sources));
        let with_evidence = |archives: [u32; 2]| {
            let mut song = song(0, archives, ["ann", "bob"]);
            let more = song.maps[1].clone();
            song.evidence = Some(EvidencePlan { maps: vec![more], ..EvidencePlan::default() });
            of(&song, &sources)
        };
        assert_ne!(first, with_evidence([3, 9]));
        assert_eq!(with_evidence([4, 5]), with_evidence([3, 9]));
        let heard = PairAudio { a: 0, b: 1, lag: AudioLag::Same { lag_ms: 12.5 } };
        let heard = EvidencePlan { audio: vec![heard], ..EvidencePlan::default() };
        let by_audio = |evidence| SongPlan { evidence, ..song(0, [3, 9], ["ann", "bob"]) };
        let plain = by_audio(Some(EvidencePlan::default()));
        assert_ne!(of(&plain, &sources), of(&by_audio(Some(heard)), &sources));
        let changed = [sources[0], key("2.osz", FileStamp { size_bytes: 9, ..STAMP })];
        assert_ne!(first, of(&song(0, [3, 9], ["ann", "bob"]), &changed));
        assert_eq!(of(&song(0, [3, 9], ["ann", "bob"]), &sources[..1]), None);
    }
}
