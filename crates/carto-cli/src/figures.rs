//! `carto figures`: what the page saves as SVG and PNG, from a result file.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use carto_results::figures;

use crate::drawn_files::{DrawnFiles, PngArgs};
use crate::import;

/// Draw the figures of a result as files for a paper
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A result file, or the tables of one run in the published layouts
    #[arg(required = true, value_name = "RESULT.json")]
    results: Vec<PathBuf>,
    /// Folder for the figures; created if missing
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    png: PngArgs,
}

/// Draws all figures that a result has numbers for, then writes them: none where
/// one cannot be drawn.
///
/// # Errors
///
/// A result that cannot be read or has no figures, a figure that cannot be drawn, a file
/// that cannot be written.
pub(crate) fn run(args: &Args) -> Result<()> {
    let result = import::read(&args.results)?;
    let mut files = DrawnFiles::new(args.png.scale());
    for (name, svg) in figures(&result) {
        let svg = svg.with_context(|| format!("{name} cannot be drawn"))?;
        files.add_figure(name, svg)?;
    }
    if files.is_empty() {
        bail!("there is nothing to draw: the result has no figures");
    }
    print_line!("{}", files.write(&args.out)?);
    Ok(())
}
