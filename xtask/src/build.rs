//! The release page: fonts, Trunk, then what Trunk leaves undone.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::fonts::copy_fonts;
use crate::node::{binaryen, ensure_node};
use crate::postbuild::finish_page;
use crate::process::{cargo, command, root, run, search_path};
use crate::tools::{ensure_wasm_target, trunk, wasm_bindgen};

/// Where the built page lies.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// `cargo xtask build`: the page, or with `--finish` only what follows Trunk, on
/// the `dist/` that is there.
///
/// # Errors
///
/// Passes on the first step that fails.
pub(crate) fn build_command(args: &[String]) -> Result<()> {
    match args {
        [] => build(),
        [flag] if flag == "--finish" => finish_page(&dist()),
        _ => bail!("build takes --finish and nothing else"),
    }
}

/// Builds the release page into `dist/`, installing what is missing first.
///
/// # Errors
///
/// Passes on the first step that fails.
pub(crate) fn build() -> Result<()> {
    ensure_wasm_target()?;
    let mut tool_dirs = ensure_node()?;
    tool_dirs.extend([trunk()?, wasm_bindgen()?, binaryen()?]);
    copy_fonts()?;
    // Trunk runs offline, cargo under it too, so that nothing comes from anywhere else.
    run(&mut cargo(&["fetch"]))?;
    remove_old_snippets()?;

    let mut build = command("trunk");
    build.arg("build").env("PATH", search_path(&tool_dirs)?);
    if std::env::var_os("NO_COLOR").is_some() {
        // Trunk reads this as a boolean and stops at the customary "1".
        build.env("NO_COLOR", "true");
    }
    run(&mut build)?;
    finish_page(&dist())
}

/// Trunk copies every snippet that any earlier build left in the target folder.
fn remove_old_snippets() -> Result<()> {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |dir| root().join(dir));
    let snippets = target.join("wasm-bindgen").join("release").join("snippets");
    if snippets.exists() {
        fs::remove_dir_all(&snippets)
            .with_context(|| format!("cannot remove {}", snippets.display()))?;
    }
    Ok(())
}
