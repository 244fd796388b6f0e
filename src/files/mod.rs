//! What a person dropped or picked: files, and the sets that lie in folders.
//!
//! Nothing is read here: a `File` is a handle, and its bytes are read in the
//! worker, by slices.

mod drop;
mod dropped;
mod folders;
pub(crate) mod kept_folder;
pub(crate) mod kept_run;
mod script;

pub(crate) use drop::{from_drop, from_early_drop, from_objects};
pub(crate) use dropped::{Dropped, DroppedFile, DroppedSet};
