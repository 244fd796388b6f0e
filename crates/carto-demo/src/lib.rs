//! Synthetic beatmaps: the demo set of the page and of `carto demo`.
//!
//! From a seed come a dozen songs, each mapped by some of five invented mappers
//! who agree to a degree that is [planted](PlantedAgreement), and audio with a
//! click on every beat. So the demo needs no file, and Track A can be tested
//! against a truth that is known.
//!
//! The way of the data: a song's grid gives its beats and
//! sections; a common plan and a mapper's own say what happens on each quarter
//! beat and are blended by the agreement; objects are placed on the playfield; text
//! and audio are written. Everything is arithmetic, `libm` and
//! one seeded generator: the same bytes on every platform.

mod catalogue;
mod click_track;
mod config;
mod demo;
mod grid;
mod mapper_profile;
mod mappers;
mod mp3_frame;
mod object_placer;
mod osu_text;
mod plan;
mod playfield;
mod rng;
mod slider;

#[cfg(test)]
mod tests;

pub use click_track::{click_track, click_track_samples};
pub use config::{DemoConfig, PlantedAgreement};
pub use demo::{DemoArchive, DemoMap, demo_archives, demo_maps};
