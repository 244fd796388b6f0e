//! The files of the page, before they are written.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// Files by name, relative to the page's address, with `/` between folders.
#[derive(Debug, Default)]
pub(crate) struct PageFiles(BTreeMap<String, Vec<u8>>);

impl PageFiles {
    /// # Errors
    ///
    /// Two files may not have one name.
    pub(crate) fn insert(&mut self, name: impl Into<String>, bytes: Vec<u8>) -> Result<()> {
        let name = name.into();
        if self.0.contains_key(&name) {
            bail!("two files of the page have the name {name}");
        }
        self.0.insert(name, bytes);
        Ok(())
    }

    /// Adds a file under a name that changes with its content, so that a new page never
    /// meets an old file out of a cache; returns that name.
    ///
    /// # Errors
    ///
    /// As [`Self::insert`].
    pub(crate) fn insert_versioned(&mut self, name: &str, bytes: Vec<u8>) -> Result<String> {
        let versioned = versioned(name, &content_hash(&bytes));
        self.insert(versioned.clone(), bytes)?;
        Ok(versioned)
    }

    /// Adds all files below `dir`, under their paths in it.
    ///
    /// # Errors
    ///
    /// Names the file or folder that cannot be read.
    pub(crate) fn insert_folder(&mut self, dir: &Path) -> Result<()> {
        for (name, bytes) in read_folder(dir)? {
            self.insert(name, bytes)?;
        }
        Ok(())
    }

    /// # Errors
    ///
    /// Where there is no file of that name.
    pub(crate) fn take(&mut self, name: &str) -> Result<Vec<u8>> {
        self.0.remove(name).with_context(|| format!("the page has no file {name}"))
    }

    /// Names and bytes, sorted by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// Makes `dir` hold these files and no others. A file that is there already with
    /// the same bytes is left alone.
    ///
    /// # Errors
    ///
    /// Names the file that cannot be written or removed.
    pub(crate) fn write_to(&self, dir: &Path) -> Result<()> {
        fs::create_dir_all(dir).with_context(|| format!("cannot create {}", dir.display()))?;
        let present = read_folder(dir)?;
        for name in present.keys().filter(|name| !self.0.contains_key(*name)) {
            let path = dir.join(name);
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
        for (name, bytes) in &self.0 {
            if present.get(name) != Some(bytes) {
                write(&dir.join(name), bytes)?;
            }
        }
        Ok(())
    }
}

/// `NAME-HASH.EXTENSION`.
fn versioned(name: &str, hash: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{hash}.{extension}"),
        None => format!("{name}-{hash}"),
    }
}

/// FNV-1a, 64 bits, as 16 hexadecimal digits: names a version, proves nothing.
pub(crate) fn content_hash(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// SHA-256 as 64 hexadecimal digits.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// SHA-256 as a policy writes it.
pub(crate) fn sha256_base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(Sha256::digest(bytes))
}

/// All files below `dir` by their paths in it; files that start with a dot are left out.
///
/// # Errors
///
/// Names the file or folder that cannot be read.
pub(crate) fn read_folder(dir: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    collect(dir, "", &mut files)?;
    Ok(files)
}

fn collect(dir: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else {
            let bytes = fs::read(entry.path()).with_context(|| format!("cannot read {name}"))?;
            files.insert(name, bytes);
        }
    }
    Ok(())
}

/// Reads a text.
///
/// # Errors
///
/// Names the file.
pub(crate) fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file, and the folders that it lies in.
///
/// # Errors
///
/// Names the file.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(dir) = path.parent() {
        fs::create_dir_all(dir).with_context(|| format!("cannot create {}", dir.display()))?;
    }
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_as_published() {
        // Test vectors of the FNV authors.
        assert_eq!(content_hash(b""), "cbf29ce484222325");
        assert_eq!(content_hash(b"foobar"), "85944171f73967e8");
        // FIPS 180-2, appendix B.1.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_hex(b"abc"), expected);
    }

    #[test]
    fn a_version_stands_before_the_extension() {
        let mut files = PageFiles::default();
        let name = files.insert_versioned("published/figures.bin", b"foobar".to_vec()).unwrap();
        assert_eq!(name, "published/figures-85944171f73967e8.bin");
        assert_eq!(versioned("LICENSE", "1"), "LICENSE-1");
    }

    #[test]
    fn one_name_is_given_once() {
        let mut files = PageFiles::default();
        files.insert("a", vec![1]).unwrap();
        assert!(files.insert("a", vec![1]).is_err());
    }

    #[test]
    fn a_folder_holds_what_was_written_last_and_nothing_else() {
        let dir = std::env::temp_dir().join(format!("xtask-files-{}", std::process::id()));
        let mut files = PageFiles::default();
        files.insert("index.html", b"old".to_vec()).unwrap();
        files.insert("icons/a.png", b"a".to_vec()).unwrap();
        files.write_to(&dir).unwrap();
        let mut files = PageFiles::default();
        files.insert("index.html", b"new".to_vec()).unwrap();
        files.insert("fonts/b.woff2", b"b".to_vec()).unwrap();
        files.write_to(&dir).unwrap();
        let written = read_folder(&dir).unwrap();
        assert_eq!(written.keys().collect::<Vec<_>>(), ["fonts/b.woff2", "index.html"]);
        assert_eq!(written["index.html"], b"new");
        fs::remove_dir_all(dir).unwrap();
    }
}
