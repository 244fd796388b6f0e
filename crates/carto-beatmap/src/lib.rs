//! From the bytes of a beatmap to its nine channels.
//!
//! Everything here is a function of its arguments: no file, clock, log,
//! browser or unseeded random source. Transcendental functions come from
//! `libm` and sums run in a fixed order, so the page and the command give the
//! same bytes for the same input.
//!
//! [`published::read`] or [`osu::read`] turn bytes into a [`beatmap::Beatmap`],
//! and [`signal::encode`] turns that into nine channels.

pub mod beatmap;
pub mod limits;
pub mod osu;
pub mod published;
pub mod python;
pub mod sections;
pub mod signal;
pub mod text;
