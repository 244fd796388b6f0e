//! Which files a person means.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use carto_types::{
    Cause, FileKind, Issue, Mode, SourceKind, has_lower_case_extension, why_no_source,
};

use crate::place::Place;

/// One archive or map on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    /// Path below the folder that was named, with `/`; the file's name where a
    /// file was named. An archive in a pack has the pack's before its own.
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) kind: SourceKind,
}

/// All archives and maps below `paths`, those in packs too, in the order of their names, which
/// decides the order of songs.
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
            walk(path, "", mode, &mut inputs, &mut issues, &mut n_others);
        } else {
            let name = path
                .file_name()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            match kind_of(&name, mode) {
                Some(kind) => {
                    let place = Place::file(path.clone());
                    inputs.push(Input { name, place, kind });
                }
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
    inputs.sort_by(|a, b| a.name.cmp(&b.name));
    Ok((inputs, issues))
}

fn walk(
    folder: &Path,
    prefix: &str,
    mode: Mode,
    inputs: &mut Vec<Input>,
    issues: &mut Vec<Issue>,
    n_others: &mut usize,
) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let message = format!("the folder cannot be read: {error}");
            let subject = folder.display().to_string();
            return issues.push(Issue::skipped(subject, Cause::UnreadableFolder, message));
        }
    };
    for entry in entries.flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let path = entry.path();
        // Links to folders may lead back up: they are not followed.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk(&path, &format!("{name}/"), mode, inputs, issues, n_others);
        } else if let Some(kind) = kind_of(&name, mode) {
            inputs.push(Input { name, place: Place::file(path), kind });
        } else {
            match FileKind::of_name(&name) {
                FileKind::Pack => add_pack(&path, &name, mode, inputs, issues),
                FileKind::OtherPack => issues.push(not_a_map(&name)),
                _ => *n_others += 1,
            }
        }
    }
}

/// The published rules know `.osz` in lower case only; single maps are ours.
fn kind_of(name: &str, mode: Mode) -> Option<SourceKind> {
    let is_read = mode == Mode::Osu || has_lower_case_extension(name);
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
        inputs.push(Input { name: name.to_owned(), place: Place::file(path.to_owned()), kind });
    }
    for archive in contents.archives {
        if kind_of(&archive.path, mode).is_none() {
            issues.push(not_a_map(&archive.path));
            continue;
        }
        let place = Place::packed(path.to_owned(), archive.clone());
        inputs.push(Input { name: archive.path, place, kind });
    }
}

fn not_a_map(name: &str) -> Issue {
    Issue::skipped(name, Cause::OtherFile, why_no_source(name))
}
