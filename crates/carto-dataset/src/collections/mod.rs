//! Collections that people keep in files: labels without any service, read and written.

mod collection;
mod collection_db;
mod collection_db_writer;
mod error;
mod of_labels;
mod osdb;
mod osdb_writer;
mod reader;
mod writer;
mod written;

pub use collection::{Collection, CollectionMap};
pub use collection_db::read_collection_db;
pub use collection_db_writer::{GrownCollectionDb, add_to_collection_db, write_collection_db};
pub use error::CollectionError;
pub use of_labels::collections_of_labels;
pub use osdb::read_osdb;
pub use osdb_writer::write_osdb;
pub use written::write_collections;
