//! A run's figures: files, links, tables, comparisons.
//!
//! Everything is done with [`RunResult`], which may come from a result file
//! ([`read_result`]), from files of the published layouts ([`read_any`]), or from a
//! run. Nothing here reads a file or asks a clock.

mod changes;
mod check;
mod compare;
mod crossval;
mod error;
mod evidence_file;
mod evidence_methods;
mod export;
mod figures;
mod file;
#[cfg(test)]
mod fixtures;
mod html;
mod link;
mod mapper;
mod methods;
pub mod published;
mod shown;
mod song_files;
mod song_latents;
mod song_series;
mod tables;

pub use carto_types::RunResult;
pub use changes::{Change, changes, changes_html};
pub use compare::{Compared, Comparison, Figure, compare, compare_html};
pub use crossval::{cross_validation_part, read_text};
pub use error::ResultError;
pub use export::{RESULT_FILE, ResultFiles, export_files, labelled, pack_files};
pub use figures::figures;
pub use file::{read_any, read_result, write_result};
pub use html::escaped;
pub use link::{make_link, read_link};
pub use mapper::{mapper_figures, mapper_files};
pub use methods::methods;
pub use shown::{shown, usual_name};
pub use song_files::{SONG_FIGURE, song_files, song_svg};
pub use song_latents::SONG_LATENTS_FIGURE;
pub use tables::tables;
