//! The disk: files that are replaced as a whole, the lock of a folder, free space.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::CollectError;

/// Name of a file while it is written.
///
/// It begins with a dot and is in the same folder, so that the rename is atomic
/// and no reader of `*.osu` meets a half-written file.
pub(crate) fn part_name(name: &str) -> String {
    format!(".{name}.part")
}

/// Writes a file so that at any moment there is either the old one or the new one.
///
/// # Errors
///
/// [`CollectError::Unwritable`]; nothing is left of the new file then.
pub(crate) fn write_atomic(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), CollectError> {
    let path = folder.join(name);
    let part = folder.join(part_name(name));
    let written = write_synced(&part, bytes).and_then(|()| fs::rename(&part, &path));
    written.map_err(|source| {
        // What cannot be removed is removed by the next run.
        let _ = fs::remove_file(&part);
        CollectError::Unwritable { path, source }
    })
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    // Else a power cut can keep the rename and lose the bytes.
    file.sync_data()
}

/// Reads a file; `None` where there is none.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, CollectError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(CollectError::Unreadable { path: path.to_owned(), source }),
    }
}

/// Lock of a folder, for one run: two would write the same files.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Makes the folder and locks it, until the lock is dropped or the process ends.
    ///
    /// # Errors
    ///
    /// [`CollectError::InUse`], and a folder that cannot be written.
    pub(crate) fn take(folder: &Path) -> Result<Self, CollectError> {
        let unwritable = |path: PathBuf| move |source| CollectError::Unwritable { path, source };
        fs::create_dir_all(folder).map_err(unwritable(folder.to_owned()))?;
        let path = folder.join(".lock");
        let file = File::create(&path).map_err(unwritable(path.clone()))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(fs::TryLockError::WouldBlock) => {
                Err(CollectError::InUse { folder: folder.to_owned() })
            }
            Err(fs::TryLockError::Error(source)) => Err(unwritable(path)(source)),
        }
    }
}

/// Tells how much can still be written.
pub trait FreeSpace {
    /// Number of free bytes on the disk of a folder.
    ///
    /// # Errors
    ///
    /// Those of the system.
    fn free_bytes(&self, folder: &Path) -> io::Result<u64>;
}

/// The file system that a folder lies on.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemDisk;

impl FreeSpace for SystemDisk {
    fn free_bytes(&self, folder: &Path) -> io::Result<u64> {
        fs4::available_space(folder)
    }
}

/// Ends a run before the disk is full.
pub(crate) struct DiskGuard<'a> {
    pub(crate) disk: &'a (dyn FreeSpace + Sync),
    pub(crate) folder: PathBuf,
    pub(crate) min_free_bytes: u64,
}

impl DiskGuard<'_> {
    /// Number of free bytes on the disk, where they are enough.
    ///
    /// # Errors
    ///
    /// [`CollectError::DiskFull`], and a folder whose disk is not known.
    pub(crate) fn check(&self) -> Result<u64, CollectError> {
        let unreadable = |source| CollectError::Unreadable { path: self.folder.clone(), source };
        let free_bytes = self.disk.free_bytes(&self.folder).map_err(unreadable)?;
        if free_bytes < self.min_free_bytes {
            return Err(CollectError::DiskFull {
                folder: self.folder.clone(),
                free_mb: free_bytes / 1_000_000,
                min_mb: self.min_free_bytes / 1_000_000,
            });
        }
        Ok(free_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        write_atomic(folder.path(), "a", b"long before").unwrap();
        write_atomic(folder.path(), "a", b"new").unwrap();
        assert_eq!(read_if_there(&folder.path().join("a")).unwrap().unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        // A folder has the name.
        fs::create_dir_all(folder.path().join("a/b")).unwrap();
        let error = write_atomic(folder.path(), "a", b"new").unwrap_err();
        assert!(error.to_string().contains("a cannot be written"), "{error}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn one_run_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let lock = Lock::take(folder.path()).unwrap();
        assert!(matches!(Lock::take(folder.path()), Err(CollectError::InUse { .. })));
        drop(lock);
        Lock::take(folder.path()).unwrap();
    }
}
