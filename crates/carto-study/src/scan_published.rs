//! An archive by the rules of the published pipeline.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use carto_archive::{Archive, published_accepts_name};
use carto_beatmap::limits::Limits;
use carto_beatmap::published::{self, Registration};
use carto_beatmap::signal::{self, FrameClock};
use carto_beatmap::tolerant;
use carto_types::{ArchiveFacts, MapFacts, MapRefusal, RegistryFields, SetHead};

use crate::{issues, scan};

/// Maps of other modes are a matter of course and no issue.
pub(crate) const OTHER_MODE: &str = "other-mode";

/// How long after its last object a map without audio goes on, ms: as long as
/// the signal remembers an event.
pub(crate) const TAIL_MS: f64 = 2048.0;

/// Fills in the facts of an archive.
///
/// The set's names come from the first `.osu` in the order of the archive,
/// whatever its mode or folder (quirk 2); registered are the `.osu` files at
/// the top level after extraction, by name (quirks 9 to 11).
pub(crate) fn archive<S: Read + Seek>(archive: &mut Archive<S>, facts: &mut ArchiveFacts) {
    let extracted = Extracted::of(archive);
    let Some(first_idx) = extracted.first_map else {
        let message = "there is no .osu file in this archive: is it a beatmap set?";
        facts.issues.push(issues::skipped(&facts.name, "no-map", message));
        return;
    };
    match archive.read_entry(first_idx, scan::limits().max_osu_bytes) {
        Ok(bytes) => facts.head = published::read_head(&bytes).map(wire_head),
        Err(error) => {
            facts.issues.push(issues::skipped(&facts.name, "unreadable-map", error.to_string()));
            return;
        }
    }
    if facts.head.is_none() {
        let message = "its first .osu file has no Title, Artist or Creator line, so the \
                       published rules drop the whole set; the tolerant mode may read it";
        facts.issues.push(issues::skipped(&facts.name, "no-head", message));
    }
    for (path, &entry_idx) in extracted.maps() {
        match archive.read_entry(entry_idx, scan::limits().max_osu_bytes) {
            Ok(bytes) => {
                let mut map = map(&bytes, path, entry_idx);
                find_audio(&mut map, &extracted);
                facts.maps.push(map);
            }
            Err(error) => {
                let subject = format!("{}, {path}", facts.name);
                facts.issues.push(issues::skipped(&subject, "unreadable-map", error.to_string()));
            }
        }
    }
}

/// Fills in the facts of a single `.osu`, which stands for a set of its own.
pub(crate) fn bare_map(bytes: &[u8], facts: &mut ArchiveFacts) {
    facts.head = published::read_head(bytes).map(wire_head);
    if facts.head.is_none() {
        let message = "it has no Title, Artist or Creator line";
        facts.issues.push(issues::skipped(&facts.name, "no-head", message));
    }
    let name = facts.name.clone();
    facts.maps.push(map(bytes, &name, 0));
}

/// What extraction would leave on disk.
struct Extracted {
    /// Entry by path; a later entry overwrites an earlier one.
    files: BTreeMap<String, usize>,
    first_map: Option<usize>,
}

impl Extracted {
    fn of<S: Read + Seek>(archive: &Archive<S>) -> Self {
        let mut extracted = Self { files: BTreeMap::new(), first_map: None };
        for entry in archive.entries() {
            let is_map = entry.name.ends_with(".osu");
            if is_map && extracted.first_map.is_none() {
                // By name, so of two entries with one name the later is read.
                extracted.first_map = archive.last_named(&entry.name).map(|entry| entry.index);
            }
            if is_map || published_accepts_name(&entry.name) {
                extracted.files.insert(entry.extracted_path(), entry.index);
            }
        }
        extracted
    }

    /// `.osu` files at the top level, by name.
    fn maps(&self) -> impl Iterator<Item = (&String, &usize)> {
        self.files.iter().filter(|(path, _)| path.ends_with(".osu") && !path.contains('/'))
    }
}

fn map(bytes: &[u8], path: &str, entry_idx: usize) -> MapFacts {
    let mut facts = MapFacts {
        path: path.to_owned(),
        entry_idx: entry_idx as u32,
        fields: None,
        audio_idx: None,
        refusal: None,
        differences: Vec::new(),
    };
    match published::read_fields(bytes) {
        Ok(Registration::Standard(fields)) => facts.fields = Some(wire_fields(fields)),
        Ok(Registration::OtherMode(mode)) => {
            facts.refusal = Some(MapRefusal {
                cause: OTHER_MODE.to_owned(),
                message: format!("it is a map of game mode {mode}, not of osu!standard"),
            });
            return facts;
        }
        Ok(Registration::NoMode) => {
            facts.refusal = Some(MapRefusal {
                cause: "missing-mode".to_owned(),
                message: "it has no Mode line, and the published rules take only maps that say \
                          Mode: 0; the tolerant mode reads it"
                    .to_owned(),
            });
            return facts;
        }
        Err(refusal) => {
            facts.refusal = Some(wire_refusal(refusal));
            return facts;
        }
    }
    let limits = Limits::default();
    let reading = published::read(bytes, &limits);
    facts.differences = tolerant::differences(&reading, &tolerant::read(bytes, &limits));
    facts.refusal = match &reading {
        Err(refusal) => {
            Some(MapRefusal { cause: refusal.cause().to_owned(), message: refusal.to_string() })
        }
        // What has no signal on a grid that reaches past its end has none on any.
        Ok(beatmap) => {
            let n_frames = FrameClock::OSU_DREAMER.frames_until_ms(beatmap.end_ms() + TAIL_MS);
            signal::check(beatmap, n_frames as usize).err().map(|error| MapRefusal {
                cause: error.cause().to_owned(),
                message: error.to_string(),
            })
        }
    };
    facts
}

/// The audio under its literal name (quirk 16). One in a folder is measured
/// and counts for the song's length, but its map is refused.
fn find_audio(map: &mut MapFacts, extracted: &Extracted) {
    let Some(name) = map.fields.as_ref().and_then(|fields| fields.audio_file_name.as_deref())
    else {
        return;
    };
    let path = name.strip_prefix("./").unwrap_or(name);
    map.audio_idx = extracted.files.get(path).map(|&entry_idx| entry_idx as u32);
    if map.audio_idx.is_some() && path.contains('/') {
        map.refusal = Some(MapRefusal {
            cause: "audio-in-folder".to_owned(),
            message: format!(
                "its audio lies in a folder ({name}), where the published reader does not look"
            ),
        });
    }
}

pub(crate) fn wire_head(head: carto_types::SetHead) -> SetHead {
    let carto_types::SetHead { title, artist, creator } = head;
    SetHead { title, artist, creator }
}

pub(crate) fn wire_refusal(refusal: carto_types::MapRefusal) -> MapRefusal {
    let carto_types::MapRefusal { cause, message } = refusal;
    MapRefusal { cause, message }
}

pub(crate) fn wire_fields(fields: carto_types::RegistryFields) -> RegistryFields {
    RegistryFields {
        title: fields.title,
        artist: fields.artist,
        creator: fields.creator,
        version: fields.version,
        beatmap_id: fields.beatmap_id,
        circle_size: fields.circle_size,
        approach_rate: fields.approach_rate,
        overall_difficulty: fields.overall_difficulty,
        hp_drain_rate: fields.hp_drain_rate,
        audio_file_name: fields.audio_file_name,
    }
}
