use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::ops::Range;

use carto_archive::{Archive, ArchiveError, Limits};

use super::error::WeightsError;
use super::limits::WeightsLimits;
use super::sparse::{SparseBytes, SparseCursor, Stop};

/// What is asked for at the end of the file: the directory of the published
/// checkpoint, 484 entries, takes 31 KB.
const TAIL_BYTES: u64 = 64 << 10;

/// The zip file of a checkpoint, all of whose entries stand in one folder.
#[derive(Debug)]
pub(super) struct TorchZip<'a> {
    bytes: &'a SparseBytes,
    archive: Archive<SparseCursor<'a>>,
    folder: String,
    pickle_index: usize,
    /// The last of each name, as Python takes it.
    index_by_name: BTreeMap<String, usize>,
    /// By index.
    spans: Vec<Range<u64>>,
}

impl<'a> TorchZip<'a> {
    /// Reads the directory, for which the end of the file is needed.
    pub(super) fn open(bytes: &'a SparseBytes, limits: &WeightsLimits) -> Result<Self, Stop> {
        let size_bytes = bytes.size_bytes();
        let tail = size_bytes.saturating_sub(TAIL_BYTES)..size_bytes;
        bytes.need([tail])?;
        let limits = Limits {
            max_total_bytes: limits.max_storage_bytes.saturating_add(limits.max_pickle_bytes),
            ..Limits::default()
        };
        let archive = Archive::open(bytes.cursor(), "", &limits);
        let archive = archive.map_err(|error| stop(bytes, error))?;
        let index_by_name: BTreeMap<_, _> =
            archive.entries().iter().map(|entry| (entry.name.clone(), entry.index)).collect();
        // `archive/data.pkl`; deeper ones belong to other formats.
        let pickle = index_by_name.iter().find_map(|(name, &index)| {
            let folder = name.strip_suffix("data.pkl")?;
            let is_folder = folder.is_empty() || folder.find('/') == Some(folder.len() - 1);
            is_folder.then(|| (folder.to_owned(), index))
        });
        let (folder, pickle_index) = pickle.ok_or(WeightsError::NotACheckpoint)?;
        let spans = archive.spans();
        Ok(Self { bytes, archive, folder, pickle_index, index_by_name, spans })
    }

    /// The entry that describes all others.
    pub(super) fn pickle_index(&self) -> usize {
        self.pickle_index
    }

    /// The entry of that name in the checkpoint's folder.
    pub(super) fn index_of(&self, name: &str) -> Option<usize> {
        self.index_by_name.get(&format!("{}{name}", self.folder)).copied()
    }

    /// Bytes of the file that are enough to read an entry.
    pub(super) fn span(&self, index: usize) -> Range<u64> {
        self.spans.get(index).cloned().unwrap_or_default()
    }

    /// Declared size of an entry after decompression.
    pub(super) fn size_bytes(&self, index: usize) -> u64 {
        self.archive.entries().get(index).map_or(0, |entry| entry.size_bytes)
    }

    /// Reads an entry whole and holds it against its checksum.
    pub(super) fn entry(&mut self, index: usize, max_bytes: u64) -> Result<Vec<u8>, Stop> {
        self.archive.read_entry(index, max_bytes).map_err(|error| stop(self.bytes, error))
    }
}

/// The zip reader's words without the file's name, which ours do not have.
fn stop(bytes: &SparseBytes, error: ArchiveError) -> Stop {
    let error = match error {
        ArchiveError::Io { error, .. } if error.kind() == ErrorKind::WouldBlock => {
            return bytes.after_gap();
        }
        ArchiveError::Io { error, .. } => WeightsError::Io(error),
        ArchiveError::CutShort { .. } => WeightsError::CutShort,
        ArchiveError::Directory { fault, .. } => WeightsError::Directory(fault),
        ArchiveError::Entry { entry, fault, .. } => WeightsError::Entry { entry, fault },
        error => WeightsError::Archive(error),
    };
    error.into()
}
