//! Maps of a file, with all that the view and the command say of them.

use std::io::{self, Read, Seek};

use carto_archive::{Archive, ArchiveError};
use carto_beatmap::limits::Limits;
use carto_dataset::Md5Sum;
use carto_features::{FeatureError, Mods, RatedFeatures, read_rated};
use carto_types::{Issue, Severity, SourceKind};

use crate::features_csv::id_in_name;
use crate::{MapTexts, ReadMap};

/// How the view reads maps: the order of [`ReadMap::numbers`] there.
pub const PLAYED_AS: [Mods; 3] = [Mods::None, Mods::DoubleTime, Mods::HardRock];

/// What a file gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MapsRead {
    /// Of an archive by name; of two entries with one name the later. A map that
    /// cannot be read keeps its place.
    pub maps: Vec<ReadMap>,
    /// What could not be read, and what a map lacks.
    pub issues: Vec<Issue>,
    /// Maps of osu!taiko, osu!catch and osu!mania, which are left out.
    pub n_other_games: u32,
}

/// Reads all osu!standard maps of a file. It never fails: what cannot be read
/// becomes an issue that names it.
///
/// - `source`: the file, or why it cannot be opened
/// - `name`: path below what was dropped or named, with `/` between folders
/// - `mods`: how maps are played; `[n_mods]` numbers of each map, in that order
pub fn read_maps<S: Read + Seek, const N: usize>(
    source: io::Result<S>,
    name: &str,
    kind: SourceKind,
    mods: [Mods; N],
) -> MapsRead {
    let mut found = MapsRead::default();
    match kind {
        SourceKind::BareMap => {
            let bytes = source.and_then(read_bare).map_err(|error| unreadable(name, &error));
            found.add(name.to_owned(), bytes, mods);
        }
        SourceKind::Archive => match source {
            Ok(source) => found.add_archive(source, name, mods),
            Err(error) => found.issues.push(unreadable(name, &error)),
        },
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

impl MapsRead {
    fn add_archive<const N: usize>(
        &mut self,
        source: impl Read + Seek,
        name: &str,
        mods: [Mods; N],
    ) {
        let limits = carto_archive::Limits::default();
        let mut archive = match Archive::open(source, name, &limits) {
            Ok(archive) => archive,
            Err(error) => {
                let message = error.to_string();
                return self.issues.push(skipped(name, "unreadable-archive", message));
            }
        };
        let maps = archive.maps();
        if maps.is_empty() {
            let message = "there is no .osu file in it".to_owned();
            self.issues.push(skipped(name, "no-map", message));
        }
        for (entry, index) in maps {
            let path = format!("{name}/{entry}");
            let bytes = archive.read_entry(index, limits.max_osu_bytes).map_err(|error| {
                let message = match &error {
                    ArchiveError::Entry { fault, .. } => fault.to_string(),
                    error => error.to_string(),
                };
                skipped(&path, "unreadable-entry", message)
            });
            self.add(path, bytes, mods);
        }
    }

    /// - `bytes`: of the map, or why there are none
    fn add<const N: usize>(
        &mut self,
        path: String,
        bytes: Result<Vec<u8>, Issue>,
        mods: [Mods; N],
    ) {
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(issue) => {
                self.issues.push(issue);
                return self.maps.push(no_map(path, Vec::new()));
            }
        };
        match read_rated(&bytes, mods, &Limits::default()) {
            Err(FeatureError::OtherMode { .. }) => self.n_other_games += 1,
            Ok(played) => {
                if let Some(why) = played.iter().find_map(|played| played.unrated.as_ref()) {
                    let message = format!("no star rating and no max combo: {why}");
                    self.issues.push(issue(Severity::Warning, &path, "no-rating", message));
                }
                self.maps.push(map(path, sums(&bytes), &played));
            }
            Err(error) => {
                self.issues.push(skipped(&path, "unreadable-map", error.to_string()));
                self.maps.push(no_map(path, sums(&bytes)));
            }
        }
    }
}

fn map(path: String, md5: Vec<String>, played: &[RatedFeatures]) -> ReadMap {
    let texts = |of: &RatedFeatures| {
        let metadata = of.features.metadata.clone();
        MapTexts {
            id: metadata.beatmap_id.or_else(|| id_in_name(&path)),
            title: metadata.title,
            artist: metadata.artist,
            creator: metadata.creator,
            version: metadata.version,
        }
    };
    let facts = played.first().map(texts);
    let numbers = played.iter().map(|played| played.features.values().to_vec()).collect();
    ReadMap { path, facts, md5, numbers }
}

fn no_map(path: String, md5: Vec<String>) -> ReadMap {
    ReadMap { path, facts: None, md5, numbers: Vec::new() }
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
    skipped(name, "unreadable-file", format!("the file cannot be read: {error}"))
}

fn skipped(subject: &str, cause: &str, message: String) -> Issue {
    issue(Severity::Skipped, subject, cause, message)
}

fn issue(severity: Severity, subject: &str, cause: &str, message: String) -> Issue {
    Issue { severity, subject: subject.to_owned(), cause: cause.to_owned(), message }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
