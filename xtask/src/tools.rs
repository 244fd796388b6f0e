//! The parts of the toolchain: the wasm target, rustfmt, clippy.

use std::path::Path;

use anyhow::{Context, Result};

use crate::process::{capture, cargo, command, run, succeeds};

/// The target of everything that runs in the browser.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Adds the wasm target to the toolchain where rustup has not done so by itself.
///
/// # Errors
///
/// Says what to install where there is no rustup.
pub(crate) fn ensure_wasm_target() -> Result<()> {
    let rustc = || command(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let sysroot = capture(rustc().args(["--print", "sysroot"]))?;
    let library = Path::new(sysroot.trim()).join("lib").join("rustlib").join(WASM_TARGET);
    if library.join("lib").is_dir() {
        return Ok(());
    }
    run(command("rustup").args(["target", "add", WASM_TARGET])).with_context(|| {
        format!("the toolchain cannot build for {WASM_TARGET}: install that target and try again")
    })
}

/// Adds rustfmt and clippy where rustup has not done so by itself.
///
/// # Errors
///
/// Says what to install where there is no rustup.
pub(crate) fn ensure_components() -> Result<()> {
    let missing: Vec<&str> = [("fmt", "rustfmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(subcommand, _)| !succeeds(&mut cargo(&[subcommand, "--version"])))
        .map(|(_, component)| component)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    run(command("rustup").args(["component", "add"]).args(&missing))
        .with_context(|| format!("the toolchain lacks {}: install it", missing.join(" and ")))
}
