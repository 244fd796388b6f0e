//! What the view of beatmaps and its workers say to each other, and the tables
//! that the view shows and saves.
//!
//! Nothing here touches a browser: messages, rows, and functions of them. Feature
//! `read` has what reads maps and archives, for the workers and the command alike.

mod features_csv;
mod memberships_csv;
mod messages;
#[cfg(feature = "read")]
mod read;

pub use features_csv::{FeatureRow, features_csv};
pub use memberships_csv::{MembershipRow, memberships_csv};
pub use messages::{
    BEATMAPS_VERSION, BeatmapsRequest, BeatmapsResponse, FoldScore, Influence, LabelSource,
    LabelledMap, MapTexts, ModelFacts, ModelFile, ModelSource, N_COLUMNS, ReadMap, TrainedModel,
};
#[cfg(feature = "read")]
pub use read::{MapsRead, PLAYED_AS, read_maps};
