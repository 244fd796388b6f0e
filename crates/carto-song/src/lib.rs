//! Two maps of a song over time, on the clock of the first.
//!
//! [`SongMap`] is a map as it is compared here, [`SongPair`] two of them at a lag. What it says of
//! them is plain data: [`SongPair::over_time`] has bars, sections, agreement through the song with
//! the reach of whole-bar shifts, and moments; [`SongPair::strips`] the nine channels of both with
//! what drawing them takes. [`SongPair::agreement`] is the r of any stretch, and every other r
//! comes from it: that of windows and moments, and that of the whole song, which equals what
//! `carto-evidence` says of the pair. [`song_latents`] adds what an encoder made of both, and
//! [`latents_of_stretch`] is the r of each latent on any stretch.
//!
//! A function of its arguments, sums in one order: the page and the command give the same numbers.

mod bar_products;
mod bars;
mod latents;
mod map;
mod moments;
mod over_time;
mod pair;
mod pyramid;
mod reach;
mod sections;
mod windows;

pub use latents::{LatentsError, latents_of_stretch, song_latents};
pub use map::SongMap;
pub use pair::{SongError, SongPair, pair_lag};
