//! `cargo xtask lighthouse`: how fast a first visit is, measured as a phone would see it.

use anyhow::{Context, Result, bail};

use crate::node::{ensure_node, npm_ci};
use crate::page::{build, dist};
use crate::process::{command, root, run, search_path};
use crate::system::chromium;

/// Runs Lighthouse on the built page and holds the figures against their goals.
///
/// Not a part of `cargo xtask test`: load times are figures of a quiet machine.
///
/// # Errors
///
/// Fails below a goal, and without a page or a browser.
pub(crate) fn lighthouse(args: &[String]) -> Result<()> {
    let mut is_built = false;
    let mut n_runs = 3_u32;
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match (arg.as_str(), rest.clone().next()) {
            ("--no-build", _) => is_built = true,
            ("--runs", Some(n)) => {
                n_runs = n.parse().with_context(|| format!("--runs {n}: not a number"))?;
                rest.next();
            }
            _ => bail!("lighthouse takes --no-build and --runs N, not {arg}"),
        }
    }
    if !is_built {
        build()?;
    }
    if !dist().join("index.html").exists() {
        bail!("there is no built page: run cargo xtask build first");
    }
    let dir = root().join("tests").join("lighthouse");
    let node_dirs = ensure_node()?;
    npm_ci(&dir)?;
    run(command("node")
        .arg(dir.join("run.mjs"))
        .env("PATH", search_path(&node_dirs)?)
        .env("CARTO_CHROMIUM", chromium()?)
        .env("CARTO_RUNS", n_runs.to_string()))
}
