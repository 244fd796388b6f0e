//! The list of a folder of results: `index.json`, and the same as a piece of a page.

use std::fmt::Write;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use carto_results::escaped;
use carto_types::{RunCounts, json_fault};
use serde::{Deserialize, Serialize};

use crate::files::write_atomic;

const JSON_NAME: &str = "index.json";
/// The page shows this file when a person asks for the list.
const HTML_NAME: &str = "results.html";

/// One result of a folder, as `index.json` has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// Name of the result file, which lies beside the list.
    pub(crate) file: String,
    /// Name of the result.
    pub(crate) name: String,
    /// Day on which the figures were made: `2026-03-01`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) date: Option<String>,
    /// Number of songs, maps and pairs behind the figures.
    pub(crate) counts: RunCounts,
}

/// Reads the list of a folder; empty where it has none yet.
///
/// # Errors
///
/// A list that cannot be read or has another layout, in words that name it.
pub(crate) fn read(folder: &Path) -> Result<Vec<Entry>> {
    let path = folder.join(JSON_NAME);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(error).with_context(|| format!("{} cannot be read", path.display()));
        }
    };
    serde_json::from_str(&text).map_err(|error| {
        let (path, fault) = (path.display(), json_fault(&error));
        anyhow!("{path} is no list of results: {fault}; mend it or move it away")
    })
}

/// Writes `index.json`.
///
/// # Errors
///
/// A file that cannot be written.
pub(crate) fn write_json(folder: &Path, entries: &[Entry]) -> Result<()> {
    let list = serde_json::to_string_pretty(entries)? + "\n";
    write_atomic(&folder.join(JSON_NAME), list.as_bytes())
}

/// Writes `results.html`: a link for each result, the latest first.
///
/// # Errors
///
/// A file that cannot be written.
pub(crate) fn write_html(folder: &Path, entries: &[Entry]) -> Result<()> {
    let folder_name = folder.file_name().unwrap_or_default().to_string_lossy();
    let html = results_index_html(&folder_name, entries);
    write_atomic(&folder.join(HTML_NAME), html.as_bytes())
}

/// - `folder_name`: name of the folder of results, which lies beside the page
fn results_index_html(folder_name: &str, entries: &[Entry]) -> String {
    let mut html = String::from("<ul>\n");
    for Entry { file, name, date, counts } in entries.iter().rev() {
        let date = date.as_deref().map(escaped);
        let n_songs = counts.n_songs.map(|n_songs| format!("{n_songs} songs"));
        let facts: Vec<String> = date.into_iter().chain(n_songs).collect();
        let _ = writeln!(
            html,
            "<li><a href=\"./?results=./{}/{}\">{}</a> {}</li>",
            escaped(folder_name),
            escaped(file),
            escaped(name),
            facts.join(", "),
        );
    }
    html + "</ul>\n"
}
