//! Labelled beatmaps as a table: where labels come from, what a row holds, how
//! much labels overlap, and how rows are parted for training.
//!
//! ```text
//! labels of maps ──> appearances: first label, further ones, duplicates ──┐
//! API answers ──┐                                                         ├──> Dataset <──> CSV
//! .osu ─────────┴──> numbers of COLUMNS ──────────────────────────────────┘      │
//!                                                     overlap, split by song, rows with mods
//! maps with a classifier's labels ──> collections ──> collection.db, .osdb, MD5 sums as JSON
//! ```
//!
//! A function of its arguments: no file system, network, clock or browser, and
//! no model. Rows keep the order in which labels name them, so the same input
//! gives the same bytes.

mod api;
mod appearances;
mod augment;
mod cell;
mod collections;
mod error;
mod join;
mod limits;
mod mods;
mod overlap;
mod read;
mod split;
mod table;
mod write;

pub use api::{ApiBeatmap, ApiBeatmapSet, ApiError, genre_name};
pub use appearances::{Appearance, Further, Labelled, LabelledMap, clean_label};
pub use augment::rows_with_mods;
pub use carto_features::{COLUMNS, Md5Sum, Mods};
pub use carto_random::Parts;
pub use cell::Cell;
pub use collections::{
    Collection, CollectionError, CollectionMap, GrownCollectionDb, add_to_collection_db,
    collections_of_labels, read_collection_db, read_osdb, write_collection_db, write_collections,
    write_osdb,
};
pub use error::DatasetError;
pub use limits::Limits;
pub use overlap::{LabelCounts, Overlap, Pair};
pub use split::{song_key, song_keys, split_by_song};
pub use table::{Dataset, Row};
