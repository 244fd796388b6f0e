//! What stands between a compiled program and the browser: wasm-bindgen and wasm-opt.

use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::node::{binaryen, ensure_node};
use crate::process::{command, run, search_path};

/// Writes `NAME.js` and `NAME_bg.wasm` into `out`, and the snippets of JavaScript that
/// its crates brought with them.
///
/// - `is_split`: whether it has chunks, which put their functions into its table
///
/// # Errors
///
/// Names a program that is not one, or was compiled with another wasm-bindgen.
pub(crate) fn bind(compiled: &Path, name: &str, is_split: bool, out: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(compiled).out_name(name).typescript(false);
    // A worker's script finds its program by itself.
    bindgen.omit_default_module_path(false);
    // The table is one of those exports.
    bindgen.keep_lld_exports(is_split);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(out))
        .with_context(|| format!("cannot bind {}", compiled.display()))
}

/// Runs wasm-opt on `wasm`, in place. It reads from the program which features the
/// compiler turned on: a program that says nothing of them must name them in `args`.
///
/// # Errors
///
/// Passes on a failure of npm and of wasm-opt.
pub(crate) fn optimise(wasm: &Path, args: &[&str]) -> Result<()> {
    let mut optimise = command(binaryen()?.join("wasm-opt"));
    optimise.args(args).arg(wasm).arg("--output").arg(wasm);
    run(optimise.env("PATH", search_path(&ensure_node()?)?))
}
