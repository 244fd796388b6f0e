//! `cargo xtask test`: everything there is to test, from nothing but a checkout.

use anyhow::Result;

use crate::browser::{run_node_tests, run_specs};
use crate::check::{check_steps, wasm_clippy};
use crate::native_tests::{compile_command, compile_with_lints, run_programs};
use crate::page::build;
use crate::process::{cargo, run};
use crate::report::Steps;
use crate::size::size;

/// Runs all steps up to the first that fails; the last line sums up the tests.
///
/// # Errors
///
/// Names the first step that fails.
pub(crate) fn test() -> Result<()> {
    let mut steps = Steps::new();
    let result = all_steps(&mut steps);
    if let Err(error) = &result {
        println!("{error:#}");
    }
    steps.print_summary();
    match result {
        Ok(()) => Ok(()),
        Err(_) => std::process::exit(1), // Said above; the summary stays the last line.
    }
}

fn all_steps(steps: &mut Steps) -> Result<()> {
    steps.step("lock file", || run(&mut cargo(&["fetch", "--locked"])))?;
    check_steps(steps)?;
    let programs = steps.step("compile and lint, native", compile_with_lints)?;
    steps.step("lint, wasm", || run(&mut wasm_clippy()))?;
    steps.test_step("native tests", |report| run_programs(&programs, report))?;
    steps.step("the command as installed", compile_command)?;
    steps.step("page", build)?;
    steps.step("size of a first visit", size)?;
    steps.test_step("script tests", run_node_tests)?;
    steps.test_step("browser tests", |report| run_specs(&[], &[], report))
}

/// All golden latents of the full-size encoder; `test` takes a handful of them.
///
/// # Errors
///
/// Fails when one differs.
pub(crate) fn golden_latents() -> Result<()> {
    let args = ["test", "--package", "carto-encoder", "--test", "golden_latents"];
    run(cargo(&args).env("CARTO_ALL_LATENTS", "1"))
}
