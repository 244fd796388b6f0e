//! What the recordings of a song say of the lags between its maps.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use carto_archive::{MapSource, measure};
use carto_audio::{Recording, Stretches, audio_lag};
use carto_types::{
    AudioLag, Cause, HeardSong, Issue, MAX_RECORDING_BYTES, MapRefusal, Mode, PairAudio,
    PlannedMap, PlannedPair, SongPlan, frames_ms,
};
use siphasher::sip128::SipHasher13;

use crate::loaded_map::{open_set, slot_of};
use crate::scan::{cause_of, limits};

/// Hears the recordings of the pairs of a plan that do not share an audio file, for
/// [`EvidencePlan::audio`](carto_types::EvidencePlan::audio), by which
/// [`compare_song`](crate::compare_song) aligns them.
///
/// One file is in memory at a time. Nothing is decoded where all of them are copies of one file,
/// which have no lag. Never fails: a recording that cannot be heard is named.
///
/// - `song`: with the pairs that are to be heard: all of a plan, or those of
///   [`SongPlan::pairs_to_hear`]
/// - `open`: gives the source at a place of [`SongPlan::archives`], twice for each audio file at most
pub fn hear_song<'a, S: Read + Seek>(
    song: &SongPlan,
    mode: Mode,
    open: &mut dyn FnMut(usize) -> MapSource<'a, S>,
) -> HeardSong {
    let mut heard = HeardSong::default();
    let pairs = pairs_to_hear(song, mode);
    let mut read = |map: &PlannedMap| read_audio(song, map, mode, open);

    let mut files: BTreeMap<FileKey, AudioFile<'_>> = BTreeMap::new();
    let mut unheard: BTreeMap<FileKey, Issue> = BTreeMap::new();
    for map in pairs.iter().flat_map(|pair| pair.maps) {
        let key = key_of(map);
        if files.contains_key(&key) || unheard.contains_key(&key) {
            continue;
        }
        match read(map).and_then(|bytes| AudioFile::of(map, &bytes)) {
            Ok(file) => drop(files.insert(key, file)),
            Err(refusal) => drop(unheard.insert(key, issue(map, &refusal))),
        }
    }
    heard.issues.extend(unheard.into_values());

    let mut recordings = Recordings::new(song, files.values().map(|file| file.length_ms));
    for PairToHear { a, b, maps } in pairs {
        let (Some(one), Some(other)) = (files.get(&key_of(maps[0])), files.get(&key_of(maps[1])))
        else {
            continue;
        };
        let lag = recordings.lag([one, other], &mut read, &mut heard.issues);
        heard.pairs.extend(lag.map(|lag| PairAudio { a, b, lag }));
    }
    heard
}

/// A pair of maps with audio files of their own.
struct PairToHear<'a> {
    a: u32,
    b: u32,
    maps: [&'a PlannedMap; 2],
}

fn pairs_to_hear(song: &SongPlan, mode: Mode) -> Vec<PairToHear<'_>> {
    if song.evidence.is_none() || mode == Mode::Published {
        return Vec::new();
    }
    let pair = |pair: &PlannedPair| {
        let maps = [song.map(pair.a)?, song.map(pair.b)?];
        let is_heard = maps[0].has_other_audio(maps[1]);
        is_heard.then_some(PairToHear { a: pair.a, b: pair.b, maps })
    };
    song.pairs.iter().filter_map(pair).collect()
}

/// Archive and place in it.
type FileKey = (u32, Option<u32>);

fn key_of(map: &PlannedMap) -> FileKey {
    (map.archive_idx, map.audio_idx)
}

/// Equal for files of equal bytes.
type ContentHash = [u8; 16];

/// An audio file of a song, of which no byte is kept.
struct AudioFile<'a> {
    /// A map that plays it.
    map: &'a PlannedMap,
    hash: ContentHash,
    length_ms: f64,
}

impl<'a> AudioFile<'a> {
    fn of(map: &'a PlannedMap, bytes: &[u8]) -> Result<Self, MapRefusal> {
        let length = measure(bytes, bytes.len() as u64, &limits())
            .map_err(|error| MapRefusal::new(Cause::AudioNotHeard, error.to_string()))?;
        let hash = SipHasher13::new().hash(bytes).as_bytes();
        let length_ms = frames_ms(u32::try_from(length.n_frames).unwrap_or(u32::MAX));
        Ok(Self { map, hash, length_ms })
    }
}

/// The recordings of a song, each decoded when it is needed first.
struct Recordings {
    /// Where they are heard; `None` where they are too short, which was said.
    stretches: Option<Stretches>,
    too_short: Option<Issue>,
    /// `None` for one that cannot be decoded, which was said.
    heard: BTreeMap<ContentHash, Option<Recording>>,
    lags: BTreeMap<[ContentHash; 2], Option<AudioLag>>,
}

impl Recordings {
    /// - `lengths_ms`: of all of them
    fn new(song: &SongPlan, lengths_ms: impl Iterator<Item = f64>) -> Self {
        let (stretches, too_short) = match Stretches::within(lengths_ms.fold(f64::MAX, f64::min)) {
            Ok(stretches) => (Some(stretches), None),
            Err(error) => {
                let (cause, why) = (Cause::AudioNotHeard, error.to_string());
                (None, Some(HeardSong::issue(&song.title, cause, &why)))
            }
        };
        Self { stretches, too_short, heard: BTreeMap::new(), lags: BTreeMap::new() }
    }

    /// The lag between two files; `None` where one cannot be heard.
    fn lag(
        &mut self,
        files: [&AudioFile<'_>; 2],
        read: &mut dyn FnMut(&PlannedMap) -> Result<Vec<u8>, MapRefusal>,
        issues: &mut Vec<Issue>,
    ) -> Option<AudioLag> {
        let hashes = files.map(|file| file.hash);
        if hashes[0] == hashes[1] {
            return Some(AudioLag::Same { lag_ms: 0.0 });
        }
        let Some(stretches) = &self.stretches else {
            issues.extend(self.too_short.take());
            return None;
        };
        if let Some(lag) = self.lags.get(&hashes) {
            return *lag;
        }
        for file in files {
            self.heard.entry(file.hash).or_insert_with(|| {
                let recording = read(file.map).and_then(|bytes| {
                    Recording::of(&bytes, stretches)
                        .map_err(|error| MapRefusal::new(Cause::AudioNotHeard, error.to_string()))
                });
                recording.map_err(|refusal| issues.push(issue(file.map, &refusal))).ok()
            });
        }
        let recording = |hash: &ContentHash| self.heard.get(hash)?.as_ref();
        let both = recording(&hashes[0]).zip(recording(&hashes[1]));
        let lag = both.map(|(one, other)| audio_lag(one, other));
        self.lags.insert(hashes, lag);
        lag
    }
}

fn read_audio<'a, S: Read + Seek>(
    song: &SongPlan,
    map: &PlannedMap,
    mode: Mode,
    open: &mut dyn FnMut(usize) -> MapSource<'a, S>,
) -> Result<Vec<u8>, MapRefusal> {
    let place = map.audio_idx.unwrap_or_default() as usize;
    let mut set = open_set(open(slot_of(song, map)), map, mode)?;
    set.read(place, MAX_RECORDING_BYTES as u64)
        .map_err(|error| MapRefusal::new(cause_of(&error), error.to_string()))
}

fn issue(map: &PlannedMap, refusal: &MapRefusal) -> Issue {
    HeardSong::issue(&map.label, refusal.cause.clone(), &refusal.message)
}
