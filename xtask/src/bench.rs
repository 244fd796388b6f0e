//! `cargo xtask bench`: benchmarks, on the processor and in the browser.

use anyhow::{Result, bail};

use crate::bench_encoder;
use crate::browser::run_script;
use crate::page::build;
use crate::process::{cargo, run};

/// The benchmark that watches the memory of the page in a browser.
const MEMORY: &str = "memory";
/// The encoder on every path there is.
const ENCODER: &str = "encoder";
/// Measures other programs beside the encoder, which installs them first.
const PEERS: &str = "--peers";

/// Runs the benchmarks whose names contain one of `names`, or all of them.
///
/// # Errors
///
/// Passes on the first that fails.
pub(crate) fn bench(names: &[String]) -> Result<()> {
    let (flags, names): (Vec<&String>, Vec<&String>) =
        names.iter().partition(|name| name.starts_with('-'));
    let has_peers = !flags.is_empty();
    if let Some(unknown) = flags.iter().find(|flag| **flag != PEERS) {
        bail!("bench knows {PEERS}, for the encoder, and no {unknown}");
    }
    if names.is_empty() {
        run(&mut cargo(&["bench", "--workspace"]))?;
        memory()?;
        return bench_encoder::bench_encoder(has_peers);
    }
    for name in names {
        match name.as_str() {
            MEMORY => memory()?,
            ENCODER => bench_encoder::bench_encoder(has_peers)?,
            name => run(&mut cargo(&["bench", "--workspace", "--", name]))?,
        }
    }
    Ok(())
}

fn memory() -> Result<()> {
    build()?;
    run_script("memory.mjs")
}
