//! What every web worker of the page has: a loop around messages, dropped files
//! as readers, panics that are named before they end the worker.
//!
//! A worker says that it is [ready](carto_protocol::Answer::ready) once, then does
//! one job after another, each answered before the page sends the next. The page
//! stops it by ending the worker, so nothing here needs to be interruptible. What
//! they say to each other is each program's own: a [`Question`](carto_protocol::Question)
//! and an [`Answer`](carto_protocol::Answer).
//!
//! Dropped files are read by slices, synchronously, as only workers may.

mod blocks;
mod body;
mod fetch;
mod file_source;
mod message;
mod panics;
mod port;

pub use body::read_pieces;
pub use fetch::{FetchError, fetch};
pub use file_source::{FileSource, open};
pub use port::{post, serve};
