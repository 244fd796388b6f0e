//! What latents are worth: judged by what can be done with them.
//!
//! [`decode_onsets`] turns a reconstructed channel back into times, and
//! [`onset_counts`] counts how many of them are right. [`retrieval`] searches for
//! the other map of a song, [`identification`] for the mapper. [`match_latents`]
//! and [`stability`] compare two encoders.

mod assignment;
mod identification;
mod matching;
mod onset_score;
mod onsets;
mod retrieval;
mod stability;
mod votes;

pub use identification::{Identification, SignedMap, identification};
pub use matching::{LatentMatch, match_latents};
pub use onset_score::{ONSET_TOLERANCE_MS, OnsetCounts, onset_counts};
pub use onsets::{OnsetDecoderConfig, decode_onsets};
pub use retrieval::{Retrieval, SearchedMap, retrieval};
pub use stability::{LatentClassed, Stability, stability};
