//! Beatmap archives: what is inside an `.osz`, and how long its audio is. And what a set
//! holds that lies extracted in a folder: [`MapSource`] is either.
//!
//! Everything works on any [`std::io::Read`] + [`std::io::Seek`]: a file, a
//! `File` of the page read by slices, or memory. Only the central directory and
//! the entries that are asked for are read, nothing is written anywhere, and
//! every number that comes from the outside is held against [`Limits`].
//!
//! The zip container is read here and not through the `zip` crate, for three
//! reasons. The published pipeline is Python's `zipfile`, whose rules (which
//! end record counts, names in cp437, entries of the same name) decide what it
//! sees. `zip` 9.4.1 builds the whole directory before anyone can refuse it.
//! And it searches the whole file when the directory is not where it should be,
//! which in the page means reading all of a damaged archive. The tests hold
//! both against each other.

pub mod audio;
pub mod zip;

mod limits;
mod map_source;
mod set_folder;

pub use audio::{
    AudioError, AudioFormat, AudioLength, AudioWarning, measure, published_accepts_name,
};
pub use limits::Limits;
pub use map_source::{MapSource, SetFiles, read_map_file};
pub use set_folder::SetFolder;
pub use zip::{
    Archive, ArchiveError, Entry, EntryFault, ZipRules, crc32, extracted_path, is_map,
    is_resource_fork, write_archive,
};
