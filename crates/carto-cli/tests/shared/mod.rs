//! The command, and where the goldens of the published pipeline lie.
#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests may fail loudly"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// Runs the command.
pub(crate) fn carto(args: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_carto")).args(args).output().unwrap()
}

/// A folder beside the checkout; `None`, with a line on stderr, where it is not there.
pub(crate) fn folder(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name);
    if path.is_dir() {
        Some(path)
    } else {
        eprintln!("skipped: ../shared/{name} is not there");
        None
    }
}

pub(crate) fn json(path: &Path) -> Value {
    // The published program writes bare NaN tokens (quirk 67).
    let text = std::fs::read_to_string(path).unwrap().replace("NaN", "null");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
