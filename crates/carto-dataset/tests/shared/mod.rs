//! Where the goldens of the published classifier lie.
#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests may fail loudly")]

use std::path::{Path, PathBuf};

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
