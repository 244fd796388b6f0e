//! What every source of labels gives: labels of maps, and where to find the maps.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;
use carto_dataset::{ApiBeatmap, Appearance, Labelled, LabelledMap, Md5Sum};
use carto_types::Mode;
use rayon::prelude::*;

use super::map_file::{self, MapFile, MapPlace, cannot_be_read, read_file};
use crate::{inputs, terminal};

/// Labels of maps, and where the maps are.
#[derive(Default)]
pub(super) struct Source {
    /// Each mention of a map, in the order of the source.
    pub(super) appearances: Vec<Appearance>,
    /// What osu!'s API says of maps, by their ids.
    pub(super) answers: HashMap<u64, ApiBeatmap>,
    pub(super) files: Files,
    /// What of the source cannot be used; the rest is.
    pub(super) warnings: Vec<String>,
    /// Number of maps that the source itself marks as of another game.
    pub(super) n_other_games: usize,
}

/// Where the `.osu` of a labelled map is.
pub(super) enum Files {
    /// In this folder, as `{id}.osu`.
    Numbered(PathBuf),
    /// Anywhere below these, found by MD5.
    Somewhere(Vec<PathBuf>),
    /// Read already.
    Read(Vec<MapFile>),
}

impl Default for Files {
    fn default() -> Self {
        Self::Read(Vec::new())
    }
}

impl Files {
    /// Finds the file of each map, `[n_maps]`; with warnings about files that cannot be read.
    ///
    /// # Errors
    ///
    /// A folder of maps that does not exist.
    pub(super) fn find(self, labelled: &Labelled) -> Result<(Vec<Option<MapFile>>, Vec<String>)> {
        match self {
            Self::Numbered(folder) => Ok(numbered(&folder, labelled)),
            Self::Read(files) => Ok((by_sum(files, labelled), Vec::new())),
            Self::Somewhere(paths) => {
                let (inputs, issues) = inputs::collect(&paths, Mode::Osu)?;
                let mut warnings: Vec<_> = issues
                    .into_iter()
                    .map(|issue| format!("{}: {}", issue.subject, issue.message))
                    .collect();
                let wanted: HashSet<Md5Sum> =
                    labelled.maps.iter().filter_map(|map| map.first.md5).collect();
                let found = map_file::read_all(&inputs, |sum| wanted.contains(&sum));
                warnings.extend(found.warnings);
                Ok((by_sum(found.maps, labelled), warnings))
            }
        }
    }
}

fn by_sum(files: Vec<MapFile>, labelled: &Labelled) -> Vec<Option<MapFile>> {
    let mut of_sum: HashMap<Md5Sum, usize> = HashMap::new();
    for (idx, file) in files.iter().enumerate() {
        // Of two files with one sum the first; as they are before line ends are mended.
        of_sum.entry(file.md5).or_insert(idx);
    }
    for (idx, file) in files.iter().enumerate() {
        of_sum.entry(file.md5_with_crlf).or_insert(idx);
    }
    let mut files: Vec<Option<MapFile>> = files.into_iter().map(Some).collect();
    let mut of_map = |map: &LabelledMap| {
        let idx = of_sum.get(&map.first.md5?)?;
        files.get_mut(*idx)?.take()
    };
    labelled.maps.iter().map(&mut of_map).collect()
}

fn numbered(folder: &Path, labelled: &Labelled) -> (Vec<Option<MapFile>>, Vec<String>) {
    let bar = terminal::progress_bar("maps", labelled.maps.len());
    let read = |map: &LabelledMap| {
        bar.inc(1);
        let Some(id) = map.first.id else { return (None, None) };
        let name = format!("{id}.osu");
        let path = folder.join(&name);
        match read_file(&path) {
            Ok(bytes) => (Some(MapFile::new(name, MapPlace::file(path), &bytes)), None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => (None, None),
            Err(error) => (None, Some(cannot_be_read(&name, &error))),
        }
    };
    let (files, warnings): (Vec<_>, Vec<_>) = labelled.maps.par_iter().map(read).unzip();
    bar.finish_and_clear();
    (files, warnings.into_iter().flatten().collect())
}
