//! A run's figures: files, links, tables, comparisons.
//!
//! Everything is done with [`RunResult`], which may come from a result file
//! ([`read_result`]), from files of the published layouts ([`read_any`]), or from a
//! run. Nothing here reads a file or asks a clock.

mod any;
mod check;
mod empty;
mod error;
mod file;
#[cfg(test)]
mod fixtures;
mod link;
pub mod published;
mod shown;
mod statistics;

pub use any::read_any;
pub use carto_protocol::RunResult;
pub use error::ResultError;
pub use file::{read_result, write_result};
pub use link::{link_fragment, read_link};
pub use shown::shown;
pub use statistics::{Matrices, class_counts, class_of, synthesis_of};
