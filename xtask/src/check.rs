//! `cargo xtask check`: what needs no running program.

use std::process::Command;

use anyhow::Result;

use crate::deps::deps;
use crate::deps_table::RULES;
use crate::process::{cargo, root, run};
use crate::steps::Steps;
use crate::tools::{WASM_TARGET, ensure_components, ensure_wasm_target};

/// Format, lints with warnings as errors, edges between crates.
///
/// # Errors
///
/// Names the first step that fails.
pub(crate) fn check() -> Result<()> {
    let mut steps = Steps::new();
    check_steps(&mut steps)
}

/// The same, as the first steps of a longer run.
pub(crate) fn check_steps(steps: &mut Steps) -> Result<()> {
    steps.step("toolchain", || ensure_components().and_then(|()| ensure_wasm_target()))?;
    steps.step("format", check_format)?;
    steps.step("clippy, native", || run(&mut native_clippy()))?;
    steps.step("clippy, wasm", || run(&mut wasm_clippy()))?;
    steps.step("edges between crates", deps)
}

fn check_format() -> Result<()> {
    run(&mut cargo(&["fmt", "--all", "--check"]))?;
    // The fuzz targets are a workspace of their own, for a nightly toolchain.
    if root().join("fuzz").join("Cargo.toml").exists() {
        run(&mut cargo(&["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]))?;
    }
    Ok(())
}

/// What is tested besides the defaults: the encoder as it is written down, in Burn.
pub(crate) const ALL_FEATURES: &str = "carto-models/plain,carto-models/gpu";

fn native_clippy() -> Command {
    let mut clippy = cargo(&["clippy", "--workspace", "--all-targets", "--features", ALL_FEATURES]);
    clippy.args(["--", "-D", "warnings"]);
    clippy
}

/// Tests other than `tests/wasm.rs` are native and need not build for wasm.
fn wasm_clippy() -> Command {
    let mut clippy = cargo(&["clippy", "--target", WASM_TARGET, "--lib", "--bins"]);
    for package in wasm_packages() {
        clippy.args(["--package", package]);
    }
    if !wasm_tested_packages().is_empty() {
        clippy.args(["--test", "wasm"]);
    }
    clippy.args(["--", "-D", "warnings"]);
    clippy
}

/// What ends up in the browser.
fn wasm_packages() -> impl Iterator<Item = &'static str> {
    RULES.iter().filter(|rule| rule.on_wasm).map(|rule| rule.package)
}

/// Packages with a `tests/wasm.rs`, which is where tests for wasm live.
pub(crate) fn wasm_tested_packages() -> Vec<&'static str> {
    let has_wasm_tests = |package: &&str| {
        let in_crates = root().join("crates").join(package);
        let dir = if in_crates.exists() { in_crates } else { root() };
        dir.join("tests").join("wasm.rs").exists()
    };
    wasm_packages().filter(has_wasm_tests).collect()
}
