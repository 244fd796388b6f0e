//! `cargo xtask bench encoder`: one table of the encoder on every path there is,
//! and of its peers.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::bench_python;
use crate::node::{ensure_node, npm_ci};
use crate::page::bindings::{bind, optimise};
use crate::process::{cargo, command, root, run, search_path, target_dir};
use crate::system::chromium;
use crate::tools::{WASM_TARGET, ensure_wasm_target};

const PACKAGE: &str = "carto-bench-wasm";
const WASM_PROGRAMS: [&str; 3] = ["bench-simd128", "bench-relaxed", "bench-webgpu"];
/// Built apart from the others, which its feature would weigh down with Burn.
const FLEX_PROGRAM: &str = "bench-flex";
/// All of it is compiled for speed and for SIMD: Burn's loops do not choose their
/// instructions themselves, as ours do.
const FLEX_OPTIONS: [&str; 6] = [
    "--features",
    "flex",
    "--config",
    "profile.web.opt-level=3",
    "--config",
    "target.wasm32-unknown-unknown.rustflags=['-C', 'target-feature=+simd128']",
];
const NATIVE_PROGRAM: &str = "bench-native";

/// What is compiled for speed, as in the page; what is generic over instructions
/// is compiled where it is used, so that counts too.
const FAST_PACKAGES: [&str; 3] = ["carto-encoder", "pulp", PACKAGE];

/// Of WebAssembly, what wasm-opt may meet in all programs; relaxed SIMD is named
/// for that program alone, so that it is refused in the others.
const WASM_FEATURES: [&str; 7] = [
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-reference-types",
];

/// Builds the programs, measures all sides round after round, prints the table.
///
/// - `has_peers`: onnxruntime-web and, where it can be installed, PyTorch too
///
/// # Errors
///
/// Passes on the first step that fails; a goal that is missed is no failure.
pub(crate) fn bench_encoder(has_peers: bool) -> Result<()> {
    ensure_wasm_target()?;
    let node_dirs = ensure_node()?;
    let dir = target_dir().join("bench-encoder");
    fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
    let scripts = root().join("tests").join("bench");
    npm_ci(&scripts)?;
    let native = build_native()?;
    let weights = dir.join("encoder.safetensors");
    run(command(&native).arg("write").arg(&weights))?;
    build_wasm(&dir)?;

    let mut node = command("node");
    node.arg(scripts.join("encoder.mjs"))
        .env("PATH", search_path(&node_dirs)?)
        .env("CARTO_CHROMIUM", chromium()?)
        .env("CARTO_BENCH_DIR", &dir)
        .env("CARTO_BENCH_NATIVE", &native);
    if has_peers {
        let python = bench_python::with_onnx()?;
        let script = scripts.join("python").join("export_onnx.py");
        run(command(python).arg("-B").arg(script).arg(&weights).arg(dir.join("encoder.onnx")))?;
        node.env("CARTO_BENCH_PEERS", "yes");
        match bench_python::with_torch() {
            Ok(python) => {
                node.env("CARTO_BENCH_TORCH", python);
            }
            Err(error) => println!("without PyTorch: {error:#}"),
        }
    }
    run(&mut node)
}

fn build_native() -> Result<PathBuf> {
    run(&mut cargo(&["build", "--release", "--package", PACKAGE, "--bin", NATIVE_PROGRAM]))?;
    let name = format!("{NATIVE_PROGRAM}{}", std::env::consts::EXE_SUFFIX);
    Ok(target_dir().join("release").join(name))
}

/// As the page's programs are built, each into its own file of `dir`.
fn build_wasm(dir: &Path) -> Result<()> {
    build_programs(&WASM_PROGRAMS, &[], dir)?;
    build_programs(&[FLEX_PROGRAM], &FLEX_OPTIONS, dir)
}

fn build_programs(programs: &[&str], more: &[&str], dir: &Path) -> Result<()> {
    let mut build = cargo(&["build", "--profile", "web", "--target", WASM_TARGET]);
    build.args(["--package", PACKAGE]).args(more);
    for package in FAST_PACKAGES {
        build.arg("--config").arg(format!("profile.web.package.{package}.opt-level=3"));
    }
    for program in programs {
        build.args(["--bin", program]);
    }
    run(&mut build)?;
    for program in programs {
        let built = target_dir().join(WASM_TARGET).join("web").join(format!("{program}.wasm"));
        finish_wasm(&built, program, dir)?;
    }
    Ok(())
}

fn finish_wasm(built: &Path, program: &str, dir: &Path) -> Result<()> {
    bind(built, program, dir)?;
    let relaxed = (program == "bench-relaxed").then_some("--enable-relaxed-simd");
    let args: Vec<&str> =
        ["-O3", "--low-memory-unused"].into_iter().chain(WASM_FEATURES).chain(relaxed).collect();
    optimise(&dir.join(format!("{program}_bg.wasm")), &args)
}
