//! `cargo xtask published`: the published figures, from the files of their own site.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::process::{cargo, run};

/// Where the figures come from; `../shared/published` holds them as they were then.
const ORIGIN: [(&str, &str); 5] = [
    ("--name", "Published run"),
    ("--program", "recxa/osu-dreamer-cartography"),
    ("--repository", "https://github.com/recxa/osu-dreamer-cartography"),
    ("--commit", "7ec522be87cd3659924c89461d2e17e07dee7e53"),
    ("--date", "2026-02"),
];

/// Writes `public/published/published.{json,bin}`.
///
/// # Errors
///
/// Where `../shared/published` is not there, or holds other files than those of the
/// site.
pub(crate) fn published() -> Result<()> {
    let from = PathBuf::from("../shared/published");
    let entries = fs::read_dir(&from)
        .with_context(|| format!("{} is not there: put the site's files there", from.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    fs::create_dir_all("public/published")?;
    let mut import = cargo(&["run", "--quiet", "--package", "carto-cli", "--", "import"]);
    import.args(paths).args(ORIGIN.iter().flat_map(|(name, value)| [name, value]));
    import.args(["--out", "public/published/published.json"]);
    run(import.args(["--shown", "public/published/published.bin"]))
}
