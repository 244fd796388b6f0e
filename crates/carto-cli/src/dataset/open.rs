//! The four sources of labels: what `carto collect` wrote, `collection.db`, `.osdb` files, and
//! a folder for each label.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use carto_dataset::{Appearance, Collection, Limits, clean_label, read_collection_db, read_osdb};
use carto_types::{Issue, Mode};

use super::args::Labels;
use super::collected;
use super::map_file;
use super::source::{Files, Source};
use crate::inputs;

/// Opens the one source of labels that was named.
///
/// - `maps`: where the maps of collections are found
///
/// # Errors
///
/// A file that cannot be read as what it should be, and no label in it.
pub(super) fn open(labels: &Labels, maps: &[PathBuf]) -> Result<Source> {
    let source = if let Some(folder) = &labels.collected {
        collected::open(folder)?
    } else if let Some(path) = &labels.collection_db {
        let collections = read_collections(path, read_collection_db)?;
        of_collections(collections, maps)
    } else if let Some(folder) = &labels.folders {
        of_folders(folder)?
    } else {
        let read = |path: &PathBuf| read_collections(path, read_osdb);
        let collections: Result<Vec<_>> = labels.osdb.iter().map(read).collect();
        of_collections(collections?.concat(), maps)
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
        let (inputs, issues) = inputs::collect(&[path], Mode::Osu)?;
        let warning = |issue: Issue| format!("{name}/, {}: {}", issue.subject, issue.message);
        source.warnings.extend(issues.into_iter().map(warning));
        let found = map_file::read_all(&inputs, |_| true);
        source.warnings.extend(found.warnings.into_iter().map(|said| format!("{name}/{said}")));
        for mut file in found.maps {
            file.name = format!("{name}/{}", file.name);
            let id = file.features().and_then(|features| features.texts.id);
            let (label, md5) = (label.clone(), Some(file.md5));
            source.appearances.push(Appearance { label, id, md5, ..Appearance::default() });
            files.push(file);
        }
    }
    source.files = Files::Read(files);
    Ok(source)
}
