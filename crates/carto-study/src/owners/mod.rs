//! Who made a difficulty.
//!
//! A set is uploaded by its host, which its files name; about a quarter of all difficulties
//! are by somebody else and say so in their names alone. [`guess_owner`] reads a name
//! (`version_name`) and holds it against the tags (`tags`); what a person says of a map goes
//! before it (`Owners`).

mod guess;
mod known;
mod tags;
mod version_name;

pub use guess::guess_owner;
pub(crate) use guess::makers_among;
pub(crate) use known::{Owners, unused};
