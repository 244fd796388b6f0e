//! Features of maps as a table: one row a map.

mod computed;
mod rows;

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use carto_features::Mods;
use carto_features::features_csv;
use carto_types::{MapsRead, Mode, ReadMap};

use crate::{args, inputs, whole};
pub(crate) use computed::{Computed, compute_safely};
pub(crate) use rows::{cannot_be_read, read_file, silence_traces};

/// Writes the table; says on stderr what could not be read.
///
/// # Errors
///
/// A path that does not exist, a file that cannot be written, and no map that
/// could be read: the table is written even then.
pub(crate) fn run(args: &args::Features) -> Result<()> {
    let found = read(&args.paths, args.mods.map_or_else(Default::default, Into::into))?;
    let maps: Vec<&ReadMap> = found.iter().flat_map(|found| &found.maps).collect();
    let text = features_csv(maps.iter().copied(), 0);
    match &args.csv {
        Some(path) => whole::write(path, text.as_bytes())?,
        None => io::stdout().write_all(text.as_bytes()).context("the table cannot be written")?,
    }
    if maps.iter().all(|map| map.facts.is_none()) {
        bail!("no osu!standard map could be read in what was named");
    }
    Ok(())
}

/// Reads the maps of all that was named, in its order; says on stderr what could not
/// be read.
///
/// # Errors
///
/// A path that does not exist, and nothing in all of them that could be a map.
pub(crate) fn read(paths: &[PathBuf], mods: Mods) -> Result<Vec<MapsRead>> {
    let (inputs, issues) = inputs::collect(paths, Mode::Tolerant)?;
    for issue in &issues {
        warn(&rows::in_words(issue));
    }
    if inputs.is_empty() {
        bail!("there is no .osz archive and no .osu file in what was named");
    }
    let found = rows::read_all(&inputs, mods);
    tell(&found);
    Ok(found)
}

fn tell(found: &[MapsRead]) {
    found.iter().flat_map(|found| &found.issues).for_each(|issue| warn(&rows::in_words(issue)));
    let n_others: u32 = found.iter().map(|found| found.n_other_games).sum();
    if n_others > 0 {
        let (maps, are) = if n_others == 1 { ("map", "is") } else { ("maps", "are") };
        eprintln!("carto: {n_others} {maps} of other games {are} left out");
    }
}

fn warn(message: &str) {
    eprintln!("carto: warning: {message}");
}
