//! Rows of the table, read from maps and archives.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use carto_beatmap::limits::Limits;
use carto_beatmaps::{MapsRead, read_maps};
use carto_features::Mods;
use carto_types::Issue;
use rayon::prelude::*;

use crate::inputs::Input;
use crate::progress;

/// A fault in one map is told in its warning, not as a trace.
pub(crate) fn silence_traces() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// Reads all files side by side; what they give stands in their order.
pub(super) fn read_all(inputs: &[Input], mods: Mods) -> Vec<MapsRead> {
    silence_traces();
    let bar = progress::bar("features", inputs.len());
    let read = |input: &Input| {
        let found = read_maps(File::open(&input.path), &input.name, input.kind, [mods]);
        bar.inc(1);
        found
    };
    let found = inputs.par_iter().map(read).collect();
    bar.finish_and_clear();
    found
}

/// An issue in one line; some name in their words what they are about.
pub(super) fn in_words(issue: &Issue) -> String {
    if issue.message.starts_with(&issue.subject) {
        issue.message.clone()
    } else {
        format!("{}: {}", issue.subject, issue.message)
    }
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
