//! How much the mappers of a song agree.
//!
//! [`compare`] compares two signals and [`compare_latents`] the latents of two maps;
//! [`track_a`] and [`track_b`] average over pairs; [`synthesis`] holds latents against
//! channels. Every sum runs in one fixed order.

mod latents;
mod pair;
mod statistics;
pub mod synthesis;
mod track_a;
mod track_b;

pub use latents::{
    LatentPairAgreement, Latents, MeasuredLatents, agreement_of_dims, between_var, compare_latents,
};
pub use pair::{MeasuredSignal, PairAgreement, compare};
pub use statistics::{Moments, SeriesAgreement, agreement, mean_and_std};
pub use track_a::{AgreementClass, ChannelSummary, MeanStd, TrackA, TrackAConfig, track_a};
pub use track_b::{LatentSummary, TrackB, TrackBConfig, track_b};
