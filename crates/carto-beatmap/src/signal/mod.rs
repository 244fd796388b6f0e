//! The nine-channel signal of a beatmap.

mod beatmap_signal;
mod clock;
mod cursor;
mod encode;
mod error;
mod hits;
mod log2;

pub use beatmap_signal::BeatmapSignal;
pub use clock::FrameClock;
pub use encode::{check, encode};
pub use error::SignalError;
pub use hits::LOG_OFFSET_MS;
