//! In what the maps of a mapper differ from those of other mappers of the same songs: the
//! fingerprint of a mapper.
//!
//! Two steps, so that a worker can do them one song at a time:
//!
//! 1. [`values_of_map`] gives the numbers of one map, in the order of [`dimensions`]; with an encoder
//!    [`LatentSignal`] gives the means of its latents.
//! 2. [`fingerprint`] and [`head_to_head`] compare them over songs; [`mappers`] says who can be
//!    compared, [`others`] with whom one of
//!    them can be compared head-to-head, and [`nearest_names`] whom a name may mean.
//!
//! [`moments`] finds the bars in which two maps differ most in a channel.
//!
//! # What is compared
//!
//! The maps of one song, so that music explains nothing. Of each two mappers of a song the run's
//! plan has the two difficulties nearest in stars; pairs that are more than
//! [`MOST_STARS_APART`](carto_types::MOST_STARS_APART) stars apart are left out, so that difficulty
//! explains little. The difference of a song is the mean over its pairs of the mapper, so each other
//! mapper counts once; the mean, its interval and its p-value are over songs. A difference has a
//! direction only where it also has it at equal stars: after what the difference in stars explains,
//! by the slope over all pairs of the run, is taken away.
//!
//! # What it does not say
//!
//! The other mappers are those of the same songs, no sample of all mappers. Two mappers who share a
//! song also share genre and fashion. Several features measure nearly the same, so the number of
//! typical dimensions is no number of habits.
//!
//! A function of its arguments, with sums in one order.

mod compared;
mod difference;
mod dimensions;
mod fingerprint;
mod latents;
mod levels;
mod mappers;
mod moments;
mod others;
mod person;
#[cfg(test)]
mod test_songs;
mod typical;
mod values;

pub use dimensions::{N_VALUES, dimensions};
pub use fingerprint::{fingerprint, head_to_head};
pub use latents::LatentSignal;
pub use mappers::{mappers, nearest_names};
pub use moments::moments;
pub use others::others;
pub use values::values_of_map;
