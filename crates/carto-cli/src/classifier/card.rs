use carto_classifier::train::{ClassifierConfig, Trained};
use carto_classifier::{Calibration, Evaluation, Importance, LabelOverlap, LabelledTable};
use serde::{Deserialize, Serialize};

/// Name of the layout.
pub(super) const FORMAT: &str = "carto-classifier-card/1";

/// Everything that a card says of a classifier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Card {
    pub(super) format: String,
    pub(super) model: ModelFacts,
    pub(super) data: DataFacts,
    /// How it does on songs that it was not trained on; `None` where none are held out.
    pub(super) held_out: Option<Evaluation>,
    /// On those songs without calibration.
    pub(super) held_out_uncalibrated: Option<Evaluation>,
    /// On the songs that it was trained on, by models of the same making that had not
    /// seen them.
    pub(super) cross_validated: Option<Evaluation>,
    /// The published perceptron's family, trained and evaluated on the same songs.
    pub(super) baseline: Option<BaselineFacts>,
    /// How far people agree on the maps that are evaluated on.
    pub(super) overlap: LabelOverlap,
    /// Importances of all columns, the most important first.
    pub(super) importance: Vec<Importance>,
    pub(super) training: ClassifierConfig,
}

/// The classifier as a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ModelFacts {
    pub(super) labels: Vec<String>,
    pub(super) columns: Vec<String>,
    pub(super) n_inputs: usize,
    pub(super) n_perceptrons: usize,
    pub(super) n_parameters: usize,
    pub(super) calibration: Calibration,
    pub(super) n_bytes: usize,
    pub(super) sha256: String,
}

/// The maps that it was trained and evaluated on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct DataFacts {
    pub(super) n_maps: usize,
    pub(super) n_songs: usize,
    pub(super) n_training_maps: usize,
    pub(super) n_training_songs: usize,
    pub(super) n_held_out_maps: usize,
    pub(super) n_held_out_songs: usize,
}

/// Another configuration, for comparison.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct BaselineFacts {
    pub(super) held_out: Evaluation,
    pub(super) n_parameters: usize,
    pub(super) n_epochs: usize,
    pub(super) training: ClassifierConfig,
}

impl ModelFacts {
    /// - `bytes`: of the file
    pub(super) fn of(trained: &Trained, bytes: &[u8]) -> Result<Self, std::io::Error> {
        let classifier = &trained.classifier;
        Ok(Self {
            labels: classifier.labels().to_vec(),
            columns: classifier.columns().to_vec(),
            n_inputs: classifier.n_inputs(),
            n_perceptrons: classifier.n_perceptrons(),
            n_parameters: classifier.n_parameters(),
            calibration: classifier.calibration(),
            n_bytes: bytes.len(),
            sha256: carto_encoder::weights::sha256_hex(bytes)?,
        })
    }
}

impl DataFacts {
    pub(super) fn of(trained: &Trained, held_out: &LabelledTable) -> Self {
        let about = trained.classifier.about();
        // No song is on both sides.
        Self {
            n_maps: about.n_maps + held_out.n_rows(),
            n_songs: about.n_songs + held_out.n_songs(),
            n_training_maps: about.n_maps,
            n_training_songs: about.n_songs,
            n_held_out_maps: held_out.n_rows(),
            n_held_out_songs: held_out.n_songs(),
        }
    }
}
