//! Files that commands read and write, and folders that they make.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, Result};

/// The bytes of a file; of one that is larger than it may be a byte more than that, so that it is
/// refused and not read.
///
/// # Errors
///
/// In words that name the file.
pub(crate) fn read_bytes(path: &Path, max_bytes: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(max_bytes as u64 + 1).read_to_end(&mut bytes))
        .with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(bytes)
}

/// Makes a folder and those above it where they are not there yet.
///
/// # Errors
///
/// In words that name the folder.
pub(crate) fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).with_context(|| format!("{} cannot be made", path.display()))
}

/// Writes a file that is there as a whole or not at all: into a temporary file in the same
/// folder, which then takes the name.
///
/// A link stays one: the file that it leads to is replaced. What is no file, as
/// `/dev/stdout`, is written in place. Both are why this is not `tempfile`'s `persist`,
/// which replaces whatever has the name, by a file that only its owner may read.
///
/// # Errors
///
/// In words that name the file; what stood there before is kept then.
pub(crate) fn write_atomic(path: &Path, bytes: &[u8]) -> Result<()> {
    let written = match fs::metadata(path) {
        Ok(found) if found.is_file() => {
            fs::canonicalize(path).and_then(|place| replace(&place, bytes))
        }
        Ok(_) => fs::write(path, bytes),
        Err(_) => replace(path, bytes),
    };
    written.with_context(|| format!("{} cannot be written", path.display()))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or(path.as_os_str()));
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(name);
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // What is left of the attempt; that it is there is no second error.
        let _ = fs::remove_file(&beside);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        write_atomic(&path, b"long before").unwrap();
        write_atomic(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let error = write_atomic(&folder.path().join("nowhere/a.csv"), b"new").unwrap_err();
        assert!(error.to_string().contains("a.csv cannot be written"), "{error}");
        assert!(write_atomic(folder.path(), b"new").is_err(), "a folder is no file");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let [path, link] = ["a.csv", "link.csv"].map(|name| folder.path().join(name));
        write_atomic(&path, b"before").unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        write_atomic(&link, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert!(link.is_symlink());
        write_atomic(Path::new("/dev/null"), b"new").unwrap();
        assert!(!Path::new("/dev/null").is_file());
    }
}
