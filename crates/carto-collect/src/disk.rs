use std::io;
use std::path::{Path, PathBuf};

use crate::error::CollectError;

/// Knows how much can still be written.
pub trait FreeSpace {
    /// Free bytes where a folder is.
    ///
    /// # Errors
    ///
    /// What the system says.
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
    /// Free bytes, where they are enough.
    ///
    /// # Errors
    ///
    /// [`CollectError::DiskFull`], and a folder that says nothing of its disk.
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
