//! Seeded random choices: one generator, normal draws, seeds from names, and maps
//! split by song.
//!
//! Written out here, a few lines each, since stored figures and the demo set are pinned
//! byte for byte, and a crate is free to change its streams with the next version.

mod normal;
mod song_split;
mod split_mix;

pub use normal::Normal;
pub use song_split::{Parts, folds, held_out};
pub use split_mix::{GOLDEN_GAMMA, SplitMix64, mix, seed_of};
