//! A set by the rules of the published pipeline.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use carto_archive::{SetFiles, extracted_path, is_resource_fork, published_accepts_name};
use carto_beatmap::limits::Limits;
use carto_beatmap::osu;
use carto_beatmap::published::{self, Registration};
use carto_types::{ArchiveFacts, Cause, Issue, MapFacts, MapRefusal, RegistryFields};

use super::common::{add_maps, cause_of, limits, no_map, signal_refusal};

/// Fills in the facts of a set.
///
/// The set's names come from the first `.osu` in the order of the archive,
/// whatever its mode or folder (quirk 2); registered are the `.osu` files at
/// the top level after extraction, by name (quirks 9 to 11). A folder is what extraction
/// left; its order is that of names.
pub(crate) fn set<S: Read + Seek>(set: &mut SetFiles<'_, S>, facts: &mut ArchiveFacts) {
    let extracted = Extracted::of(&set.names());
    let Some(first_idx) = extracted.first_map else {
        match maps_not_seen(set, &extracted, &facts.name) {
            Some(issue) => facts.issues.push(issue),
            None => no_map(facts),
        }
        return;
    };
    match set.read(first_idx, limits().max_osu_bytes) {
        Ok(bytes) => facts.head = published::read_head(&bytes),
        Err(error) => {
            let cause = cause_of(&error);
            facts.issues.push(Issue::skipped(&*facts.name, cause, error.to_string()));
            return;
        }
    }
    if facts.head.is_none() {
        let first = set.names().get(first_idx).copied().unwrap_or_default();
        let first = match is_resource_fork(first) {
            true => format!("its first .osu file, {first}, is none, but what macOS adds to one"),
            false => "its first .osu file has no Title, Artist or Creator line".to_owned(),
        };
        let message = format!(
            "{first}, so the published rules drop the whole set; the rules of osu! may read it"
        );
        facts.issues.push(Issue::skipped(&*facts.name, Cause::NoHead, message));
    }
    facts.issues.extend(maps_not_seen(set, &extracted, &facts.name));
    add_maps(set, extracted.maps(), facts, |bytes, path, entry_idx| {
        let mut map = map(bytes, path, entry_idx);
        find_audio(&mut map, &extracted);
        map
    });
}

/// Says of maps which the rules of osu! read that the published ones do not see them.
fn maps_not_seen<S: Read + Seek>(
    set: &SetFiles<'_, S>,
    extracted: &Extracted,
    name: &str,
) -> Option<Issue> {
    let n_seen = extracted.maps().filter(|(path, _)| !is_resource_fork(path)).count();
    let n_hidden = set.maps().len().checked_sub(n_seen).filter(|&n_hidden| n_hidden > 0)?;
    let maps = if n_seen == 0 { "all".to_owned() } else { n_hidden.to_string() };
    let message = format!(
        "{maps} of its .osu files lie in a folder or end in capitals, where the published rules \
         do not look; the rules of osu! read them"
    );
    Some(match n_seen {
        0 => Issue::skipped(name, Cause::MapsNotSeen, message),
        _ => Issue::warning(name, Cause::MapsNotSeen, message),
    })
}

/// Fills in the facts of a single `.osu`, which stands for a set of its own.
pub(crate) fn bare_map(bytes: &[u8], facts: &mut ArchiveFacts) {
    facts.head = published::read_head(bytes);
    if facts.head.is_none() {
        let message = "it has no Title, Artist or Creator line";
        facts.issues.push(Issue::skipped(&*facts.name, Cause::NoHead, message));
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
    fn of(names: &[&str]) -> Self {
        let mut extracted = Self { files: BTreeMap::new(), first_map: None };
        for (idx, name) in names.iter().enumerate() {
            let is_map = name.ends_with(".osu");
            if is_map && extracted.first_map.is_none() {
                // By name, so of two entries with one name the later is read.
                extracted.first_map = names.iter().rposition(|other| other == name);
            }
            if is_map || published_accepts_name(name) {
                extracted.files.insert(extracted_path(name), idx);
            }
        }
        extracted
    }

    /// `.osu` files at the top level, by name.
    fn maps(&self) -> impl Iterator<Item = (&str, usize)> {
        let files = self.files.iter().map(|(path, &entry_idx)| (&**path, entry_idx));
        files.filter(|(path, _)| path.ends_with(".osu") && !path.contains('/'))
    }
}

fn map(bytes: &[u8], path: &str, entry_idx: usize) -> MapFacts {
    let mut facts =
        MapFacts { path: path.to_owned(), entry_idx: entry_idx as u32, ..MapFacts::default() };
    match registered(bytes) {
        Ok(fields) => facts.fields = Some(fields),
        Err(refusal) => {
            facts.refusal = Some(refusal);
            return facts;
        }
    }
    let limits = Limits::default();
    let reading = published::read(bytes, &limits);
    facts.differences = osu::differences(&reading, &osu::read(bytes, &limits));
    facts.refusal = match &reading {
        Err(refusal) => Some(MapRefusal::new(refusal.cause(), refusal.to_string())),
        Ok(beatmap) => signal_refusal(beatmap),
    };
    facts
}

/// The registry's row of a map.
///
/// # Errors
///
/// For a map of another game, and one that does not say of which.
pub(crate) fn registered(bytes: &[u8]) -> Result<RegistryFields, MapRefusal> {
    match published::read_fields(bytes)? {
        Registration::Standard(fields) => Ok(fields),
        Registration::OtherMode(mode) => Err(MapRefusal::new(
            Cause::OtherMode,
            format!("it is a map of game mode {mode}, not of osu!standard"),
        )),
        Registration::NoMode => Err(MapRefusal::new(
            Cause::MissingMode,
            "it has no Mode line, and the published rules take only maps that say \
             Mode: 0; the rules of osu! read it",
        )),
    }
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
        map.refusal = Some(MapRefusal::new(
            Cause::AudioInFolder,
            format!(
                "its audio lies in a folder ({name}), where the published reader does not look"
            ),
        ));
    }
}
