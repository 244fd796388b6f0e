use super::perceptron::{NetworkShape, Perceptron, softmax};
use super::preparation::Preparation;
use super::{Calibration, ClassifierError, FeatureTable, LabelProbabilities, LabelRanges};

/// A trained classifier: features of a map in, probabilities of labels out.
///
/// An ensemble of perceptrons, whose probabilities are averaged and then calibrated.
#[derive(Debug, Clone, PartialEq)]
pub struct Classifier {
    /// Names of the labels, ascending.
    pub(super) labels: Vec<String>,
    pub(super) preparation: Preparation,
    pub(super) shape: NetworkShape,
    pub(super) perceptrons: Vec<Perceptron>,
    pub(super) calibration: Calibration,
    pub(super) about: About,
    /// Of layout 1 there are none.
    pub(super) ranges: Option<LabelRanges>,
}

/// What a model says of its own making.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Seed of everything that was drawn, and of the songs that were held out.
    pub seed: u64,
    /// Share of the songs that it was not trained on.
    pub held_out_share: f64,
    /// Maps that it was trained on.
    pub n_maps: usize,
    /// Songs of those maps.
    pub n_songs: usize,
    /// Share of the first label that was right on songs that a model of the same
    /// making had not seen, where that was measured while training.
    pub cross_validated_top_1: Option<f64>,
    /// Logarithmic loss of that cross-validation, nats.
    pub cross_validated_log_loss: Option<f64>,
    /// Whatever else is to be said of it.
    pub note: Option<String>,
}

impl Classifier {
    /// Labels, in the order of the probabilities: ascending.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Columns that a table must have.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.preparation.columns
    }

    /// Medians of [`Classifier::columns`] among the maps that it was trained on.
    #[must_use]
    pub fn medians(&self) -> &[f64] {
        &self.preparation.medians
    }

    /// What the classifier says of its own making.
    #[must_use]
    pub fn about(&self) -> &About {
        &self.about
    }

    /// What is typical of each label; `None` for a classifier of before this was kept.
    #[must_use]
    pub fn ranges(&self) -> Option<&LabelRanges> {
        self.ranges.as_ref()
    }

    /// The same classifier, which says that this is typical of its labels.
    #[must_use]
    pub fn with_ranges(self, ranges: LabelRanges) -> Self {
        Self { ranges: Some(ranges), ..self }
    }

    /// Sizes of each of its perceptrons.
    #[must_use]
    pub fn shape(&self) -> &NetworkShape {
        &self.shape
    }

    /// Number of perceptrons that are averaged.
    #[must_use]
    pub fn n_perceptrons(&self) -> usize {
        self.perceptrons.len()
    }

    /// Numbers that each perceptron sees, derived ones among them.
    #[must_use]
    pub fn n_inputs(&self) -> usize {
        self.preparation.n_inputs()
    }

    /// Numbers of all perceptrons together.
    #[must_use]
    pub fn n_parameters(&self) -> usize {
        self.n_perceptrons() * self.shape.n_parameters(self.n_inputs(), self.labels.len())
    }

    /// How label probabilities are calibrated.
    #[must_use]
    pub fn calibration(&self) -> Calibration {
        self.calibration
    }

    /// The same classifier without calibration.
    #[must_use]
    pub fn uncalibrated(&self) -> Self {
        Self { calibration: Calibration::NONE, ..self.clone() }
    }

    /// Label probabilities of all maps of a table.
    ///
    /// A missing number, NaN, is taken as the middle of the maps that were learnt
    /// from.
    ///
    /// # Errors
    ///
    /// [`ClassifierError::MissingColumn`].
    pub fn classify(&self, table: &FeatureTable) -> Result<LabelProbabilities, ClassifierError> {
        let table = table.select(self.columns())?;
        let values = table.rows().flat_map(|row| self.probabilities(row)).collect();
        Ok(LabelProbabilities::new(self.labels.len(), values))
    }

    /// Label probabilities of one map.
    ///
    /// - `row`: `[n_columns]`, in the order of [`Classifier::columns`]
    /// - returns: `[n_labels]`
    pub(super) fn probabilities(&self, row: &[f64]) -> Vec<f64> {
        let inputs = self.preparation.prepare(row);
        self.calibration.of(&mean_probabilities(&self.perceptrons, &self.shape, &inputs))
    }
}

/// Mean of the probabilities that perceptrons give one map, before calibration.
pub(super) fn mean_probabilities(
    perceptrons: &[Perceptron],
    shape: &NetworkShape,
    inputs: &[f32],
) -> Vec<f64> {
    let mut mean: Vec<f64> = Vec::new();
    for perceptron in perceptrons {
        let shares = softmax(&perceptron.logits(shape, inputs));
        mean.resize(shares.len(), 0.0);
        mean.iter_mut().zip(shares).for_each(|(mean, share)| *mean += share);
    }
    mean.iter_mut().for_each(|mean| *mean /= perceptrons.len() as f64);
    mean
}
