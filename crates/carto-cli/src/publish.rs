//! `carto publish`: a result file into a folder of results with a list.

use std::path::PathBuf;

use anyhow::{Result, bail};
use carto_encoder::weights::sha256_hex;
use carto_results::{usual_name, write_result};
use carto_types::{RunResult, address_stem};

use crate::files::{make_folder, write_atomic};
use crate::import;
use crate::results_index::{self, Entry};

/// Digits of the hash that do: no two results of a folder share them.
const N_DIGITS: usize = 12;

/// Check a result file and add it to a folder of results with its index.json
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Result file: what `carto analyze` and the page write as result.json
    #[arg(value_name = "RUN.json")]
    result: PathBuf,
    /// Folder of results; created if missing
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// Name of the result; one that has none is called by its songs and its day
    #[arg(long, value_name = "N")]
    name: Option<String>,
    /// Day on which the figures were made
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = import::parse_day)]
    date: Option<String>,
}

/// Checks a result file and puts it into a folder with a list.
///
/// The same result again changes nothing.
///
/// # Errors
///
/// A result that cannot be read or has no figures; a list that is damaged; a
/// file that cannot be written.
pub(crate) fn run(args: &Args) -> Result<()> {
    let result = named_result(args)?;
    // The list first, so that a damaged one is told before anything is written.
    let mut entries = if args.to.exists() { results_index::read(&args.to)? } else { Vec::new() };
    make_folder(&args.to)?;
    let text = write_result(&result);
    let entry = Entry {
        file: file_name(&result.name, &text)?,
        name: result.name.clone(),
        date: result.origin.date.clone(),
        counts: result.counts,
    };
    let path = args.to.join(&entry.file);
    write_atomic(&path, text.as_bytes())?;
    let is_new = entries.iter().all(|other| other.file != entry.file);
    if is_new {
        entries.push(entry);
        results_index::write_json(&args.to, &entries)?;
    }
    results_index::write_html(&args.to, &entries)?;
    let parts = import::part_names(&result).join(", ");
    let outcome = if is_new { "added" } else { "already there" };
    print_line!("{}: {parts}, {outcome}; {} in the list", path.display(), entries.len());
    Ok(())
}

/// The result under the name and date that were given.
fn named_result(args: &Args) -> Result<RunResult> {
    let mut result = import::read(&[&args.result])?;
    if let Some(name) = &args.name {
        result.name.clone_from(name);
    }
    if args.date.is_some() {
        result.origin.date.clone_from(&args.date);
    }
    if result.name.trim().is_empty() {
        result.name = usual_name(&result);
    }
    if import::part_names(&result).is_empty() {
        bail!("{} has no figures", args.result.display());
    }
    Ok(result)
}

/// `forty-songs-of-spring-1a2b3c4d5e6f.json`: what of the name any system and any
/// address takes, and a hash of the content.
fn file_name(name: &str, text: &str) -> Result<String> {
    let hash = sha256_hex(text.as_bytes())?;
    Ok(format!("{}-{}.json", address_stem(name), hash.get(..N_DIGITS).unwrap_or(&hash)))
}
