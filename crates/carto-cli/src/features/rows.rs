//! Rows of the table, read from maps and archives.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use carto_archive::Archive;
use carto_core::features::{self, BeatmapFeatures, FeatureError, Mods};
use carto_core::limits::Limits;
use carto_protocol::SourceKind;
use rayon::prelude::*;

use crate::analyze::fault;
use crate::inputs::Input;
use crate::progress;

/// One map of the table.
#[derive(Debug)]
pub(super) struct MapRow {
    /// The file's name below the folder that was named, archive first.
    pub(super) path: String,
    /// `None` where the map cannot be read.
    pub(super) features: Option<BeatmapFeatures>,
}

/// What one file gave.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) rows: Vec<MapRow>,
    /// What is wrong with what.
    pub(super) warnings: Vec<String>,
    /// Maps of osu!taiko, osu!catch and osu!mania, which have no row.
    pub(super) n_other_games: usize,
}

/// A fault in one map is told in its warning, not as a trace.
pub(crate) fn silence_traces() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// Reads all files side by side; what they give stands in their order.
pub(super) fn read_all(inputs: &[Input], mods: Mods) -> Vec<Found> {
    silence_traces();
    let bar = progress::bar("features", inputs.len());
    let read = |input: &Input| {
        let mut found = Found::default();
        match input.kind {
            SourceKind::BareMap => {
                let bytes =
                    read_file(&input.path).map_err(|error| cannot_be_read(&input.name, &error));
                found.add(input.name.clone(), bytes, mods);
            }
            SourceKind::Archive => found.add_archive(input, mods),
        }
        bar.inc(1);
        found
    };
    let found = inputs.par_iter().map(read).collect();
    bar.finish_and_clear();
    found
}

/// Of a map that is no entry of an archive.
pub(crate) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    // A byte more than is read, so that what is too large is told by its reader.
    let limit = Limits::default().max_bytes as u64 + 1;
    let mut bytes = Vec::new();
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub(crate) fn cannot_be_read(name: &str, error: &io::Error) -> String {
    format!("{name}: the file cannot be read: {error}")
}

/// A `.osu`, and not what macOS writes beside one of the same name.
pub(crate) fn is_map(entry: &str) -> bool {
    let file = entry.rsplit('/').next().unwrap_or(entry);
    file.to_ascii_lowercase().ends_with(".osu") && !file.starts_with("._")
}

impl Found {
    fn add_archive(&mut self, input: &Input, mods: Mods) {
        let limits = carto_archive::Limits::default();
        let opened =
            File::open(&input.path).map_err(|error| cannot_be_read(&input.name, &error)).and_then(
                |file| Archive::open(file, &input.name, &limits).map_err(|error| error.to_string()),
            );
        let mut archive = match opened {
            Ok(archive) => archive,
            Err(message) => return self.warnings.push(message),
        };
        // By name, and of two entries with one name the later.
        let maps: BTreeMap<String, usize> = archive
            .entries()
            .iter()
            .filter(|entry| is_map(&entry.name))
            .map(|entry| (entry.name.clone(), entry.index))
            .collect();
        if maps.is_empty() {
            self.warnings.push(format!("{}: there is no .osu file in it", input.name));
        }
        for (name, index) in maps {
            let bytes = archive.read_entry(index, limits.max_osu_bytes);
            let bytes = bytes.map_err(|error| error.to_string());
            self.add(format!("{}/{name}", input.name), bytes, mods);
        }
    }

    /// - `bytes`: of the map, or why there are none, with its name
    fn add(&mut self, path: String, bytes: Result<Vec<u8>, String>, mods: Mods) {
        let computed = bytes.and_then(|bytes| {
            compute_safely(&bytes, mods).map_err(|message| format!("{path}: {message}"))
        });
        match computed {
            Ok(Computed::OtherGame) => self.n_other_games += 1,
            Ok(Computed::Features { features, unrated }) => {
                let warning = |why| format!("{path}: no star rating and no max combo: {why}");
                self.warnings.extend(unrated.map(warning));
                self.rows.push(MapRow { path, features: Some(*features) });
            }
            Err(message) => {
                self.warnings.push(message);
                self.rows.push(MapRow { path, features: None });
            }
        }
    }
}

/// What one map gave.
pub(crate) enum Computed {
    /// - `unrated`: why it has no star rating and no longest combo
    Features { features: Box<BeatmapFeatures>, unrated: Option<String> },
    /// It is of osu!taiko, osu!catch or osu!mania.
    OtherGame,
}

/// As [`compute`]; a fault in this program is an error like another.
pub(crate) fn compute_safely(bytes: &[u8], mods: Mods) -> Result<Computed, String> {
    catch_unwind(AssertUnwindSafe(|| compute(bytes, mods)))
        .unwrap_or_else(|panic| Err(fault(&*panic)))
}

/// Features with star rating and max combo, where the map can be rated.
fn compute(bytes: &[u8], mods: Mods) -> Result<Computed, String> {
    let limits = Limits::default();
    let features = match features::read(bytes, &limits) {
        Ok(features) => features,
        Err(FeatureError::OtherMode { .. }) => return Ok(Computed::OtherGame),
        Err(error) => return Err(error.to_string()),
    };
    let mut features = Box::new(features.with_mods(mods));
    let rated = catch_unwind(|| features::rate(bytes, mods, &limits));
    let unrated = match rated {
        Ok(Ok(rating)) => {
            features.map.star_rating = Some(rating.star_rating);
            features.map.max_combo = Some(rating.max_combo);
            None
        }
        Ok(Err(error)) => Some(error.to_string()),
        Err(panic) => Some(fault(&*panic)),
    };
    Ok(Computed::Features { features, unrated })
}
