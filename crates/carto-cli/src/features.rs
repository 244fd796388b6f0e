//! `carto features`: features of maps as a table, one row a map.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use carto_features::{features_csv, read_maps};
use carto_types::{MapsRead, Mode, Mods, ReadMap};
use rayon::prelude::*;

use crate::inputs::{self, Input};
use crate::{args, files, terminal};

/// Write the features of maps that the classifier takes, as a table, one row per map
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Archives (.osz), single maps (.osu) or folders of them, extracted sets too
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// File for the table instead of standard output
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Mod with which the maps are played
    #[arg(long, value_parser = args::mods(), ignore_case = true)]
    mods: Option<Mods>,
}

/// Writes the table; says on stderr what could not be read.
///
/// # Errors
///
/// A path that does not exist, a file that cannot be written, and no map that
/// could be read: the table is written even then.
pub(crate) fn run(args: &Args) -> Result<()> {
    let found = read(&args.paths, args.mods.unwrap_or_default())?;
    let maps: Vec<&ReadMap> = found.iter().flat_map(|found| &found.maps).collect();
    let text = features_csv(maps.iter().copied(), 0, args.mods.unwrap_or_default());
    match &args.csv {
        Some(path) => files::write_atomic(path, text.as_bytes())?,
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
    let (inputs, issues) = inputs::collect(paths, Mode::Osu)?;
    issues.iter().for_each(terminal::warn);
    if inputs.is_empty() {
        bail!(inputs::NO_MAPS);
    }
    let found = read_all(&inputs, mods);
    found.iter().flat_map(|found| &found.issues).for_each(terminal::warn);
    let n_others = found.iter().map(|found| found.n_other_games as usize).sum();
    terminal::tell_other_games(n_others);
    Ok(found)
}

/// Reads all files in parallel; the results are in the order of the files.
fn read_all(inputs: &[Input], mods: Mods) -> Vec<MapsRead> {
    terminal::silence_panics();
    let bar = terminal::progress_bar("features", inputs.len());
    let read = |input: &Input| {
        let found = read_maps(input.source(), &input.name, [mods]);
        bar.inc(1);
        found
    };
    let found = inputs.par_iter().map(read).collect();
    bar.finish_and_clear();
    found
}
