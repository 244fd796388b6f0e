//! Where the bytes of an archive or a map lie.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use carto_types::PackedArchive;

/// A file on disk, or an archive inside a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    path: PathBuf,
    packed: Option<PackedArchive>,
}

impl Place {
    /// A file of its own.
    pub(crate) fn file(path: PathBuf) -> Self {
        Self { path, packed: None }
    }

    /// An archive inside the pack at `path`.
    pub(crate) fn packed(path: PathBuf, archive: PackedArchive) -> Self {
        Self { path, packed: Some(archive) }
    }

    /// The file on disk: a pack's where it is inside of one.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Tells archives inside one pack apart; empty for a file of its own.
    pub(crate) fn inner(&self) -> String {
        self.packed.as_ref().map_or_else(String::new, |archive| format!("{archive:?}"))
    }

    /// Opens it; one that is compressed in its pack is unpacked into memory.
    ///
    /// # Errors
    ///
    /// Whatever keeps the file from being opened, or the archive from being unpacked.
    pub(crate) fn open(&self) -> io::Result<OpenFile> {
        let file = File::open(&self.path)?;
        let Some(archive) = &self.packed else { return Ok(OpenFile::Whole(file)) };
        if let Some(start) = archive.stored_at {
            let part = Part { file, start, n_bytes: archive.size_bytes, position: 0 };
            return Ok(OpenFile::Part(part));
        }
        let mut bytes = Vec::new();
        carto_study::unpack(file, archive, &mut bytes)
            .map_err(|issue| io::Error::other(issue.message))?;
        Ok(OpenFile::Unpacked(Cursor::new(bytes)))
    }
}

/// An archive or a map, opened.
#[derive(Debug)]
pub(crate) enum OpenFile {
    Whole(File),
    /// An archive that is stored in a pack.
    Part(Part),
    /// One that was compressed there.
    Unpacked(Cursor<Vec<u8>>),
}

impl Read for OpenFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Whole(file) => file.read(buffer),
            Self::Part(part) => part.read(buffer),
            Self::Unpacked(bytes) => bytes.read(buffer),
        }
    }
}

impl Seek for OpenFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::Whole(file) => file.seek(to),
            Self::Part(part) => part.seek(to),
            Self::Unpacked(bytes) => bytes.seek(to),
        }
    }
}

/// A part of a file, as a file of its own.
#[derive(Debug)]
pub(crate) struct Part {
    file: File,
    start: u64,
    n_bytes: u64,
    position: u64,
}

impl Read for Part {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_left = self.n_bytes.saturating_sub(self.position);
        let n_wanted = usize::try_from(n_left).map_or(buffer.len(), |n| n.min(buffer.len()));
        if n_wanted == 0 {
            return Ok(0);
        }
        self.file.seek(SeekFrom::Start(self.start + self.position))?;
        let n_read = self.file.read(&mut buffer[..n_wanted])?;
        self.position += n_read as u64;
        Ok(n_read)
    }
}

impl Seek for Part {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.n_bytes.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_file_ends_where_it_should() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pack.zip");
        std::fs::write(&path, b"before|the part|behind").unwrap();
        let archive = |stored_at| PackedArchive {
            path: "pack.zip/one.osz".to_owned(),
            entry_idx: 0,
            size_bytes: 8,
            stored_at,
        };
        let mut part = Place::packed(path.clone(), archive(Some(7))).open().unwrap();
        let mut read = |from: SeekFrom| {
            part.seek(from).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            text
        };
        assert_eq!(read(SeekFrom::Start(0)), "the part");
        assert_eq!(read(SeekFrom::End(-4)), "part");
        assert_eq!(read(SeekFrom::Current(-2)), "rt");
        assert_eq!(read(SeekFrom::Start(100)), "");
        let error = Place::packed(path, archive(None)).open().unwrap_err();
        assert!(error.to_string().contains("no beatmap archive"), "{error}");
    }
}
