//! What the view of beatmaps and its workers say to each other, and the tables
//! that the view shows and saves.
//!
//! Nothing here touches a browser: messages, rows, and functions of them.

mod messages;

pub use messages::{
    BEATMAPS_VERSION, BeatmapsRequest, BeatmapsResponse, FoldScore, Influence, LabelSource,
    LabelledMap, MapTexts, ModelFacts, ModelFile, ModelSource, N_COLUMNS, ReadMap, TrainedModel,
};
