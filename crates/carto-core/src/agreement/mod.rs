//! How much the mappers of a song agree.

mod latents;
mod pair;
mod statistics;
mod track_a;
mod track_b;

pub use latents::{
    LatentPairAgreement, Latents, MeasuredLatents, agreement_of_dims, between_var, compare_latents,
};
pub use pair::{MeasuredSignal, PairAgreement, compare};
pub use statistics::{Moments, SeriesAgreement, agreement, mean_and_std};
pub use track_a::{AgreementClass, ChannelSummary, MeanStd, TrackA, TrackAConfig, track_a};
pub use track_b::{LatentSummary, TrackB, TrackBConfig, track_b};
