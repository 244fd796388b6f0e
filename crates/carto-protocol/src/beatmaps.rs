//! Features, labels and classifiers of maps.
//!
//! A reply that is a `Result` holds the words of a refusal where there is nothing else to
//! give: what is wrong, and what to do.

use carto_types::{
    CollectedMap, CollectionFormat, Influence, LabelSource, LabelledMap, MapsRead, ModelFacts,
    SourceFiles, TrainedModel, WrittenCollections,
};
use serde::{Deserialize, Serialize};

use crate::call::{NoProgress, calls};

/// What the worker of the view of beatmaps is asked.
///
/// Features stand in the order of `COLUMNS` of `carto-features`, `None` for what a map
/// does not have.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub enum BeatmapsRequest {
    /// Read the features of all maps of archives, extracted sets and single maps.
    ReadMaps(ReadMaps),
    /// Read a classifier.
    LoadClassifier(LoadClassifier),
    /// Say to which labels maps belong.
    ClassifyMaps(ClassifyMaps),
    /// Say what of a map speaks for its first label.
    ExplainMap(ExplainMap),
    /// Read a person's collections.
    ReadLabels(ReadLabels),
    /// Make a classifier of labelled maps.
    TrainClassifier(TrainClassifier),
    /// Look whether collections can be added to a person's file.
    OpenCollectionDb(OpenCollectionDb),
    /// Write maps as collections.
    WriteCollections(WriteCollections),
}

calls! { BeatmapsRequest:
    ReadMaps = 0 => Vec<MapsRead>, NoProgress;
    LoadClassifier = 1 => Result<(Vec<u8>, ModelFacts), String>, NoProgress;
    ClassifyMaps = 2 => Result<Vec<Vec<f64>>, String>, NoProgress;
    ExplainMap = 3 => Result<Vec<Influence>, String>, NoProgress;
    ReadLabels = 4 => Result<Vec<LabelSource>, String>, NoProgress;
    TrainClassifier = 5 => Result<TrainedModel, String>, TrainingProgress;
    OpenCollectionDb = 6 => Result<u32, String>, NoProgress;
    WriteCollections = 7 => Result<WrittenCollections, String>, NoProgress;
}

/// Reads the features of all osu!standard maps of archives, extracted sets and single maps,
/// played as they are, with DT and with HR; `[n_sources]`, in the order of the call. The files
/// of all sources, one source after the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadMaps {
    /// What is read.
    pub sources: Vec<SourceFiles>,
}

/// Reads a classifier, and gives its file back with what it says of itself. Its file
/// where the source is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadClassifier {
    /// Where it is.
    pub source: ModelSource,
}

/// Gives the probability of each label, summing to one for each map: `[n_maps]
/// [n_labels]`. The classifier's file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClassifyMaps {
    /// Another one for another classifier, in the life of a page: a worker that has the
    /// classifier reads no file.
    pub model_id: u32,
    /// `[n_maps][n_columns]` features.
    pub rows: Vec<Vec<Option<f64>>>,
}

/// Gives the features that changed the probability of a map's first label most, the
/// largest change first. The classifier's file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExplainMap {
    /// As in [`ClassifyMaps`].
    pub model_id: u32,
    /// `[n_columns]` features.
    pub row: Vec<Option<f64>>,
}

/// Reads a person's collections, `collection.db` or `.osdb`, in the file's order. One
/// file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadLabels {
    /// Path below what was dropped.
    pub name: String,
}

/// Makes a classifier of labelled maps. No file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrainClassifier {
    /// The training set.
    pub maps: Vec<LabelledMap>,
    /// Seed of everything that is drawn.
    pub seed: u64,
}

/// Reads a person's `collection.db` as a whole, and gives the number of collections in it.
/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenCollectionDb {
    /// As the person knows it.
    pub name: String,
}

/// Writes maps as collections, one for each label. The file that they are added to, where
/// there is one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WriteCollections {
    /// Layout of the file.
    pub format: CollectionFormat,
    /// `[n_labels]`, the names that the maps' labels stand for.
    pub labels: Vec<String>,
    /// Maps with a label or more, in the order in which they stand in a collection.
    pub maps: Vec<CollectedMap>,
    /// Name of the `collection.db` that comes along to be added to.
    pub add_to: Option<String>,
}

/// How far a training is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TrainingProgress {
    /// Steps done.
    pub n_done: u32,
    /// Steps in all.
    pub n_total: u32,
    /// What it is at, in words.
    pub stage: String,
}

/// Where a classifier is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ModelSource {
    /// Served with the page.
    Bundled {
        /// Absolute.
        url: String,
    },
    /// In the file that comes with the call.
    File {
        /// As the person knows it.
        name: String,
    },
}
