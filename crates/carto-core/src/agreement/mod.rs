//! How much the mappers of a song agree.

mod pair;
mod statistics;
mod track_a;

pub use pair::{ChannelAgreement, PairAgreement, compare};
pub use statistics::{cosine, mean_abs_diff, mean_and_std, pearson};
pub use track_a::{AgreementClass, ChannelSummary, MeanStd, TrackA, TrackAConfig, track_a};
