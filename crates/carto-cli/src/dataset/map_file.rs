//! Maps on disk and in archives, read once and side by side.

use std::fs::File;
use std::path::PathBuf;

use carto_archive::Archive;
use carto_dataset::Md5Sum;
use carto_features::Mods;
use carto_types::SourceKind;
use rayon::prelude::*;

use crate::features::{Computed, cannot_be_read, compute_safely, read_file};
use crate::inputs::Input;
use crate::progress;

/// A map that was read.
pub(super) struct MapFile {
    /// Its path as a person knows it.
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) md5: Md5Sum,
    /// The same for line ends as the site has them.
    pub(super) md5_with_crlf: Md5Sum,
    /// Its features, or why there are none.
    pub(super) computed: Result<Computed, String>,
}

/// Where the bytes of a map lie.
#[derive(Debug, Clone)]
pub(super) struct Place {
    path: PathBuf,
    /// Which one, in an archive.
    entry: Option<usize>,
}

impl Place {
    pub(super) fn file(path: PathBuf) -> Self {
        Self { path, entry: None }
    }

    /// The bytes once more; `None` where they are no longer there.
    pub(super) fn read(&self) -> Option<Vec<u8>> {
        let Some(entry) = self.entry else { return read_file(&self.path).ok() };
        let limits = carto_archive::Limits::default();
        let file = File::open(&self.path).ok()?;
        let mut archive = Archive::open(file, "", &limits).ok()?;
        archive.read_entry(entry, limits.max_osu_bytes).ok()
    }
}

impl MapFile {
    pub(super) fn new(name: String, place: Place, bytes: &[u8]) -> Self {
        let computed = compute_safely(bytes, Mods::None);
        let (md5, md5_with_crlf) = (Md5Sum::of(bytes), Md5Sum::with_crlf(bytes));
        Self { name, place, md5, md5_with_crlf, computed }
    }
}

/// What one file gave, and what is wrong with it.
#[derive(Default)]
pub(super) struct Found {
    pub(super) maps: Vec<MapFile>,
    pub(super) warnings: Vec<String>,
}

/// Reads all maps and computes the features of those that are wanted; what they
/// give stands in their order.
///
/// - `is_wanted`: by either sum
pub(super) fn read_all(inputs: &[Input], is_wanted: impl Fn(Md5Sum) -> bool + Sync) -> Found {
    let bar = progress::bar("maps", inputs.len());
    let is_wanted =
        |bytes: &[u8]| is_wanted(Md5Sum::of(bytes)) || is_wanted(Md5Sum::with_crlf(bytes));
    let read = |input: &Input| {
        let mut found = Found::default();
        match input.kind {
            SourceKind::BareMap => match read_file(&input.path) {
                Ok(bytes) if is_wanted(&bytes) => {
                    let place = Place::file(input.path.clone());
                    found.maps.push(MapFile::new(input.name.clone(), place, &bytes));
                }
                Ok(_) => {}
                Err(error) => found.warnings.push(cannot_be_read(&input.name, &error)),
            },
            SourceKind::Archive => found.add_archive(input, &is_wanted),
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
    fn add_archive(&mut self, input: &Input, is_wanted: &impl Fn(&[u8]) -> bool) {
        let limits = carto_archive::Limits::default();
        let opened =
            File::open(&input.path).map_err(|error| cannot_be_read(&input.name, &error)).and_then(
                |file| Archive::open(file, &input.name, &limits).map_err(|error| error.to_string()),
            );
        let mut archive = match opened {
            Ok(archive) => archive,
            Err(message) => return self.warnings.push(message),
        };
        for (name, index) in archive.maps() {
            match archive.read_entry(index, limits.max_osu_bytes) {
                Ok(bytes) if is_wanted(&bytes) => {
                    let place = Place { path: input.path.clone(), entry: Some(index) };
                    self.maps.push(MapFile::new(format!("{}/{name}", input.name), place, &bytes));
                }
                Ok(_) => {}
                Err(error) => self.warnings.push(error.to_string()),
            }
        }
    }
}
