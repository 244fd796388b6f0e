//! Maps on disk and in archives, read once and side by side.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use carto_archive::{Archive, ZipRules};
use carto_beatmap::limits::Limits;
use carto_dataset::Md5Sum;
use carto_features::{BeatmapFeatures, FeatureError, Mods, read_rated};
use carto_types::SourceKind;
use rayon::prelude::*;

use crate::inputs::Input;
use crate::place::Place;
use crate::terminal;

/// A map that was read.
pub(super) struct MapFile {
    /// Its path below the folder that was named.
    pub(super) name: String,
    pub(super) place: MapPlace,
    pub(super) md5: Md5Sum,
    /// MD5 of the map with CRLF line ends, which the site's copy has.
    pub(super) md5_with_crlf: Md5Sum,
    /// Features of the map, or why there are none.
    pub(super) computed: Result<Computed, String>,
}

/// What one map gave.
pub(super) enum Computed {
    /// - `unrated`: why it has no star rating and no longest combo
    Features { features: Box<BeatmapFeatures>, unrated: Option<String> },
    /// It is of osu!taiko, osu!catch or osu!mania.
    OtherGame,
}

/// Features with star rating and max combo, where the map can be rated. A fault in
/// this program is an error like another.
fn compute(bytes: &[u8]) -> Result<Computed, String> {
    match read_rated(bytes, [Mods::None], &Limits::default()) {
        Ok([rated]) => Ok(Computed::Features {
            features: Box::new(rated.features),
            unrated: rated.unrated.map(|error| error.to_string()),
        }),
        Err(FeatureError::OtherMode { .. }) => Ok(Computed::OtherGame),
        Err(error) => Err(error.to_string()),
    }
}

/// Where the bytes of a map lie.
#[derive(Debug, Clone)]
pub(super) struct MapPlace {
    source: Place,
    /// Index of the map's entry where the source is an archive.
    entry: Option<usize>,
}

impl MapPlace {
    pub(super) fn file(path: PathBuf) -> Self {
        Self { source: Place::file(path), entry: None }
    }

    /// Reads the map once more; `None` where it is no longer there.
    pub(super) fn read(&self) -> Option<Vec<u8>> {
        let file = self.source.open().ok()?;
        let Some(entry) = self.entry else { return read_map(file).ok() };
        let limits = carto_archive::Limits::default();
        let mut archive = Archive::open(file, "", ZipRules::Osu, &limits).ok()?;
        archive.read_entry(entry, limits.max_osu_bytes).ok()
    }
}

impl MapFile {
    pub(super) fn new(name: String, place: MapPlace, bytes: &[u8]) -> Self {
        let computed = compute(bytes);
        let (md5, md5_with_crlf) = (Md5Sum::of(bytes), Md5Sum::with_crlf(bytes));
        Self { name, place, md5, md5_with_crlf, computed }
    }

    /// The features of a map that could be read.
    pub(super) fn features(&self) -> Option<&BeatmapFeatures> {
        match &self.computed {
            Ok(Computed::Features { features, .. }) => Some(features),
            _ => None,
        }
    }
}

/// Reads a map that is no entry of an archive. Of a file above the limit, one byte more
/// than that is read, so that the map's reader refuses it.
pub(super) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    read_map(File::open(path)?)
}

fn read_map(file: impl Read) -> io::Result<Vec<u8>> {
    let limit = Limits::default().max_bytes as u64 + 1;
    let mut bytes = Vec::new();
    file.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The warning about a file that cannot be read.
pub(super) fn cannot_be_read(name: &str, error: &io::Error) -> String {
    format!("{name}: the file cannot be read: {error}")
}

/// What one file gave, and what is wrong with it.
#[derive(Default)]
pub(super) struct Found {
    pub(super) maps: Vec<MapFile>,
    pub(super) warnings: Vec<String>,
}

/// Reads all maps and computes the features of those that are wanted, in the order of the
/// files.
///
/// - `is_wanted`: whether a map with this MD5 is, as the file has it or with CRLF
pub(super) fn read_all(inputs: &[Input], is_wanted: impl Fn(Md5Sum) -> bool + Sync) -> Found {
    let bar = terminal::progress_bar("maps", inputs.len());
    let is_wanted =
        |bytes: &[u8]| is_wanted(Md5Sum::of(bytes)) || is_wanted(Md5Sum::with_crlf(bytes));
    let read = |input: &Input| {
        let mut found = Found::default();
        match input.files.kind {
            SourceKind::Archive => found.add_archive(input, &is_wanted),
            SourceKind::BareMap | SourceKind::Folder => {
                for (name, place) in input.map_files() {
                    found.add_file(name, place, &is_wanted);
                }
            }
        }
        bar.inc(1);
        found
    };
    let all: Vec<Found> = inputs.par_iter().map(read).collect();
    bar.finish_and_clear();
    all.into_iter().fold(Found::default(), |mut all, mut found| {
        all.maps.append(&mut found.maps);
        all.warnings.append(&mut found.warnings);
        all
    })
}

impl Found {
    /// Adds a map that is no entry of an archive.
    fn add_file(&mut self, name: String, place: &Place, is_wanted: &impl Fn(&[u8]) -> bool) {
        match place.open().and_then(read_map) {
            Ok(bytes) if is_wanted(&bytes) => {
                let place = MapPlace { source: place.clone(), entry: None };
                self.maps.push(MapFile::new(name, place, &bytes));
            }
            Ok(_) => {}
            Err(error) => self.warnings.push(cannot_be_read(&name, &error)),
        }
    }

    fn add_archive(&mut self, input: &Input, is_wanted: &impl Fn(&[u8]) -> bool) {
        let Some(source) = input.place() else { return };
        let limits = carto_archive::Limits::default();
        let opened =
            source.open().map_err(|error| cannot_be_read(&input.name, &error)).and_then(|file| {
                Archive::open(file, &input.name, ZipRules::Osu, &limits)
                    .map_err(|error| error.to_string())
            });
        let mut archive = match opened {
            Ok(archive) => archive,
            Err(message) => return self.warnings.push(message),
        };
        for (name, index) in archive.maps() {
            match archive.read_entry(index, limits.max_osu_bytes) {
                Ok(bytes) if is_wanted(&bytes) => {
                    let place = MapPlace { source: source.clone(), entry: Some(index) };
                    self.maps.push(MapFile::new(format!("{}/{name}", input.name), place, &bytes));
                }
                Ok(_) => {}
                Err(error) => self.warnings.push(error.to_string()),
            }
        }
    }
}
