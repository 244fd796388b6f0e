//! Which files a person means.

use std::collections::BTreeSet;
use std::fs::{self, DirEntry, File};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use carto_study::MapSource;
use carto_types::{
    Cause, FileKind, FolderListing, FoundSet, Issue, LAZER_FOLDER, Mode, SourceFiles, SourceKind,
    group_sets, is_read_by_published_rules, why_no_source,
};

use crate::place::{OpenFile, Place};

/// Why nothing is done where [`collect`] finds nothing.
pub(crate) const NO_MAPS: &str = "there is no .osz archive and no .osu file in what was named";

/// One archive, extracted set or single map on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    /// Path below the folder that was named, with `/`, which is empty for that folder
    /// itself; the file's name where a file was named. An archive in a pack has the pack's
    /// before its own.
    pub(crate) name: String,
    /// What results call it, and its files.
    pub(crate) files: SourceFiles,
    /// Where the files lie: of a set in the order of [`SourceFiles::inner`], else the one.
    places: Vec<Place>,
}

impl Input {
    fn one(name: String, place: Place, kind: SourceKind) -> Self {
        Self { files: SourceFiles::one(&*name, kind), name, places: vec![place] }
    }

    fn set(found: FoundSet<PathBuf>) -> Self {
        let places = found.files.into_iter().map(Place::file).collect();
        Self { name: found.folder, files: found.source, places }
    }

    /// The source that it is; nothing is opened yet.
    pub(crate) fn source(&self) -> MapSource<'_, OpenFile> {
        MapSource::new(&self.files, |idx| match self.places.get(idx) {
            Some(place) => place.open(),
            None => Err(io::ErrorKind::NotFound.into()),
        })
    }

    /// Its files on disk, each with what tells it from the others of the source.
    pub(crate) fn stamped(&self) -> impl Iterator<Item = (String, &Path)> {
        self.places.iter().enumerate().map(|(idx, place)| {
            let inner = self.files.inner.get(idx).cloned();
            (inner.unwrap_or_else(|| place.inner()), place.path())
        })
    }

    /// Where an archive or a single map lies; of a set its first file.
    pub(crate) fn place(&self) -> Option<&Place> {
        self.places.first()
    }

    /// The maps that lie as files on disk, with their paths below the folder that was named:
    /// those of a set, or the single map.
    pub(crate) fn map_files(&self) -> Vec<(String, &Place)> {
        let below = |path: &str| match &*self.name {
            "" => path.to_owned(),
            folder => format!("{folder}/{path}"),
        };
        let files = self.files.inner.iter().zip(&self.places);
        match self.files.kind {
            SourceKind::Archive => Vec::new(),
            SourceKind::BareMap => {
                self.places.iter().map(|place| (self.name.clone(), place)).collect()
            }
            SourceKind::Folder => files
                .filter(|(path, _)| FileKind::of_name(path) == FileKind::Map)
                .map(|(path, place)| (below(path), place))
                .collect(),
        }
    }
}

/// All archives, extracted sets and single maps at and below `paths`, those in packs too, in
/// the order of the names of sets, which decides the order of songs.
///
/// # Errors
///
/// A path that does not exist. Folders below it that cannot be read become issues.
pub(crate) fn collect(paths: &[PathBuf], mode: Mode) -> Result<(Vec<Input>, Vec<Issue>)> {
    let (mut inputs, mut issues, mut n_others) = (Vec::new(), Vec::new(), 0_usize);
    for path in paths {
        let metadata =
            fs::metadata(path).with_context(|| format!("{} cannot be read", path.display()))?;
        if metadata.is_dir() {
            let mut walk = Walk::default();
            walk.folder(path, String::new(), false);
            issues.append(&mut walk.issues);
            n_others += walk.n_others;
            let has_background = |folder: &str| walk.with_background.contains(folder);
            let grouped = group_sets(&name_of_folder(path), walk.files, has_background);
            n_others += grouped.n_others;
            inputs.extend(grouped.sets.into_iter().map(Input::set));
            for (name, place) in grouped.others {
                match (kind_of(&name, mode), FileKind::of_name(&name)) {
                    (Some(kind), _) => inputs.push(Input::one(name, Place::file(place), kind)),
                    (None, FileKind::Pack) => {
                        add_pack(&place, &name, mode, &mut inputs, &mut issues);
                    }
                    (None, FileKind::OtherPack) => issues.push(not_a_map(&name)),
                    (None, _) => n_others += 1,
                }
            }
        } else {
            let name = path
                .file_name()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            match kind_of(&name, mode) {
                Some(kind) => inputs.push(Input::one(name, Place::file(path.clone()), kind)),
                None if FileKind::of_name(&name) == FileKind::Pack => {
                    add_pack(path, &name, mode, &mut inputs, &mut issues);
                }
                None => issues.push(not_a_map(&name)),
            }
        }
    }
    if n_others > 0 {
        let files = if n_others == 1 { "file was" } else { "files were" };
        let message = format!("{n_others} other {files} neither .osz nor .osu");
        issues.push(Issue::warning("folders", Cause::OtherFiles, message));
    }
    inputs.sort_by_cached_key(|input| (input.files.set_name().into_owned(), input.files.kind));
    Ok((inputs, issues))
}

/// What is found below one folder.
#[derive(Default)]
struct Walk {
    /// Archives, maps and audio, by their paths below it.
    files: Vec<(String, PathBuf)>,
    /// Folders with maps and a background.
    with_background: BTreeSet<String>,
    issues: Vec<Issue>,
    n_others: usize,
}

impl Walk {
    /// - `path`: below the folder that was named
    /// - `is_in_set`: whether a folder above it is that of a set
    fn folder(&mut self, place: &Path, path: String, is_in_set: bool) {
        let entries = match fs::read_dir(place) {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(place, &error),
        };
        let mut listing = FolderListing::new(path, |kind| {
            matches!(kind, FileKind::Archive | FileKind::Pack | FileKind::OtherPack)
        });
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.unreadable(place, &error);
                    break;
                }
            };
            let name = entry.file_name().to_string_lossy().into_owned();
            // Links to folders may lead back up: they are not followed.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                listing.add_folder(&name, entry.path());
            } else {
                listing.add_file(&name, || DirEntry::path(&entry));
            }
        }
        if listing.close(is_in_set) {
            let subject = place.display().to_string();
            self.issues.push(Issue::skipped(subject, Cause::LazerFolder, LAZER_FOLDER));
        }
        self.n_others += listing.n_others;
        let is_in_set = is_in_set || listing.is_set();
        if listing.has_background() {
            self.with_background.insert(listing.path);
        }
        self.files.append(&mut listing.files);
        for (path, place) in listing.folders {
            self.folder(&place, path, is_in_set);
        }
    }

    fn unreadable(&mut self, place: &Path, error: &io::Error) {
        let message = format!("the folder cannot be read: {error}");
        let subject = place.display().to_string();
        self.issues.push(Issue::skipped(subject, Cause::UnreadableFolder, message));
    }
}

/// The folder's own name, also where it was named as `.` or `..`.
fn name_of_folder(path: &Path) -> String {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let of_whole = || name(&fs::canonicalize(path).ok()?);
    name(path).or_else(of_whole).unwrap_or_default()
}

/// The published rules know `.osz` in lower case only; single maps are ours.
fn kind_of(name: &str, mode: Mode) -> Option<SourceKind> {
    let is_read = mode == Mode::Osu || is_read_by_published_rules(name);
    FileKind::of_name(name).source_kind().filter(|_| is_read)
}

/// Adds the archives in a pack. A file with maps in it is one archive, whatever its name.
fn add_pack(path: &Path, name: &str, mode: Mode, inputs: &mut Vec<Input>, issues: &mut Vec<Issue>) {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => {
            let message = format!("it cannot be opened: {error}");
            return issues.push(Issue::skipped(name, Cause::UnreadableFile, message));
        }
    };
    let contents = carto_study::open_pack(file, name);
    issues.extend(contents.issues);
    let kind = SourceKind::Archive;
    if contents.has_maps {
        inputs.push(Input::one(name.to_owned(), Place::file(path.to_owned()), kind));
    }
    for archive in contents.archives {
        if kind_of(&archive.path, mode).is_none() {
            issues.push(not_a_map(&archive.path));
            continue;
        }
        let place = Place::packed(path.to_owned(), archive.clone());
        inputs.push(Input::one(archive.path, place, kind));
    }
}

fn not_a_map(name: &str) -> Issue {
    Issue::skipped(name, Cause::OtherFile, why_no_source(name))
}
