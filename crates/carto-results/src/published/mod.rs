//! The published JSON layouts: those of the live site, and those that the
//! experiment's program and this one write.
//!
//! # Source
//!
//! osu-dreamer-cartography @ `7ec522b`: `experiment/run_analysis.py` for
//! `track_a_results.json`, `track_b_results.json` and `synthesis_results.json`, and
//! the data of its page for `synthesis.json`, `track_b_cv.json` and
//! `cv_comparison.json`.

mod combine;
mod held_out;
mod part;
mod rows;
mod synthesis;
#[cfg(test)]
mod tests;
mod tracks;

use std::collections::BTreeMap;

use serde::de::IgnoredAny;

use crate::ResultError;

pub use combine::combine;
pub use held_out::CvComparison;
pub use part::Part;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A result file of our own.
    Result,
    /// `track_a.json`, `track_a_results.json`.
    TrackA,
    /// `track_b.json`, `track_b_results.json`.
    TrackB,
    /// `synthesis.json` of the live site, with both matrices and signs.
    SiteSynthesis,
    /// `synthesis_results.json`, with one matrix.
    Synthesis,
    /// `track_b_cv.json`.
    HeldOut,
    /// `cv_comparison.json`.
    CvComparison,
}

/// Tells by its keys what a file holds.
///
/// # Errors
///
/// [`ResultError::Json`] for what is no JSON object, [`ResultError::Unknown`] for
/// one of another kind.
pub fn detect(text: &str) -> Result<Layout, ResultError> {
    let keys: BTreeMap<String, IgnoredAny> = serde_json::from_str(text)?;
    let has = |key: &str| keys.contains_key(key);
    // Of every layout a key that no other has; `dim_summary` is in two.
    let layouts = [
        ("format", Layout::Result),
        ("cross_mapper_cosine_mean", Layout::TrackA),
        ("checkpoint", Layout::HeldOut),
        ("dim_summary", Layout::TrackB),
        ("fix1_correlation_comparison", Layout::SiteSynthesis),
        ("correlation_matrix", Layout::Synthesis),
        ("cv_test", Layout::CvComparison),
    ];
    let found = layouts.into_iter().find(|(key, _)| has(key));
    found.map(|(_, layout)| layout).ok_or(ResultError::Unknown)
}

/// Reads one file of a published layout.
///
/// What these lack stays empty: no [`TrackB::cosines`], and of
/// `synthesis_results.json` neither [`Synthesis::upsampled`] (its mean is then 0) nor
/// [`Synthesis::between_channels`].
///
/// # Errors
///
/// [`ResultError::Mixed`] for a result file, else what is wrong with it.
pub fn parse(text: &str) -> Result<Part, ResultError> {
    match detect(text)? {
        Layout::Result => Err(ResultError::Mixed),
        Layout::TrackA => tracks::track_a(text).map(Part::TrackA),
        Layout::TrackB => tracks::track_b(text).map(Part::TrackB),
        Layout::SiteSynthesis => synthesis::of_site(text),
        Layout::Synthesis => synthesis::of_run(text),
        Layout::HeldOut => held_out::held_out(text).map(Part::HeldOut),
        Layout::CvComparison => held_out::comparison(text).map(Part::CvComparison),
    }
}
