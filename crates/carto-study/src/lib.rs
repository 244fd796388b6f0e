//! Archives in, published tables out: the study, whoever runs it.
//!
//! The page's workers and the command call the same functions, in this
//! order, and so give the same files:
//!
//! 1. [`scan`] reads one archive or extracted set: its list of files and its `.osu` files.
//! 2. [`plan`] decides from the facts of all archives which maps are compared.
//!    Who made a difficulty it has from the scan ([`guess_owner`]) and from a person.
//!    [`plan_evidence`] adds what their evidence needs. Where a caller wants it (the feature
//!    `audio`), `hear_song` adds what the recordings say of the lags.
//! 3. [`compare_song`] encodes and compares the maps of one song, and says how much of the agreement
//!    of a pair is more than a shared grid.
//! 4. [`summarise`] makes tables and files of all songs.
//!
//! Where an encoder is at hand, latents are made by the same steps: [`signal_of_map`]
//! gives the signal of one map of a compared song, the encoder makes latents of
//! it, [`cross_correlate`] holds both against each other, [`compare_latents`]
//! compares those of one song, and [`summarise`] adds its tables and files. For their evidence
//! [`compare_latents_as_is`] takes where both maps have begun, and [`signals_on_bars`] gives the
//! encoder both maps of a pair once more, bar by bar, for [`compare_bar_pair`]. The
//! encoder itself is not known here.
//!
//! [`map_values_of_song`] gives the numbers of the maps of a song, from which `carto-mapper` makes
//! the fingerprint of a mapper, and [`moments_of_pair`] where two of them differ most; [`planned_maps`]
//! says who mapped a song before anything is read. For means of latents the encoder reads what
//! [`latent_signal_of_map`] gives, and [`add_latent_means`] keeps what comes of it.
//!
//! [`archive_signals`] gives the signals of all maps, for training.
//!
//! [`plan_of_two`] plans any two difficulties of a song, whether or not the plan compares them, and
//! [`read_song_map`] reads one of them with all that its file says.
//!
//! And [`demo_archives`], where there is nothing to read yet, and [`read_single_map`] for
//! one that stands alone. Who runs them
//! decides on workers, files and clocks; nothing here knows of any.

mod alignment;
mod bar_pairs;
mod bounded_cache;
mod cache_key;
mod demo;
mod evidence_plan;
#[cfg(feature = "audio")]
mod hearing;
mod index;
mod latent_means;
mod latents;
mod loaded_map;
mod map_latents;
mod map_values;
mod mappers;
mod names;
mod other_songs;
mod outputs;
mod owners;
mod pack;
mod plan;
mod planned_maps;
mod registry;
mod report;
mod representatives;
mod result;
mod run_evidence;
mod run_statistics;
mod scan;
mod signal_cache;
mod signals;
mod single_map;
mod song;
mod song_evidence;
mod summary;
mod two_maps;
mod wanted_bytes;

pub use bar_pairs::{compare_bar_pair, signals_on_bars};
pub use cache_key::{
    CacheKey, FileStamp, PROGRAM_STATE, are_facts_lasting, facts_key, is_outcome_lasting,
    outcome_key,
};
pub use carto_archive::MapSource;
pub use carto_beatmap::signal::BeatmapSignal;
pub use carto_evidence::SignalsOnBars;
pub use carto_mapper::LatentSignal;
pub use demo::{DEMO_SEED, DemoError, demo_archives};
pub use evidence_plan::plan_evidence;
#[cfg(feature = "audio")]
pub use hearing::hear_song;
pub use latent_means::{add_latent_means, latent_signal_of_map};
pub use latents::{compare_latents, compare_latents_as_is, cross_correlate, signal_of_map};
pub use loaded_map::read_song_map;
pub use map_latents::map_latents;
pub use map_values::{add_moments, map_values_of_song, moments_of_pair};
pub use other_songs::{OtherSongs, add_other_songs};
pub use owners::guess_owner;
pub use pack::{open_pack, unpack};
pub use plan::plan;
pub use planned_maps::planned_maps;
pub use scan::scan;
pub use signals::{MapSignal, archive_signals};
pub use single_map::{read_osu_map, read_single_map};
pub use song::compare_song;
pub use summary::summarise;
pub use two_maps::plan_of_two;
pub use wanted_bytes::{DIRECTORY_BYTES, scan_ranges, song_ranges};
