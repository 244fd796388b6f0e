//! An extracted set.

use std::io::{self, Read, Seek, SeekFrom};

use crate::audio::{AudioError, AudioLength, measure};
use crate::limits::Limits;
use crate::zip::{ArchiveError, EntryFault};

/// The folder that a set was extracted into; each file is opened when it is read.
pub struct SetFolder<'a, S> {
    name: String,
    limits: Limits,
    paths: Vec<String>,
    open: Box<dyn FnMut(usize) -> io::Result<S> + 'a>,
}

impl<'a, S: Read + Seek> SetFolder<'a, S> {
    /// - `name`: what errors call the set
    /// - `paths`: of its files below the folder, with `/`, ascending
    /// - `open`: opens the file at a place of `paths`
    pub fn new(
        name: &str,
        limits: &Limits,
        paths: Vec<String>,
        open: Box<dyn FnMut(usize) -> io::Result<S> + 'a>,
    ) -> Self {
        Self { name: name.to_owned(), limits: *limits, paths, open }
    }

    /// Paths of its files below the folder, ascending.
    #[must_use]
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// Reads one file whole; at most `max_bytes`.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::File`] for a file that cannot be opened or read,
    /// [`ArchiveError::Entry`] for one that is too large, [`ArchiveError::NoSuchEntry`].
    pub fn read_file(&mut self, index: usize, max_bytes: u64) -> Result<Vec<u8>, ArchiveError> {
        let mut bytes = Vec::new();
        let file = self.file(index)?;
        file.take(max_bytes.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| self.file_error(index, error))?;
        if bytes.len() as u64 > max_bytes {
            let fault = EntryFault::TooLarge { limit_bytes: max_bytes };
            let (archive, entry) = (self.name.clone(), self.path(index));
            return Err(ArchiveError::Entry { archive, entry, fault });
        }
        Ok(bytes)
    }

    /// Measures the audio in one file, whatever its name, in constant memory.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::Audio`] where the audio cannot be measured, otherwise as
    /// [`Self::read_file`].
    pub fn audio_length(&mut self, index: usize) -> Result<AudioLength, ArchiveError> {
        let mut file = self.file(index)?;
        let size_bytes = file
            .seek(SeekFrom::End(0))
            .and_then(|size_bytes| file.rewind().map(|()| size_bytes))
            .map_err(|error| self.file_error(index, error))?;
        measure(file, size_bytes, &self.limits).map_err(|error| match error {
            AudioError::Read(error) => self.file_error(index, error),
            error => {
                let (archive, entry) = (self.name.clone(), self.path(index));
                ArchiveError::Audio { archive, entry, error }
            }
        })
    }

    fn file(&mut self, index: usize) -> Result<S, ArchiveError> {
        if index >= self.paths.len() {
            let (archive, n_entries) = (self.name.clone(), self.paths.len());
            return Err(ArchiveError::NoSuchEntry { archive, index, n_entries });
        }
        (self.open)(index).map_err(|error| self.file_error(index, error))
    }

    fn file_error(&self, index: usize, error: io::Error) -> ArchiveError {
        ArchiveError::File { set: self.name.clone(), file: self.path(index), error }
    }

    fn path(&self, index: usize) -> String {
        self.paths.get(index).cloned().unwrap_or_default()
    }
}
