//! Archives in, published tables out: the study, whoever runs it.
//!
//! The page's workers and the command call the same functions, in this
//! order, and so give the same files:
//!
//! 1. [`scan`] reads one archive or extracted set: its list of files and its `.osu` files.
//! 2. [`plan`] decides from the facts of all archives which maps are compared.
//!    Who made a difficulty it has from the scan ([`guess_owner`]) and from a person.
//! 3. [`compare_song`] encodes and compares the maps of one song.
//! 4. [`summarise`] makes tables and files of all songs.
//!
//! Where an encoder is at hand, latents are made by the same steps: [`signal_of_map`]
//! gives the signal of one map of a compared song, the encoder makes latents of
//! it, [`cross_correlate`] holds both against each other, [`compare_latents`]
//! compares those of one song, and [`summarise`] adds its tables and files. The
//! encoder itself is not known here.
//!
//! [`archive_signals`] gives the signals of all maps, for training.
//!
//! And [`demo_archives`], where there is nothing to read yet. Who runs them
//! decides on workers, files and clocks; nothing here knows of any.

mod cache_key;
mod demo;
mod index;
mod latents;
mod loaded_map;
mod map_latents;
mod mappers;
mod names;
mod outputs;
mod owners;
mod pack;
mod plan;
mod registry;
mod report;
mod representatives;
mod result;
mod run_statistics;
mod scan;
mod signal_cache;
mod signals;
mod song;
mod summary;
mod wanted_bytes;

pub use cache_key::{
    CacheKey, FileStamp, PROGRAM_STATE, are_facts_lasting, facts_key, is_outcome_lasting,
    outcome_key,
};
pub use carto_archive::MapSource;
pub use carto_beatmap::signal::BeatmapSignal;
pub use demo::{DEMO_SEED, DemoError, demo_archives};
pub use latents::{compare_latents, cross_correlate, signal_of_map};
pub use map_latents::map_latents;
pub use owners::guess_owner;
pub use pack::{open_pack, unpack};
pub use plan::plan;
pub use scan::scan;
pub use signals::{MapSignal, archive_signals};
pub use song::compare_song;
pub use summary::summarise;
pub use wanted_bytes::{DIRECTORY_BYTES, scan_ranges, song_ranges};
