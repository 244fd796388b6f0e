//! `carto demo`: the demo set as archives.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::files::make_folder;

/// Write the demo set: invented songs by invented mappers, as archives
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folder for the archives; made if it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Another number gives another set
    #[arg(long, default_value_t = carto_study::DEMO_SEED)]
    seed: u64,
}

/// Writes the archives of the demo set.
///
/// # Errors
///
/// A folder that cannot be made, an archive that cannot be written.
pub(crate) fn run(args: &Args) -> Result<()> {
    make_folder(&args.out)?;
    let archives = carto_study::demo_archives(args.seed)?;
    for archive in &archives {
        let path = args.out.join(&archive.name);
        fs::write(&path, &archive.bytes)
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    print_line!("{} archives in {}", archives.len(), args.out.display());
    Ok(())
}
