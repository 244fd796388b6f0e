use std::fs;

use anyhow::{Context, Result};

use crate::args;

/// Writes the demo set.
pub(crate) fn run(args: &args::Demo) -> Result<()> {
    fs::create_dir_all(&args.out)
        .with_context(|| format!("{} cannot be made", args.out.display()))?;
    let archives = carto_study::demo_archives(args.seed)?;
    for archive in &archives {
        let path = args.out.join(&archive.name);
        fs::write(&path, &archive.bytes)
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    say!("{} archives in {}", archives.len(), args.out.display());
    Ok(())
}
