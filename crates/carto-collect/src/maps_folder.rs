use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::CollectError;
use crate::files::{part_name, write_whole};

const NAME: &str = "osu";

/// `osu/`: the maps themselves, `{id}.osu`, byte for byte as they are served.
#[derive(Debug)]
pub(crate) struct MapsFolder {
    path: PathBuf,
    /// Size of all that is in it.
    pub(crate) n_bytes: u64,
}

impl MapsFolder {
    /// Makes the folder, and removes what an interruption left half-written.
    ///
    /// # Errors
    ///
    /// A folder that cannot be read or written.
    pub(crate) fn open(folder: &Path) -> Result<Self, CollectError> {
        let path = folder.join(NAME);
        fs::create_dir_all(&path)
            .map_err(|source| CollectError::Unwritable { path: path.clone(), source })?;
        let n_bytes = clean(&path)
            .map_err(|source| CollectError::Unreadable { path: path.clone(), source })?;
        Ok(Self { path, n_bytes })
    }

    /// Whether a map is there. An empty file is not.
    pub(crate) fn has(&self, id: u64) -> bool {
        fs::metadata(self.path.join(name(id))).is_ok_and(|found| found.len() > 0)
    }

    /// Writes a map.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub(crate) fn add(&mut self, id: u64, bytes: &[u8]) -> Result<(), CollectError> {
        write_whole(&self.path, &name(id), bytes)?;
        self.n_bytes += bytes.len() as u64;
        Ok(())
    }
}

fn name(id: u64) -> String {
    format!("{id}.osu")
}

/// Removes our own unfinished files and measures the others.
fn clean(path: &Path) -> io::Result<u64> {
    let mut n_bytes = 0;
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if is_unfinished(&entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path())?;
        } else {
            n_bytes += entry.metadata()?.len();
        }
    }
    Ok(n_bytes)
}

fn is_unfinished(file_name: &str) -> bool {
    let id: String = file_name.chars().filter(char::is_ascii_digit).collect();
    file_name == part_name(&format!("{id}.osu"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_maps_count() {
        let folder = tempfile::tempdir().unwrap();
        let osu = folder.path().join(NAME);
        fs::create_dir(&osu).unwrap();
        fs::write(osu.join("1.osu"), "osu file format v14").unwrap();
        fs::write(osu.join("2.osu"), "").unwrap();
        fs::write(osu.join(".3.osu.part"), "osu file").unwrap();
        fs::write(osu.join("notes.part"), "mine").unwrap();
        let mut maps = MapsFolder::open(folder.path()).unwrap();
        assert_eq!([1, 2, 3].map(|id| maps.has(id)), [true, false, false]);
        assert_eq!(maps.n_bytes, 23);
        maps.add(2, b"osu").unwrap();
        assert!(maps.has(2));
        assert_eq!(maps.n_bytes, 26);
        assert_eq!(fs::read_dir(&osu).unwrap().count(), 3);
    }
}
