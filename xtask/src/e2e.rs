//! What runs in a browser: tests, the picture of the page, the memory benchmark.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::{build, dist};
use crate::node::{ensure_node, npm_ci};
use crate::process::{cargo, command, root, run, search_path};
use crate::runner_output::{Counts, run_counting};
use crate::server;
use crate::system::chromium;

/// Builds the page, unless told not to, and runs browser tests against it.
///
/// # Errors
///
/// Passes on a failed build and failed tests.
pub(crate) fn e2e(args: &[String]) -> Result<()> {
    let names = build_unless_told(args)?;
    let mut counts = Counts::default();
    let result = run_specs(&names, &mut counts);
    if counts.total() > 0 {
        println!("{counts}");
    }
    result
}

/// Draws `docs/page.png`, the picture in the README, from the demo set.
///
/// # Errors
///
/// Passes on a failed build, and a page without a demo.
pub(crate) fn screenshot(args: &[String]) -> Result<()> {
    if let Some(unknown) = build_unless_told(args)?.first() {
        bail!("screenshot takes --no-build and nothing else, not {unknown}");
    }
    run_script("screenshot.mjs")
}

fn build_unless_told(args: &[String]) -> Result<Vec<String>> {
    let (flags, names): (Vec<_>, Vec<_>) =
        args.iter().cloned().partition(|arg| arg.starts_with('-'));
    match flags.as_slice() {
        [] => build()?,
        [flag] if flag == "--no-build" => {}
        _ => bail!("not understood: {}", flags.join(" ")),
    }
    Ok(names)
}

/// Runs the browser tests whose file name contains one of `names`, or all.
///
/// # Errors
///
/// Fails when no file fits, and when a test fails.
pub(crate) fn run_specs(names: &[String], counts: &mut Counts) -> Result<()> {
    let specs = specs(names)?;
    let mut node = browser_node()?;
    // One at a time: each starts a browser, and times are part of what is tested.
    node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]).args(&specs);
    run_counting(&mut node, counts)?;
    if counts.total() == 0 {
        bail!("found no browser tests in {} files", specs.len());
    }
    Ok(())
}

/// Runs one script of `tests/e2e` with the page served.
///
/// # Errors
///
/// Passes on its failure.
pub(crate) fn run_script(file_name: &str) -> Result<()> {
    let script = e2e_dir().join(file_name);
    if !script.exists() {
        bail!("there is no tests/e2e/{file_name}");
    }
    run(browser_node()?.arg(script))
}

/// Node.js with its packages installed, a browser found and the page served.
fn browser_node() -> Result<Command> {
    if !dist().join("index.html").exists() {
        bail!("there is no built page: run cargo xtask build first");
    }
    let node_dirs = ensure_node()?;
    npm_ci(&e2e_dir())?;
    // The page's results are held against the command's.
    run(&mut cargo(&["build", "--package", "carto-cli"]))?;
    let mut node = command("node");
    node.env("PATH", search_path(&node_dirs)?)
        .env("CARTO_CHROMIUM", chromium()?)
        .env("CARTO_URL", server::start(&dist(), 0)?);
    Ok(node)
}

fn e2e_dir() -> PathBuf {
    root().join("tests").join("e2e")
}

fn specs(names: &[String]) -> Result<Vec<PathBuf>> {
    let dir = e2e_dir();
    let mut specs = Vec::new();
    for entry in fs::read_dir(&dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let path = entry?.path();
        let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_wanted = names.is_empty() || names.iter().any(|name| file_name.contains(name));
        if file_name.ends_with(".spec.mjs") && is_wanted {
            specs.push(path);
        }
    }
    if specs.is_empty() {
        bail!("no file in tests/e2e ends in .spec.mjs and contains {}", names.join(" or "));
    }
    specs.sort();
    Ok(specs)
}
