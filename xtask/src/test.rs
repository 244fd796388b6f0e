//! `cargo xtask test`: everything there is to test, from nothing but a checkout.

use anyhow::{Result, bail};

use crate::build::build;
use crate::check::{ALL_FEATURES, check_steps, wasm_tested_packages};
use crate::e2e::run_specs;
use crate::node::ensure_node;
use crate::process::{cargo, run, search_path};
use crate::runner_output::{Counts, run_counting};
use crate::size::size;
use crate::steps::Steps;
use crate::tools::{WASM_TARGET, wasm_bindgen};

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
    steps.test_step("native tests", native_tests)?;
    steps.test_step("wasm tests", wasm_tests)?;
    steps.step("page", build)?;
    steps.step("size of a first visit", size)?;
    steps.test_step("browser tests", |counts| run_specs(&[], counts))
}

fn native_tests(counts: &mut Counts) -> Result<()> {
    // Output of tests that pass is read, not shown: it says which were skipped.
    let mut tests = cargo(&["test", "--workspace", "--no-fail-fast", "--features", ALL_FEATURES]);
    run_counting(tests.args(["--", "--show-output"]), counts)?;
    expect_some(*counts, "native")
}

/// All golden latents of the full-size encoder; `test` takes a handful of them.
///
/// # Errors
///
/// Fails when one differs.
pub(crate) fn golden_latents() -> Result<()> {
    let args = ["test", "--package", "carto-models", "--test", "golden_latents"];
    run(cargo(&args).env("CARTO_ALL_LATENTS", "1"))
}

fn wasm_tests(counts: &mut Counts) -> Result<()> {
    let runner = wasm_bindgen()?.join("wasm-bindgen-test-runner");
    let mut tests = cargo(&["test", "--target", WASM_TARGET, "--test", "wasm"]);
    for package in wasm_tested_packages() {
        tests.args(["--package", package]);
    }
    tests
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("PATH", search_path(&ensure_node()?)?);
    run_counting(&mut tests, counts)?;
    expect_some(*counts, "wasm")
}

/// A run that finds no tests must not look like one in which they pass.
fn expect_some(counts: Counts, kind: &str) -> Result<()> {
    if counts.total() == 0 {
        bail!("found no {kind} tests");
    }
    Ok(())
}
