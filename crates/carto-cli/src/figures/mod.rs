//! `carto figures`: what the page saves as SVG and PNG, from a result file.

mod picture;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use carto_results::figures;

use crate::files::{make_folder, write_atomic};
use crate::import;
pub(crate) use picture::Pictures;

/// Draw the figures of a result as files for a paper
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A result file, or the tables of one run in the published layouts
    #[arg(required = true, value_name = "RESULT.json")]
    results: Vec<PathBuf>,
    /// Folder for the figures; created if missing
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Also draw each figure as PNG
    #[arg(long)]
    png: bool,
    /// Pixels of the PNG per pixel of the SVG; the page takes as many
    #[arg(long, value_name = "N", default_value_t = 3, requires = "png")]
    #[arg(value_parser = clap::value_parser!(u8).range(1..=8))]
    scale: u8,
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
    let pictures = args.png.then(Pictures::new);
    let mut files = Vec::new();
    for (name, svg) in figures(&result) {
        let svg = svg.with_context(|| format!("{name} cannot be drawn"))?;
        if let Some(pictures) = &pictures {
            let png = pictures.png(&svg, args.scale).with_context(|| name.to_owned())?;
            files.push((name.replace(".svg", ".png"), png));
        }
        files.push((name.to_owned(), svg.into_bytes()));
    }
    if files.is_empty() {
        bail!("there is nothing to draw: the result has no figures");
    }
    make_folder(&args.out)?;
    files.sort();
    for (name, bytes) in &files {
        write_atomic(&args.out.join(name), bytes)?;
    }
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    print_line!("{} in {}", names.join(", "), args.out.display());
    Ok(())
}
