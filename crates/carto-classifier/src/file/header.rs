use serde::{Deserialize, Serialize};

use super::MAX_PARAMETERS;
use crate::model::About;
use crate::preparation::Preparation;
use crate::scale::MAX_KNOTS;
use crate::shape::NetworkShape;
use crate::{Calibration, Classifier, ClassifierError};

/// Labels, columns, derived features, and perceptrons at most.
const MAX_NAMES: usize = 1024;

/// Everything of a classifier but its numbers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    pub(super) labels: Vec<String>,
    pub(super) columns: Vec<String>,
    pub(super) medians: Vec<f64>,
    pub(super) derived: Vec<String>,
    /// Of each column, then of each derived feature.
    pub(super) n_knots: Vec<usize>,
    pub(super) shape: NetworkShape,
    pub(super) n_perceptrons: usize,
    pub(super) calibration: Calibration,
    pub(super) about: About,
}

impl Header {
    pub(super) fn of(classifier: &Classifier) -> Self {
        let Preparation { columns, medians, derived, scales } = &classifier.preparation;
        Self {
            labels: classifier.labels.clone(),
            columns: columns.clone(),
            medians: medians.clone(),
            derived: derived.iter().map(|input| input.derived.name.to_owned()).collect(),
            n_knots: scales.iter().map(|scale| scale.values.len()).collect(),
            shape: classifier.shape.clone(),
            n_perceptrons: classifier.perceptrons.len(),
            calibration: classifier.calibration,
            about: classifier.about.clone(),
        }
    }

    /// # Errors
    ///
    /// [`ClassifierError::Header`] in the JSON reader's words, or with the first value
    /// that is out of range.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, ClassifierError> {
        let header: Self = serde_json::from_slice(bytes)
            .map_err(|error| ClassifierError::Header { reason: error.to_string() })?;
        match header.first_fault() {
            Some(name) => {
                Err(ClassifierError::Header { reason: format!("`{name}` is out of range") })
            }
            None => Ok(header),
        }
    }

    fn first_fault(&self) -> Option<&'static str> {
        let is_count = |n: usize| (1..=MAX_NAMES).contains(&n);
        let is_ascending = self.labels.is_sorted_by(|a, b| a < b);
        let n_inputs = self.columns.len() + self.derived.len();
        let checks = [
            ("labels", is_count(self.labels.len()) && is_ascending),
            ("columns", is_count(self.columns.len()) && are_distinct(&self.columns)),
            ("medians", self.medians.len() == self.columns.len()),
            ("derived", self.derived.len() <= MAX_NAMES && are_distinct(&self.derived)),
            ("n_knots", self.n_knots.len() == n_inputs),
            ("n_knots", self.n_knots.iter().all(|&n| n <= MAX_KNOTS)),
            ("n_perceptrons", is_count(self.n_perceptrons)),
            ("calibration", self.calibration.is_valid()),
        ];
        let fault = checks.into_iter().find(|(_, is_valid)| !is_valid).map(|(name, _)| name);
        fault.or_else(|| self.shape.first_fault()).or_else(|| {
            // Only now are the factors small enough to be multiplied.
            let n = self.shape.n_parameters(n_inputs, self.labels.len());
            let is_small = n.checked_mul(self.n_perceptrons).is_some_and(|n| n <= MAX_PARAMETERS);
            (!is_small).then_some("n_perceptrons")
        })
    }

    /// Bytes of the numbers that follow the head.
    pub(super) fn n_bytes_of_numbers(&self) -> usize {
        let n_knots: usize = self.n_knots.iter().sum();
        let n_parameters = self.shape.n_parameters(self.n_knots.len(), self.labels.len());
        8 * n_knots + 2 * n_parameters * self.n_perceptrons
    }
}

fn are_distinct(names: &[String]) -> bool {
    names.iter().enumerate().all(|(idx, name)| !names[..idx].contains(name))
}
