//! The tables that the view of beatmaps saves, and behind feature `read` what reads maps
//! and archives for its workers and the command alike.

mod csv;
mod features_csv;
mod memberships_csv;
#[cfg(feature = "read")]
mod read;

pub use csv::quoted;
pub use features_csv::{FeatureRow, features_csv};
pub use memberships_csv::{MembershipRow, memberships_csv};
#[cfg(feature = "read")]
pub use read::{PLAYED_AS, read_maps};
