//! Reading and writing `.osz` files, which are zip files.

mod archive;
mod directory;
mod end_record;
mod entry;
mod entry_reader;
mod error;
mod fields;
mod names;
mod rules;
mod shift_jis;
mod writer;

pub use archive::Archive;
pub use entry::Entry;
pub use error::{ArchiveError, DirectoryFault, EntryFault};
pub use names::{extracted_path, is_map, is_resource_fork};
pub use rules::ZipRules;
pub use writer::{crc32, write_archive};
