//! Names the state of everything that decides what is read and compared, so that what an
//! earlier program kept is never taken for what this one would find.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Whose sources decide: beside the versions of all that they use.
const CRATES: [&str; 7] = [
    "carto-agreement",
    "carto-archive",
    "carto-beatmap",
    "carto-evidence",
    "carto-features",
    "carto-study",
    "carto-types",
];

fn main() -> io::Result<()> {
    let crates = Path::new("..");
    let mut hasher = DefaultHasher::new();
    let lock = crates.join("../Cargo.lock");
    println!("cargo::rerun-if-changed={}", lock.display());
    fs::read(lock)?.hash(&mut hasher);
    for name in CRATES {
        let folder = crates.join(name).join("src");
        println!("cargo::rerun-if-changed={}", folder.display());
        for file in files(&folder)? {
            fs::read(file)?.hash(&mut hasher);
        }
    }
    println!("cargo::rustc-env=CARTO_SOURCES={:016x}", hasher.finish());
    Ok(())
}

/// All files below a folder, in order.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}
