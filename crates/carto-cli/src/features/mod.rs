//! Features of maps as a table: one row a map.

mod rows;
mod table;

use std::fs;
use std::io::{self, Write};

use anyhow::{Context, Result, bail};
use carto_protocol::Mode;

use crate::{args, inputs};
pub(crate) use rows::{
    Computed, cannot_be_read, compute_safely, is_map, read_file, silence_traces,
};
use rows::{Found, MapRow};
pub(crate) use table::quoted;

/// Writes the table; says on stderr what could not be read.
///
/// # Errors
///
/// A path that does not exist, a file that cannot be written, and no map that
/// could be read: the table is written even then.
pub(crate) fn run(args: &args::Features) -> Result<()> {
    let (inputs, issues) = inputs::collect(&args.paths, Mode::Tolerant)?;
    for issue in &issues {
        warn(&format!("{}: {}", issue.subject, issue.message));
    }
    if inputs.is_empty() {
        bail!("there is no .osz archive and no .osu file in what was named");
    }
    let found = rows::read_all(&inputs, args.mods.map_or_else(Default::default, Into::into));
    let rows: Vec<&MapRow> = found.iter().flat_map(|found| &found.rows).collect();
    let text = table::text(&rows);
    match &args.csv {
        Some(path) => {
            fs::write(path, text)
                .with_context(|| format!("{} cannot be written", path.display()))?;
        }
        None => {
            io::stdout().write_all(text.as_bytes()).context("the table cannot be written")?;
        }
    }
    tell(&found);
    if rows.iter().all(|row| row.features.is_none()) {
        bail!("no osu!standard map could be read in what was named");
    }
    Ok(())
}

fn tell(found: &[Found]) {
    found.iter().flat_map(|found| &found.warnings).for_each(|warning| warn(warning));
    let n_others: usize = found.iter().map(|found| found.n_other_games).sum();
    if n_others > 0 {
        let (maps, are) = if n_others == 1 { ("map", "is") } else { ("maps", "are") };
        eprintln!("carto: {n_others} {maps} of other games {are} left out");
    }
}

fn warn(message: &str) {
    eprintln!("carto: warning: {message}");
}
