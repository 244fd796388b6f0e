//! `cargo xtask bench`: benchmarks, on the processor and in the browser, with one table of the
//! encoder on every path there is, and of its peers.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::browser::run_script;
use crate::install::{WASM_TARGET, ensure_wasm_target, installed};
use crate::node::node;
use crate::page::bindings::{bind, optimise};
use crate::page::build;
use crate::process::{cargo, command, root, run, succeeds, target_dir};
use crate::system::chromium;

/// The benchmark that watches the memory of the page in a browser.
const MEMORY: &str = "memory";
/// Whole libraries, on the page and by the command.
const LIBRARY: &str = "library";
/// The encoder on every path there is.
const ENCODER: &str = "encoder";
/// Measures other programs beside the encoder, which installs them first.
const PEERS: &str = "--peers";

/// Runs the benchmarks whose names contain one of `names`, or all of them.
///
/// Numbers among them are how many archives a library has, in the place of as many as the
/// study has, and how many folders another one.
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
    let (sizes, names): (Vec<&String>, Vec<&String>) =
        names.into_iter().partition(|name| name.parse::<u32>().is_ok());
    if !sizes.is_empty() && names.iter().all(|name| *name != LIBRARY) {
        bail!("a number belongs to {LIBRARY}: cargo xtask bench {LIBRARY} 200");
    }
    if names.is_empty() {
        run(&mut cargo(&["bench", "--workspace"]))?;
        memory()?;
        return bench_encoder(has_peers);
    }
    for name in names {
        match name.as_str() {
            MEMORY => memory()?,
            LIBRARY => library(&sizes)?,
            ENCODER => bench_encoder(has_peers)?,
            name => run(&mut cargo(&["bench", "--workspace", "--", name]))?,
        }
    }
    Ok(())
}

fn memory() -> Result<()> {
    build()?;
    run_script("memory.mjs", &[])
}

/// - `sizes`: how many archives, and how many folders of extracted sets
fn library(sizes: &[&String]) -> Result<()> {
    build()?;
    run(&mut cargo(&["build", "--release", "-p", "carto-cli"]))?;
    let sizes: Vec<String> = sizes.iter().map(|size| (*size).clone()).collect();
    run_script("library.mjs", &sizes)
}

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
fn bench_encoder(has_peers: bool) -> Result<()> {
    ensure_wasm_target()?;
    let dir = target_dir().join("bench-encoder");
    fs::create_dir_all(&dir).with_context(|| format!("cannot create {}", dir.display()))?;
    let scripts = root().join("tests").join("bench");
    let mut node = node(&scripts)?;
    let native = build_native()?;
    let weights = dir.join("encoder.safetensors");
    run(command(&native).arg("write").arg(&weights))?;
    build_wasm(&dir)?;

    node.arg(scripts.join("encoder.mjs"))
        .env("CARTO_CHROMIUM", chromium()?)
        .env("CARTO_BENCH_DIR", &dir)
        .env("CARTO_BENCH_NATIVE", &native);
    if has_peers {
        let python = python_with_onnx()?;
        let script = scripts.join("python").join("export_onnx.py");
        run(command(python).arg("-B").arg(script).arg(&weights).arg(dir.join("encoder.onnx")))?;
        node.env("CARTO_BENCH_PEERS", "yes");
        match python_with_torch() {
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
    bind(built, program, false, dir)?;
    let relaxed = (program == "bench-relaxed").then_some("--enable-relaxed-simd");
    let args: Vec<&str> =
        ["-O3", "--low-memory-unused"].into_iter().chain(WASM_FEATURES).chain(relaxed).collect();
    optimise(&dir.join(format!("{program}_bg.wasm")), &args)
}

/// Writes the encoder as a graph for other programs.
const ONNX: &str = "1.23.2";
const NUMPY: &str = "2.4.6";
/// What the published program runs on.
const TORCH: &str = "2.7.1";

/// A Python that has the package `onnx`.
///
/// # Errors
///
/// Says what to install where there is no Python.
fn python_with_onnx() -> Result<PathBuf> {
    install_python(
        "bench-onnx",
        ONNX,
        "onnx",
        &[format!("onnx=={ONNX}"), format!("numpy=={NUMPY}")],
    )
}

/// A Python that has PyTorch: several gigabytes, once for a machine.
///
/// # Errors
///
/// As [`python_with_onnx`], and where PyTorch has no build for this machine.
fn python_with_torch() -> Result<PathBuf> {
    install_python(
        "bench-torch",
        TORCH,
        "torch",
        &[format!("torch=={TORCH}"), format!("numpy=={NUMPY}")],
    )
}

fn install_python(
    name: &str,
    version: &str,
    module: &str,
    requirements: &[String],
) -> Result<PathBuf> {
    let bin = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    let home = installed(name, version, Path::new(bin), |partial| {
        println!("installing {} from the Python package index", requirements.join(" and "));
        run(command(system_python()?).args(["-m", "venv"]).arg(partial))?;
        let python = partial.join(bin);
        let quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        run(command(&python).args(quiet).args(requirements))?;
        run(command(&python).args(["-c", &format!("import {module}")]))
    })?;
    Ok(home.join(bin))
}

fn system_python() -> Result<&'static str> {
    let found = ["python3", "python"].into_iter().find(|name| {
        succeeds(command(name).args(["-c", "import sys, venv; assert sys.version_info >= (3, 11)"]))
    });
    match found {
        Some(name) => Ok(name),
        None => bail!(
            "the peers of the benchmark need Python 3.11 or later with venv \
             (Debian: apt-get install python3-venv)"
        ),
    }
}
