//! Sound.
mod best_fit;
mod cues;
mod level;
mod lookahead;
mod output_clock;
mod pieces;
mod rate;
mod stretch;
mod timeline;
mod voice_samples;
pub use cues::{Beat, Metronome, Side, Tick, TickKind};
pub use rate::Rate;
