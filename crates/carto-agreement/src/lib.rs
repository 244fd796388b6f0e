//! How much the mappers of a song agree, and how latents correlate with channels.
//!
//! [`compare`] compares two signals and [`compare_latents`] the latents of two maps;
//! [`track_a`] and [`track_b`] average over pairs. [`cross_correlate`] holds the latents
//! of one map against its nine channels, [`mean_correlations`] averages over maps, and
//! [`synthesis`] adds which channels go with the latents in one sense
//! ([`sign_agreement`]). [`onset_counts`] matches the onsets of two maps. Every sum runs
//! in one fixed order.

mod cross_correlation;
mod latents;
mod onsets;
mod pair;
mod signs;
mod statistics;
mod tracks;

pub use cross_correlation::{cross_correlate, mean_correlations};
pub use latents::{Latents, MeasuredLatents, agreement_of_dims, between_var, compare_latents};
pub use onsets::{ONSET_TOLERANCE_MS, OnsetCounts, onset_counts, share_near};
pub use pair::{MeasuredSignal, compare};
pub use signs::{sign_agreement, synthesis};
pub use statistics::{Moments, agreement, correlation, mean_and_std, sums};
pub use tracks::{mean_r, track_a, track_b};
