//! `cargo xtask bench`: benchmarks, on the processor and in the browser.

use anyhow::Result;

use crate::build::build;
use crate::e2e::run_script;
use crate::process::{cargo, run};

/// The benchmark that watches the memory of the page in a browser.
const MEMORY: &str = "memory";

/// Runs the benchmarks whose names contain one of `names`, or all of them.
///
/// # Errors
///
/// Passes on the first that fails.
pub(crate) fn bench(names: &[String]) -> Result<()> {
    if names.is_empty() {
        run(&mut cargo(&["bench", "--workspace"]))?;
        return memory();
    }
    for name in names {
        if name == MEMORY {
            memory()?;
        } else {
            run(&mut cargo(&["bench", "--workspace", "--", name]))?;
        }
    }
    Ok(())
}

fn memory() -> Result<()> {
    build()?;
    run_script("memory.mjs")
}
