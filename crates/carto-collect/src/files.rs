use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::CollectError;

/// The name that a file has until it is whole.
///
/// It begins with a dot and is in the same folder, so that the rename is one
/// step and no reader of `*.osu` takes a half for a whole.
pub(crate) fn part_name(name: &str) -> String {
    format!(".{name}.part")
}

/// Writes a file so that at any moment there is either the old one or the new one.
///
/// # Errors
///
/// [`CollectError::Unwritable`]; nothing is left of the new file then.
pub(crate) fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), CollectError> {
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

/// The bytes of a file; `None` where it is not there.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, CollectError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(CollectError::Unreadable { path: path.to_owned(), source }),
    }
}

/// Holds a folder for one run: two would write the same things twice.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Makes the folder and takes it. It is given back when the run ends,
    /// however it ends.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        write_whole(folder.path(), "a", b"long before").unwrap();
        write_whole(folder.path(), "a", b"new").unwrap();
        assert_eq!(read_if_there(&folder.path().join("a")).unwrap().unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        // A folder has the name.
        fs::create_dir_all(folder.path().join("a/b")).unwrap();
        let error = write_whole(folder.path(), "a", b"new").unwrap_err();
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
