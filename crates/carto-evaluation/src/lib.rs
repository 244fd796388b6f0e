//! Evaluation of an encoder by what can be done with its latents and reconstructions.
//!
//! [`decode_onsets`] turns a reconstructed channel back into times, of which
//! [`carto_agreement::onset_counts`] counts the right ones. [`retrieval`] searches for
//! the other map of a song, [`identification`] for the mapper. [`match_latents`]
//! and [`compare_runs`] compare two encoders.

mod assignment;
mod comparison;
mod identification;
mod onsets;
mod retrieval;

pub use comparison::{LatentClassed, compare_runs, match_latents};
pub use identification::{AskedMap, Identification, SignedMap, balanced_accuracy, identification};
pub use onsets::{OnsetDecoderConfig, decode_onsets};
pub use retrieval::{
    Query, Retrieval, SearchedMap, mean_r_of_dims, retrieval, retrieval_by, similarities,
};
