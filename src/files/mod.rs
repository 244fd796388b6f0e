//! What a person dropped or picked, as a flat list of files.
//!
//! Nothing is read here: a `File` is a handle, and its bytes are read in the
//! worker, by slices.

mod drop;
mod dropped;
mod folders;
pub(crate) mod kept_folder;

pub(crate) use drop::{from_drop, from_early_drop};
pub(crate) use dropped::{Dropped, DroppedFile};
