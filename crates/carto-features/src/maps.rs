//! The maps of a file, with all that the view of beatmaps and the command say of them.

use std::io::{self, Read, Seek};

use carto_archive::{ArchiveError, MapSource, ZipRules};
use carto_beatmap::limits::Limits;
use carto_types::{Cause, Issue, MapTexts, MapsRead, Mods, ReadMap, SourceKind};

use super::error::FeatureError;
use super::features_csv::id_in_name;
use super::md5::Md5Sum;
use super::rated::{RatedFeatures, read_rated};

/// Reads all osu!standard maps of an archive, an extracted set or a single file. It never
/// fails: what cannot be read becomes an issue that names it.
///
/// - `name`: path below what was dropped or named, with `/` between folders; empty for a
///   set that was named itself
/// - `mods`: how maps are played; `[n_mods]` numbers of each map, in that order
pub fn read_maps<S: Read + Seek, const N: usize>(
    source: MapSource<'_, S>,
    name: &str,
    mods: [Mods; N],
) -> MapsRead {
    let mut found = MapsRead::default();
    match source.kind() {
        SourceKind::BareMap => {
            let bytes = source.open_map().and_then(read_bare);
            let bytes = bytes.map_err(|error| unreadable(name, &error));
            add(&mut found, name.to_owned(), bytes, mods);
        }
        SourceKind::Archive | SourceKind::Folder => add_set(&mut found, source, name, mods),
    }
    found
}

/// Of a map that is no entry of an archive.
fn read_bare(source: impl Read) -> io::Result<Vec<u8>> {
    // A byte more than is read, so that what is too large is told by its reader.
    let limit = Limits::default().max_bytes as u64 + 1;
    let mut bytes = Vec::new();
    source.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn add_set<S: Read + Seek, const N: usize>(
    found: &mut MapsRead,
    source: MapSource<'_, S>,
    name: &str,
    mods: [Mods; N],
) {
    let limits = carto_archive::Limits::default();
    let mut set = match source.open_set(name, ZipRules::Osu, &limits) {
        Ok(Ok(set)) => set,
        Ok(Err(error)) => {
            let message = error.to_string();
            return found.issues.push(Issue::skipped(name, Cause::UnreadableArchive, message));
        }
        Err(error) => return found.issues.push(unreadable(name, &error)),
    };
    let maps = set.maps();
    if maps.is_empty() {
        let message = "there is no .osu file in it".to_owned();
        found.issues.push(Issue::skipped(name, Cause::NoMap, message));
    }
    for (entry, index) in maps {
        let path = if name.is_empty() { entry } else { format!("{name}/{entry}") };
        let bytes = set.read(index, limits.max_osu_bytes).map_err(|error| match &error {
            ArchiveError::File { error, .. } => unreadable(&path, error),
            ArchiveError::Entry { fault, .. } => {
                Issue::skipped(&*path, Cause::UnreadableEntry, fault.to_string())
            }
            error => Issue::skipped(&*path, Cause::UnreadableEntry, error.to_string()),
        });
        add(found, path, bytes, mods);
    }
}

/// - `bytes`: of the map, or why there are none
fn add<const N: usize>(
    found: &mut MapsRead,
    path: String,
    bytes: Result<Vec<u8>, Issue>,
    mods: [Mods; N],
) {
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(issue) => {
            found.issues.push(issue);
            return found.maps.push(no_map(path, Vec::new()));
        }
    };
    match read_rated(&bytes, mods, &Limits::default()) {
        Err(FeatureError::OtherMode { .. }) => found.n_other_games += 1,
        Ok(played) => {
            if let Some(why) = played.iter().find_map(|played| played.unrated.as_ref()) {
                let message =
                    format!("no star rating and no longest combo, all else is there: {why}");
                found.issues.push(Issue::warning(&*path, Cause::NoRating, message));
            }
            found.maps.push(map(path, sums(&bytes), &played));
        }
        Err(error) => {
            found.issues.push(Issue::skipped(&*path, Cause::UnreadableMap, error.to_string()));
            found.maps.push(no_map(path, sums(&bytes)));
        }
    }
}

fn map(path: String, md5: Vec<String>, played: &[RatedFeatures]) -> ReadMap {
    let texts = |of: &RatedFeatures| {
        let texts = of.features.texts.clone();
        MapTexts { id: texts.id.or_else(|| id_in_name(&path)), ..texts }
    };
    let facts = played.first().map(texts);
    let numbers = played.iter().map(|played| played.features.values().to_vec()).collect();
    let overlap_share = played.first().map_or(0.0, |played| played.overlap_share);
    ReadMap { path, facts, md5, numbers, overlap_share }
}

fn no_map(path: String, md5: Vec<String>) -> ReadMap {
    ReadMap { path, facts: None, md5, numbers: Vec::new(), overlap_share: 0.0 }
}

/// The names by which collections know a map: of its bytes, and of its bytes with
/// Windows' line ends where they differ.
fn sums(bytes: &[u8]) -> Vec<String> {
    let (sum, with_crlf) = (Md5Sum::of(bytes), Md5Sum::with_crlf(bytes));
    let mut sums = vec![sum.to_string()];
    if with_crlf != sum {
        sums.push(with_crlf.to_string());
    }
    sums
}

fn unreadable(name: &str, error: &io::Error) -> Issue {
    Issue::skipped(name, Cause::UnreadableFile, format!("the file cannot be read: {error}"))
}

#[cfg(test)]
#[path = "maps_tests.rs"]
mod tests;
