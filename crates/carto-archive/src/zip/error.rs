//! What can be wrong with an archive, in words that name the file.

use crate::audio::AudioError;

/// Why an archive or one of its entries could not be read.
///
/// An `Entry` or `Audio` error concerns one entry only; the others can still be
/// read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// Nothing in the file at all.
    #[error("{archive} is empty: download it again")]
    Empty {
        /// Name of the archive.
        archive: String,
    },
    /// Some other kind of file.
    #[error("{archive} is no beatmap archive: an .osz is a zip file, and this is not")]
    NotZip {
        /// Name of the archive.
        archive: String,
    },
    /// An archive that another program made.
    #[error(
        "{archive} is a {format} archive, and an .osz is a zip file: unpack it, and take the files in it"
    )]
    OtherFormat {
        /// Name of the archive.
        archive: String,
        /// What it is.
        format: &'static str,
    },
    /// The file begins like a zip file, but the directory at its end is missing.
    #[error("{archive} ends early: download it again")]
    CutShort {
        /// Name of the archive.
        archive: String,
    },
    /// The central directory contradicts itself.
    #[error("{archive} is damaged ({fault}): download it again")]
    Directory {
        /// Name of the archive.
        archive: String,
        /// What is wrong with the directory.
        fault: DirectoryFault,
    },
    /// One entry cannot be read.
    #[error("{archive}: {entry}: {fault}")]
    Entry {
        /// Name of the archive.
        archive: String,
        /// Name of the entry.
        entry: String,
        /// What is wrong with the entry.
        fault: EntryFault,
    },
    /// The length of an audio entry cannot be found.
    #[error("{archive}: {entry}: {error}")]
    Audio {
        /// Name of the archive.
        archive: String,
        /// Name of the entry.
        entry: String,
        /// What is wrong with the audio.
        error: AudioError,
    },
    /// The caller asked for an entry that is not there.
    #[error("{archive} has {n_entries} entries, number {index} was asked for")]
    NoSuchEntry {
        /// Name of the archive.
        archive: String,
        /// The index that was asked for.
        index: usize,
        /// How many there are.
        n_entries: usize,
    },
    /// The source itself failed, for example a disk or a withdrawn permission.
    #[error("{archive} could not be read: {error}")]
    Io {
        /// Name of the archive.
        archive: String,
        /// What the source said.
        error: std::io::Error,
    },
    /// A file of an extracted set failed.
    #[error("{set}: {file} cannot be read: {error}")]
    File {
        /// Name of the set.
        set: String,
        /// Path below the folder of the set.
        file: String,
        /// What the source said.
        error: std::io::Error,
    },
    /// A file to be written is larger than a zip without extensions can hold.
    #[error("{entry} is too large to be written: {size_bytes} bytes")]
    TooLargeToWrite {
        /// Name of the entry, or of the whole archive.
        entry: String,
        /// Size of the file.
        size_bytes: usize,
    },
}

/// What is wrong with a central directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DirectoryFault {
    /// The directory is said to begin before the file does, or to reach beyond the end.
    #[error("its directory is not where it should be")]
    Misplaced,
    /// An entry does not begin with the signature of an entry.
    #[error("directory entry {index} is not one")]
    BadSignature {
        /// Counted from 0.
        index: usize,
    },
    /// An entry reaches beyond the end of the directory.
    #[error("directory entry {index} is cut off")]
    CutShort {
        /// Counted from 0.
        index: usize,
    },
    /// The archive is one of several volumes.
    #[error("it is one part of a split archive")]
    SplitArchive,
    /// More entries than [`crate::Limits::max_entries`].
    #[error("more than {limit} files in it")]
    TooManyEntries {
        /// The limit.
        limit: usize,
    },
    /// Larger than [`crate::Limits::max_directory_bytes`].
    #[error("its directory takes {size_bytes} bytes, limit is {limit_bytes}")]
    TooLarge {
        /// Declared size.
        size_bytes: u64,
        /// The limit.
        limit_bytes: u64,
    },
}

/// What is wrong with one entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EntryFault {
    /// The entry needs a password.
    #[error("it is encrypted: pack the archive again without a password")]
    Encrypted,
    /// Neither stored nor deflated.
    #[error("compression method {method} is not supported: pack the archive again as plain zip")]
    UnsupportedMethod {
        /// Number of the method in the zip specification (12 bzip2, 14 lzma, ...).
        method: u16,
    },
    /// There is no local header where the directory says.
    #[error("it is not where the directory says: download the archive again")]
    Misplaced,
    /// The archive ends inside the entry.
    #[error("it ends early: download the archive again")]
    CutShort,
    /// The deflate stream is invalid.
    #[error("its compressed data is damaged: download the archive again")]
    BadDeflate,
    /// The checksum differs.
    #[error("its checksum is wrong: download the archive again")]
    BadChecksum,
    /// Larger than the caller's limit.
    #[error("it is larger than {limit_bytes} bytes")]
    TooLarge {
        /// The limit.
        limit_bytes: u64,
    },
    /// Inflates further than [`crate::Limits::max_ratio`] allows.
    #[error("it inflates to more than {limit} times its size, as only a zip bomb does")]
    RatioTooHigh {
        /// The limit.
        limit: u64,
    },
    /// Everything read from this archive together passes [`crate::Limits::max_total_bytes`].
    #[error("the archive inflates to more than {limit_bytes} bytes in total")]
    TotalTooLarge {
        /// The limit.
        limit_bytes: u64,
    },
}
