//! Which files a person means.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use carto_types::{Cause, Issue, Mode, SourceKind};

/// One archive or map on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    /// Path below the folder that was named, with `/`; the file's name where a
    /// file was named.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) kind: SourceKind,
}

/// All archives and maps below `paths`, in the order of their names, which
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
                Some(kind) => inputs.push(Input { name, path: path.clone(), kind }),
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
            inputs.push(Input { name, path, kind });
        } else {
            *n_others += 1;
        }
    }
}

/// The published rules know `.osz` in lower case only; single maps are ours.
fn kind_of(name: &str, mode: Mode) -> Option<SourceKind> {
    let lower = name.to_ascii_lowercase();
    let has_end = |end: &str| match mode {
        Mode::Published => name.ends_with(end),
        Mode::Osu => lower.ends_with(end),
    };
    if has_end(".osz") {
        Some(SourceKind::Archive)
    } else {
        has_end(".osu").then_some(SourceKind::BareMap)
    }
}

fn not_a_map(name: &str) -> Issue {
    Issue::skipped(name, Cause::OtherFile, "it is neither an .osz archive nor an .osu file")
}
