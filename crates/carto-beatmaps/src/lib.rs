//! What the view of beatmaps and its workers say to each other.

mod messages;

#[cfg(feature = "read")]
pub use carto_features::{MapsRead, read_maps};
pub use carto_features::{ProbabilityRow, features_csv, probabilities_csv};
pub use carto_types::{MapTexts, ReadMap};
pub use messages::{
    BEATMAPS_VERSION, BeatmapsRequest, BeatmapsResponse, FoldScore, Influence, LabelSource,
    LabelledMap, ModelFacts, ModelFile, ModelSource, N_COLUMNS, TrainedModel,
};

/// How the view reads maps.
pub const PLAYED_AS: [carto_types::Mods; 3] = carto_types::Mods::ALL;
