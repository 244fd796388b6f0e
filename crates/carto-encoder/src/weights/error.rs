use carto_archive::zip::{DirectoryFault, EntryFault};

use super::pickle::PickleError;
use crate::ConfigError;

/// Why a file gives no encoder. Texts do not name the file: who opened it does.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WeightsError {
    /// Nothing in the file at all.
    #[error("the file is empty: download it again")]
    Empty,
    /// Some other kind of file.
    #[error("neither a PyTorch checkpoint nor a safetensors file")]
    UnknownFormat,
    /// The form that torch wrote before it used zip.
    #[error("saved by a torch older than 1.6: save it again with a newer one")]
    LegacyTorch,
    /// What a checkout without Git LFS has in the file's place.
    #[error("a Git LFS pointer and not the file itself: fetch it with `git lfs pull`")]
    LfsPointer,
    /// The file ends before it is complete.
    #[error("the file ends early: download it again")]
    CutShort,
    /// A zip file of something else.
    #[error("a zip file, but no PyTorch checkpoint: there is no data.pkl in it")]
    NotACheckpoint,
    /// The zip directory contradicts itself.
    #[error("the zip file is damaged ({0}): download it again")]
    Directory(DirectoryFault),
    /// An entry that is no tensor's cannot be read.
    #[error("{entry}: {fault}")]
    Entry {
        /// Name of the entry in the zip file.
        entry: String,
        /// What is wrong with the entry.
        fault: EntryFault,
    },
    /// The numbers of a tensor cannot be read.
    #[error("`{key}` ({entry}): {fault}")]
    Storage {
        /// Key of the tensor.
        key: String,
        /// Name of the tensor's storage in the zip file.
        entry: String,
        /// What is wrong with the entry.
        fault: EntryFault,
    },
    /// The numbers of a tensor are not in the zip file.
    #[error("`{key}`: its numbers are missing, there is no {entry}")]
    MissingStorage {
        /// Key of the tensor.
        key: String,
        /// Name that its storage should have.
        entry: String,
    },
    /// A storage that is not as large as the pickle says.
    #[error("`{key}`: its storage has {found} bytes instead of {expected}")]
    StorageSize {
        /// Key of the tensor.
        key: String,
        /// Bytes by the pickle.
        expected: u64,
        /// Bytes by the zip directory.
        found: u64,
    },
    /// A tensor that reaches beyond its own storage.
    #[error("`{key}` reaches beyond the end of its storage")]
    OutsideStorage {
        /// Key of the tensor.
        key: String,
    },
    /// The pickle cannot be read.
    #[error("data.pkl: {0}")]
    Pickle(#[from] PickleError),
    /// A byte order that is neither `little` nor `big`.
    #[error("byte order {found:?} is unknown")]
    ByteOrder {
        /// What the file says.
        found: String,
    },
    /// The header of a safetensors file is no such header.
    #[error("the safetensors header is damaged: {reason}")]
    Header {
        /// What the reader of JSON says.
        reason: String,
    },
    /// Two tensors of one name.
    #[error("`{key}` is there twice")]
    DuplicateKey {
        /// Key of the tensor.
        key: String,
    },
    /// A tensor whose bytes lie outside of the file, overlap the tensor before,
    /// or are not as many as its shape needs.
    #[error("`{key}` cannot stand at bytes {start} to {end}: {fault}")]
    Offsets {
        /// Key of the tensor.
        key: String,
        /// First byte, from the end of the header.
        start: u64,
        /// One behind the last byte.
        end: u64,
        /// What is wrong with the place.
        fault: OffsetsFault,
    },
    /// A later version of this program's own format.
    #[error("written by a newer version of this program (format {version}): update it")]
    NewerFormat {
        /// What the file says.
        version: String,
    },
    /// No tensor of that name.
    #[error("`{key}` is missing")]
    MissingKey {
        /// Key of the tensor.
        key: String,
    },
    /// A tensor that such an encoder does not have.
    #[error("`{key}` does not belong to this architecture")]
    UnexpectedKey {
        /// Key of the tensor.
        key: String,
    },
    /// Something else in the place of a tensor.
    #[error("`{key}` is no tensor")]
    NotATensor {
        /// Key of the tensor.
        key: String,
    },
    /// A tensor of other sizes.
    #[error("`{key}` has shape {found:?} instead of {expected:?}")]
    WrongShape {
        /// Key of the tensor.
        key: String,
        /// The shape that follows from the hyperparameters.
        expected: Vec<usize>,
        /// The shape in the file.
        found: Vec<usize>,
    },
    /// Numbers that are no floats of 16, 32 or 64 bits.
    #[error("`{key}` has numbers of type {dtype}, which no encoder has")]
    Dtype {
        /// Key of the tensor.
        key: String,
        /// The type, as the file calls it.
        dtype: String,
    },
    /// A NaN, an infinity, or a double too large for a float.
    #[error("`{key}` has {value} at {index}")]
    NotFinite {
        /// Key of the tensor.
        key: String,
        /// Place in the tensor, row-major.
        index: usize,
        /// What stands there.
        value: f32,
    },
    /// A number too large for 16 bits.
    #[error("`{key}` has {value}, which is too large for half precision: convert without it")]
    HalfOverflow {
        /// Key of the tensor.
        key: String,
        /// The number.
        value: f32,
    },
    /// The numbers are not those that the file was written with.
    #[error("the weights are damaged: sha256 {found} instead of {expected}")]
    Sha256 {
        /// The sha256 in the header.
        expected: String,
        /// The sha256 of the tensors.
        found: String,
    },
    /// A hyperparameter of another kind than expected.
    #[error("hyper-parameter `{name}` is no positive whole number or list of them")]
    HyperParameter {
        /// The hyperparameter, as checkpoints call it.
        name: &'static str,
    },
    /// Parameters that are out of range.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// More than [`super::WeightsLimits`] allows.
    #[error("{what}: {found}, limit is {limit}")]
    TooLarge {
        /// What there is too much of, with the unit.
        what: &'static str,
        /// How much, or the part of it that was looked at.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// Bytes were handed in that are not of this file.
    #[error("{n_bytes} bytes at {start} are more than the file has")]
    BadPiece {
        /// Offset where they should stand.
        start: u64,
        /// How many bytes.
        n_bytes: usize,
    },
    /// The zip reader failed in another way.
    #[error(transparent)]
    Archive(carto_archive::ArchiveError),
    /// The source itself failed.
    #[error("it could not be read: {0}")]
    Io(#[from] std::io::Error),
}

/// What is wrong with the place of a tensor in a safetensors file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OffsetsFault {
    /// The end lies before the start.
    #[error("they are reversed")]
    Reversed,
    /// The bytes lie behind the end of the file.
    #[error("the file ends earlier, download it again")]
    OutsideFile,
    /// The bytes begin before the tensor in front of it ends.
    #[error("another tensor stands there")]
    Overlap,
    /// There are not as many bytes as the shape needs.
    #[error("its shape needs another number of bytes")]
    Size,
}
