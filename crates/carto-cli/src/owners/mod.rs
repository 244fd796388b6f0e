//! `carto owners`: who made each map, as a table, one row a map.

mod api;
mod table;

use std::path::PathBuf;

use anyhow::{Result, bail};
use carto_types::csv::{Cell, Csv};
use carto_types::{ArchiveFacts, Cause, MapFacts, Mode, SourceKind};

use crate::analyze::scan_all;
use crate::run_cache::RunCache;
use crate::{files, inputs, terminal};

use table::COLUMNS;
pub(crate) use table::read_table;

/// Write who made each map, as far as its files say, as a table, one row per map
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Archives (.osz), single maps (.osu) or folders of them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// File for the table
    #[arg(long, value_name = "FILE")]
    csv: PathBuf,
}

/// Writes the table; says on stderr what could not be read.
///
/// # Errors
///
/// A path that does not exist, a file that cannot be written, and no map of osu!standard
/// that could be read: the table is written even then.
pub(crate) fn run(args: &Args) -> Result<()> {
    let mode = Mode::Osu;
    let (inputs, issues) = inputs::collect(&args.paths, mode)?;
    issues.iter().for_each(terminal::warn);
    if inputs.is_empty() {
        bail!(inputs::NO_MAPS);
    }
    terminal::silence_panics();
    let archives = scan_all(&inputs, mode, &RunCache::open(None, &inputs, mode)?);
    archives.iter().flat_map(|archive| &archive.issues).for_each(terminal::warn);
    let is_other = |map: &&MapFacts| {
        map.refusal.as_ref().is_some_and(|refusal| refusal.cause == Cause::OtherMode)
    };
    let n_others = archives.iter().flat_map(|archive| &archive.maps).filter(is_other).count();
    terminal::tell_other_games(n_others);
    let (text, n_maps) = owners_csv(&archives);
    files::write_atomic(&args.csv, text.as_bytes())?;
    if n_maps == 0 {
        bail!("no osu!standard map could be read in what was named");
    }
    Ok(())
}

/// Head and rows, each ended by a line feed, and the number of rows. A text that would be a
/// formula in a spreadsheet begins with an apostrophe.
fn owners_csv(archives: &[ArchiveFacts]) -> (String, usize) {
    let mut csv = Csv::with_line_feeds(COLUMNS);
    let mut n_maps = 0;
    for archive in archives {
        for map in &archive.maps {
            let Some((fields, owner)) = map.fields.as_ref().zip(map.owner.as_ref()) else {
                continue;
            };
            let is_bare = archive.kind == SourceKind::BareMap;
            let inner = if is_bare { String::new() } else { format!("/{}", map.path) };
            let path = format!("{}{inner}", archive.name);
            let text = |field: &Option<String>| field.clone().unwrap_or_default();
            let (creator, version) = (text(&fields.creator), text(&fields.version));
            let mappers = owner.names.join(";");
            let cells = [&path, &creator, &version, &mappers].map(|text| Cell::Text(text));
            csv.row(cells.into_iter().chain([owner.evidence.name(), &map.md5].map(Cell::Text)));
            n_maps += 1;
        }
    }
    (csv.into_text(), n_maps)
}
