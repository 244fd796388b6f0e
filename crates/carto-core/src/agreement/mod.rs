//! How much the mappers of a song agree.

mod pair;
mod statistics;
mod track_a;

pub use pair::{MeasuredSignal, PairAgreement, compare};
pub use statistics::{Moments, SeriesAgreement, agreement, mean_and_std};
pub use track_a::{AgreementClass, ChannelSummary, MeanStd, TrackA, TrackAConfig, track_a};
