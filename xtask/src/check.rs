//! `cargo xtask check`: what needs no running program.

use std::process::Command;

use anyhow::Result;

use crate::circles::circles;
use crate::deps::deps;
use crate::install::{WASM_TARGET, ensure_components, ensure_wasm_target};
use crate::process::{cargo, root, run};
use crate::report::Steps;

/// Format, edges between crates and files, lints with warnings as errors.
///
/// # Errors
///
/// Names the first step that fails.
pub(crate) fn check() -> Result<()> {
    let mut steps = Steps::new();
    check_steps(&mut steps)?;
    steps.step("lint, native", || run(&mut native_clippy()))?;
    steps.step("lint, the command as installed", || run(&mut command_clippy()))?;
    steps.step("lint, wasm", || run(&mut wasm_clippy()))
}

/// What a longer run begins with too; there, lints come with the tests.
pub(crate) fn check_steps(steps: &mut Steps) -> Result<()> {
    steps.step("toolchain", || ensure_components().and_then(|()| ensure_wasm_target()))?;
    steps.step("format", check_format)?;
    steps.step("edges between crates", deps)?;
    steps.step("circles between files", circles)
}

fn check_format() -> Result<()> {
    run(&mut cargo(&["fmt", "--all", "--check"]))?;
    // The fuzz targets are a workspace of their own, for a nightly toolchain.
    if root().join("fuzz").join("Cargo.toml").exists() {
        run(&mut cargo(&["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]))?;
    }
    Ok(())
}

/// What is tested of libraries besides the defaults: the encoder as it is written down in
/// Burn, training, and the kernels. Drivers of graphics processors are left out: without one they
/// have nothing to test, and they take minutes to compile.
pub(crate) const FEATURES_OF_LIBRARIES: &str =
    "carto-encoder/reference,carto-encoder/gpu,carto-classifier/train,carto-features/maps";

/// With what the command has only when it is asked for.
pub(crate) fn tested_features() -> String {
    format!("{FEATURES_OF_LIBRARIES},carto-cli/train,carto-cli/gpu-code")
}

fn native_clippy() -> Command {
    let mut clippy = cargo(&["clippy", "--workspace", "--all-targets", "--features"]);
    clippy.arg(tested_features()).args(["--", "-D", "warnings"]);
    clippy
}

/// The command as it is installed.
fn command_clippy() -> Command {
    cargo(&["clippy", "--package", "carto-cli", "--all-targets", "--", "-D", "warnings"])
}

/// Crates with code that is compiled for wasm alone; all other code of the page is
/// linted natively.
const WASM_ONLY: [&str; 3] = ["carto-bench-wasm", "carto-encoder", "carto-encoder-worker"];

/// Lints what only the browser runs.
pub(crate) fn wasm_clippy() -> Command {
    let mut clippy = cargo(&["clippy", "--target", WASM_TARGET, "--lib", "--bins"]);
    for package in WASM_ONLY {
        clippy.args(["--package", package]);
    }
    clippy.args(["--features", "carto-encoder/gpu", "--", "-D", "warnings"]);
    clippy
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::page::files::read_folder;

    #[test]
    fn every_crate_with_code_for_wasm_alone_is_linted_there() {
        let mut found = Vec::new();
        for entry in fs::read_dir(root().join("crates")).unwrap() {
            let folder = entry.unwrap();
            let files = read_folder(&folder.path().join("src")).unwrap();
            let mut texts = files.values().map(|bytes| String::from_utf8_lossy(bytes));
            if texts.any(|text| text.contains("target_arch = \"wasm32\"")) {
                found.push(folder.file_name().to_string_lossy().into_owned());
            }
        }
        found.sort();
        let mut linted = WASM_ONLY.map(str::to_owned);
        linted.sort();
        assert_eq!(found, linted);
        // What `osu-cartography` itself has of it would be missed.
        let own = read_folder(&root().join("src")).unwrap();
        assert!(own.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("wasm32")));
    }
}
