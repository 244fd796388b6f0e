use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result, bail};
use carto_encoder::weights::sha256_hex;
use carto_results::write_result;
use carto_types::{RunCounts, RunResult};
use serde::{Deserialize, Serialize};

use crate::shelf::{SHELF, shelf};
use crate::{args, import, whole};

/// The list of results beside them.
const INDEX: &str = "index.json";
/// Letters of a name that get into a file's name.
const MAX_NAME: usize = 40;
/// Digits of the hash that do: no two results of a folder share them.
const N_DIGITS: usize = 12;

/// One result of a folder, as its list has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    /// Its file, beside the list.
    pub(crate) file: String,
    /// What it is called.
    pub(crate) name: String,
    /// When its figures were made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) date: Option<String>,
    /// What it was made from.
    pub(crate) counts: RunCounts,
}

/// Checks a result file and puts it into a folder with a list.
///
/// The same result again changes nothing.
pub(crate) fn run(args: &args::Publish) -> Result<()> {
    let mut result = import::read(&[&args.result])?;
    if let Some(name) = &args.name {
        result.name.clone_from(name);
    }
    if args.date.is_some() {
        result.origin.date.clone_from(&args.date);
    }
    if result.name.trim().is_empty() {
        bail!("{} has no name: give one with --name", args.result.display());
    }
    if import::parts(&result).is_empty() {
        bail!("{} has no figures", args.result.display());
    }
    // The list first, so that a damaged one is told before anything is written.
    let mut entries = match fs::metadata(&args.to) {
        Ok(_) => read_index(&args.to.join(INDEX))?,
        Err(_) => Vec::new(),
    };
    fs::create_dir_all(&args.to)
        .with_context(|| format!("{} cannot be made", args.to.display()))?;
    let text = write_result(&result);
    let entry = Entry {
        file: file_name(&result.name, &text)?,
        name: result.name.clone(),
        date: result.origin.date.clone(),
        counts: result.counts,
    };
    let path = args.to.join(&entry.file);
    whole::write(&path, text.as_bytes())?;
    let is_new = entries.iter().all(|other| other.file != entry.file);
    if is_new {
        entries.push(entry);
        let list = serde_json::to_string_pretty(&entries)? + "\n";
        whole::write(&args.to.join(INDEX), list.as_bytes())?;
    }
    let folder = args.to.file_name().unwrap_or_default().to_string_lossy();
    whole::write(&args.to.join(SHELF), shelf(&folder, &entries).as_bytes())?;
    tell(&result, &path, entries.len(), is_new);
    Ok(())
}

fn tell(result: &RunResult, path: &Path, n_entries: usize, is_new: bool) {
    let parts = import::parts(result).join(", ");
    let word = if is_new { "added" } else { "already there" };
    say!("{}: {parts}, {word}; {n_entries} in the list", path.display());
}

/// Empty where there is none yet.
fn read_index(path: &Path) -> Result<Vec<Entry>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(error).with_context(|| format!("{} cannot be read", path.display()));
        }
    };
    serde_json::from_str(&text).with_context(|| {
        format!("{} is no list of results: mend it or move it away", path.display())
    })
}

/// `forty-songs-of-spring-1a2b3c4d5e6f.json`: what of the name any system and any
/// address takes, and a hash of the content.
fn file_name(name: &str, text: &str) -> Result<String> {
    let mut plain = String::new();
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            plain.push(letter.to_ascii_lowercase());
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
    }
    plain.truncate(MAX_NAME);
    let plain = plain.trim_end_matches('-');
    let plain = if plain.is_empty() { "result" } else { plain };
    let hash = sha256_hex(text.as_bytes())?;
    Ok(format!("{plain}-{}.json", hash.get(..N_DIGITS).unwrap_or(&hash)))
}
