//! The four places that labels come from, all giving the same.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use carto_dataset::{
    ApiBeatmap, Appearance, Collection, Labelled, LabelledMap, Limits, Md5Sum, clean_label,
    read_collection_db, read_osdb,
};
use carto_features::BeatmapFeatures;
use carto_types::Mode;
use rayon::prelude::*;

use super::args;
use super::collected;
use super::map_file::{self, MapFile, Place};
use crate::features::{Computed, cannot_be_read, read_file};
use crate::{inputs, progress};

/// Who says what of which maps, and where the maps are.
#[derive(Default)]
pub(super) struct Source {
    /// In order.
    pub(super) appearances: Vec<Appearance>,
    /// What the API says, by number.
    pub(super) answers: HashMap<u64, ApiBeatmap>,
    pub(super) files: Files,
    /// What is wrong, and goes on without.
    pub(super) warnings: Vec<String>,
    /// Maps that the source itself tells to be of another game.
    pub(super) n_other_games: usize,
}

/// Where the `.osu` of a labelled map is.
pub(super) enum Files {
    /// In a folder, by number.
    Numbered(PathBuf),
    /// Somewhere below these, by sum.
    Somewhere(Vec<PathBuf>),
    /// Read already.
    Read(Vec<MapFile>),
}

impl Default for Files {
    fn default() -> Self {
        Self::Read(Vec::new())
    }
}

/// Opens the one source that was named.
///
/// # Errors
///
/// A file that cannot be read as what it should be, and no label in it.
pub(super) fn open(args: &args::Dataset) -> Result<Source> {
    let labels = &args.labels;
    let source = if let Some(folder) = &labels.collected {
        collected::open(folder)?
    } else if let Some(path) = &labels.collection_db {
        let collections = read_collections(path, read_collection_db)?;
        of_collections(collections, &args.maps)
    } else if let Some(folder) = &labels.folders {
        of_folders(folder)?
    } else {
        let read = |path: &PathBuf| read_collections(path, read_osdb);
        let collections: Result<Vec<_>> = labels.osdb.iter().map(read).collect();
        of_collections(collections?.concat(), &args.maps)
    };
    if source.appearances.is_empty() {
        bail!("no map has a label in what was named");
    }
    Ok(source)
}

fn read_collections<E: std::error::Error + Send + Sync + 'static>(
    path: &Path,
    read: fn(&[u8], &Limits) -> Result<Vec<Collection>, E>,
) -> Result<Vec<Collection>> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    read(&bytes, &Limits::default())
        .with_context(|| format!("{} is no file of collections that can be used", path.display()))
}

fn of_collections(collections: Vec<Collection>, maps: &[PathBuf]) -> Source {
    let mut source = Source { files: Files::Somewhere(maps.to_vec()), ..Source::default() };
    for collection in collections {
        let label = clean_label(&collection.name);
        if collection.n_nameless > 0 {
            source.warnings.push(format!(
                "collection {label}: {} entries name no map and are left out",
                collection.n_nameless
            ));
        }
        let (standard, others): (Vec<_>, Vec<_>) =
            collection.maps.into_iter().partition(|map| map.mode.unwrap_or(0) == 0);
        source.n_other_games += others.len();
        source.appearances.extend(standard.into_iter().map(|map| Appearance {
            label: label.clone(),
            id: map.id,
            md5: map.md5,
            artist: map.artist,
            title: map.title,
        }));
    }
    source
}

fn of_folders(folder: &Path) -> Result<Source> {
    let (mut source, mut files) = (Source::default(), Vec::new());
    let entries =
        fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let is_folder = |path: &PathBuf| path.is_dir();
    let mut labels: Vec<_> =
        entries.flatten().map(|entry| entry.path()).filter(is_folder).collect();
    labels.sort();
    if labels.is_empty() {
        bail!("{} has no folders; it should have one for each label", folder.display());
    }
    for path in labels {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let label = clean_label(&name);
        let (inputs, issues) = inputs::collect(&[path], Mode::Tolerant)?;
        let warning =
            |issue: carto_types::Issue| format!("{name}/, {}: {}", issue.subject, issue.message);
        source.warnings.extend(issues.into_iter().map(warning));
        let found = map_file::read_all(&inputs, |_| true);
        source.warnings.extend(found.warnings.into_iter().map(|said| format!("{name}/{said}")));
        for mut file in found.maps {
            file.name = format!("{name}/{}", file.name);
            let id = features(&file).and_then(|features| features.metadata.beatmap_id);
            let (label, md5) = (label.clone(), Some(file.md5));
            source.appearances.push(Appearance { label, id, md5, ..Appearance::default() });
            files.push(file);
        }
    }
    source.files = Files::Read(files);
    Ok(source)
}

/// The features of a map that could be read.
pub(super) fn features(file: &MapFile) -> Option<&BeatmapFeatures> {
    match &file.computed {
        Ok(Computed::Features { features, .. }) => Some(features),
        _ => None,
    }
}

impl Files {
    /// The file of each map, where there is one, and what is wrong besides.
    ///
    /// # Errors
    ///
    /// A folder of maps that does not exist.
    pub(super) fn of(self, labelled: &Labelled) -> Result<(Vec<Option<MapFile>>, Vec<String>)> {
        match self {
            Self::Numbered(folder) => Ok(numbered(&folder, labelled)),
            Self::Read(files) => Ok((by_sum(files, labelled), Vec::new())),
            Self::Somewhere(paths) => {
                let (inputs, issues) = inputs::collect(&paths, Mode::Tolerant)?;
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
    let bar = progress::bar("maps", labelled.maps.len());
    let read = |map: &LabelledMap| {
        bar.inc(1);
        let Some(id) = map.first.id else { return (None, None) };
        let name = format!("{id}.osu");
        let path = folder.join(&name);
        match read_file(&path) {
            Ok(bytes) => (Some(MapFile::new(name, Place::file(path), &bytes)), None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => (None, None),
            Err(error) => (None, Some(cannot_be_read(&name, &error))),
        }
    };
    let (files, warnings): (Vec<_>, Vec<_>) = labelled.maps.par_iter().map(read).unzip();
    bar.finish_and_clear();
    (files, warnings.into_iter().flatten().collect())
}
