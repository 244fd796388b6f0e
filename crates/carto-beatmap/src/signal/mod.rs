//! The nine-channel signal of a beatmap.

mod beatmap_signal;
mod clock;
mod cursor;
mod encode;
mod error;
mod function;
mod hits;
mod log2;
mod times;

pub use beatmap_signal::BeatmapSignal;
pub use clock::FrameClock;
pub use encode::{check, encode, event_times};
pub use error::SignalError;
pub use function::SignalFunction;
pub use hits::LOG_OFFSET_MS;
