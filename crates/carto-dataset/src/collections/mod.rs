//! Collections that people keep in files: labels without any service.

mod collection;
mod collection_db;
mod error;
mod osdb;
mod reader;

pub use collection::{Collection, CollectionMap};
pub use collection_db::read_collection_db;
pub use error::CollectionError;
pub use osdb::read_osdb;
