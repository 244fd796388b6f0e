//! Python with what the encoder's benchmark compares against.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::install::installed;
use crate::process::{command, run, succeeds};

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
pub(crate) fn with_onnx() -> Result<PathBuf> {
    python("bench-onnx", ONNX, "onnx", &[format!("onnx=={ONNX}"), format!("numpy=={NUMPY}")])
}

/// A Python that has PyTorch: several gigabytes, once for a machine.
///
/// # Errors
///
/// As [`with_onnx`], and where PyTorch has no build for this machine.
pub(crate) fn with_torch() -> Result<PathBuf> {
    python("bench-torch", TORCH, "torch", &[format!("torch=={TORCH}"), format!("numpy=={NUMPY}")])
}

fn python(name: &str, version: &str, module: &str, requirements: &[String]) -> Result<PathBuf> {
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
