//! From the bytes of a beatmap to the agreement between its mappers.
//!
//! Everything here is a function of its arguments: no file, clock, log,
//! browser or unseeded random source. Transcendental functions come from
//! `libm` and sums run in a fixed order, so the page and the command give the
//! same bytes for the same input.
//!
//! The way of the data: [`published::read`] or [`tolerant::read`] turn bytes
//! into a [`beatmap::Beatmap`], [`signal::encode`] turns that into nine
//! channels, [`agreement`] compares two of them, and [`study`] decides which
//! maps are compared at all. [`worth`] judges latents and reconstructions.
//! [`features`] goes its own way from bytes to numbers for the classifier.

pub mod agreement;
pub mod beatmap;
pub mod features;
pub mod limits;
pub mod published;
pub mod signal;
pub mod study;
pub mod synth;
pub mod synthesis;
pub mod tolerant;
pub mod worth;
