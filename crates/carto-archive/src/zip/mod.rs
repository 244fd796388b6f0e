//! Reading and writing `.osz` files, which are zip files.

mod archive;
mod directory;
mod end_record;
mod entry;
mod entry_reader;
mod error;
mod fields;
mod names;
mod writer;

pub use archive::Archive;
pub use entry::Entry;
pub use error::{ArchiveError, DirectoryFault, EntryFault};
pub use names::is_map;
pub use writer::write_archive;
