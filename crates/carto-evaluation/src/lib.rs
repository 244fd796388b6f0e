//! Evaluation of an encoder by what can be done with its latents and reconstructions.
//!
//! [`decode_onsets`] turns a reconstructed channel back into times, and
//! [`onset_counts`] counts how many of them are right. [`retrieval`] searches for
//! the other map of a song, [`identification`] for the mapper. [`match_latents`]
//! and [`compare_runs`] compare two encoders.

mod assignment;
mod comparison;
mod identification;
mod onset_score;
mod onsets;
mod retrieval;

pub use comparison::{LatentClassed, compare_runs, match_latents};
pub use identification::{Identification, SignedMap, identification};
pub use onset_score::{ONSET_TOLERANCE_MS, OnsetCounts, onset_counts};
pub use onsets::{OnsetDecoderConfig, decode_onsets};
pub use retrieval::{Retrieval, SearchedMap, retrieval};
