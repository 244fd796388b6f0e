//! `carto figures`: what the page saves as SVG and PNG, from a result file.

mod args;
mod picture;

use std::fs;

use anyhow::{Context, Result, bail};
use carto_results::figures;

use crate::{import, whole};
pub(crate) use args::Figures;
use picture::Pictures;

/// Draws all figures that a result has numbers for, then writes them: none where
/// one cannot be drawn.
pub(crate) fn run(args: &Figures) -> Result<()> {
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
    fs::create_dir_all(&args.out)
        .with_context(|| format!("{} cannot be made", args.out.display()))?;
    files.sort();
    for (name, bytes) in &files {
        whole::write(&args.out.join(name), bytes)?;
    }
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    say!("{} in {}", names.join(", "), args.out.display());
    Ok(())
}
