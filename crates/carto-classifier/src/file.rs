//! A classifier as one file, which describes itself.
//!
//! `CARTOCLF`, the layout's number (u32), the head's length (u32), the head as
//! JSON; then float32 knots of all scales (values, then what they become, feature
//! by feature), float16 weights (perceptron by perceptron, in the order of
//! `NetworkShape::tensors`), and sha256 of all that. Little-endian throughout.

use carto_types::json_fault;
use half::f16;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::model::About;
use super::perceptron::{NetworkShape, Perceptron, TensorShape};
use super::preparation::Preparation;
use super::scale::{MAX_KNOTS, RankScale};
use super::{Calibration, Classifier, ClassifierError, LabelRanges};

/// The bytes with which a file begins.
const MAGIC: &[u8; 8] = b"CARTOCLF";
/// Number of the layout with ranges of the labels.
const VERSION: u32 = 2;
/// Number of the layout without, in which a classifier without ranges is still written.
const VERSION_WITHOUT_RANGES: u32 = 1;
/// Bytes of the sum at the end.
const SUM_LEN: usize = 32;
/// Bytes of a head at most: the shipped one has some 5,000.
const MAX_HEADER_LEN: usize = 1 << 20;
/// Numbers of all perceptrons at most: 32 MiB of weights. The shipped model has
/// under 500,000.
const MAX_PARAMETERS: usize = 1 << 24;

/// Labels, columns, derived features, and perceptrons at most.
const MAX_NAMES: usize = 1024;

/// The head of a file: everything of a classifier but its numbers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    labels: Vec<String>,
    columns: Vec<String>,
    medians: Vec<f64>,
    derived: Vec<String>,
    /// Knots of the scale of each column, then of each derived feature.
    n_knots: Vec<usize>,
    shape: NetworkShape,
    n_perceptrons: usize,
    calibration: Calibration,
    about: About,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ranges: Option<LabelRanges>,
}

impl Header {
    fn of(classifier: &Classifier) -> Self {
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
            ranges: classifier.ranges.clone(),
        }
    }

    /// Reads and checks a head.
    ///
    /// # Errors
    ///
    /// [`ClassifierError::Header`] with what is no such JSON, or with the first value
    /// that is out of range.
    fn read(bytes: &[u8]) -> Result<Self, ClassifierError> {
        let header: Self = serde_json::from_slice(bytes)
            .map_err(|error| ClassifierError::Header { reason: json_fault(&error) })?;
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
            ("ranges", self.has_valid_ranges()),
        ];
        let fault = checks.into_iter().find(|(_, is_valid)| !is_valid).map(|(name, _)| name);
        fault.or_else(|| self.shape.first_fault()).or_else(|| {
            // Only now are the factors small enough to be multiplied.
            let n = self.shape.n_parameters(n_inputs, self.labels.len());
            let is_small = n.checked_mul(self.n_perceptrons).is_some_and(|n| n <= MAX_PARAMETERS);
            (!is_small).then_some("n_perceptrons")
        })
    }

    fn has_valid_ranges(&self) -> bool {
        let (n_labels, n_columns) = (self.labels.len(), self.columns.len());
        self.ranges.as_ref().is_none_or(|ranges| ranges.is_valid(n_labels, n_columns))
    }

    /// Bytes of the numbers that follow the head.
    fn n_bytes_of_numbers(&self) -> usize {
        let n_knots: usize = self.n_knots.iter().sum();
        let n_parameters = self.shape.n_parameters(self.n_knots.len(), self.labels.len());
        8 * n_knots + 2 * n_parameters * self.n_perceptrons
    }
}

fn are_distinct(names: &[String]) -> bool {
    names.iter().enumerate().all(|(idx, name)| !names[..idx].contains(name))
}

impl Classifier {
    /// The classifier as a file. The same classifier gives the same bytes.
    ///
    /// Weights are rounded to float16: what is read again answers as this one does
    /// once its weights are [rounded](Classifier::rounded).
    ///
    /// # Errors
    ///
    /// [`ClassifierError::Header`] for what cannot be written as JSON.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ClassifierError> {
        let header = serde_json::to_vec(&Header::of(self))
            .map_err(|error| ClassifierError::Header { reason: error.to_string() })?;
        let header_len = u32::try_from(header.len())
            .map_err(|error| ClassifierError::Header { reason: error.to_string() })?;
        let mut bytes = MAGIC.to_vec();
        let version = if self.ranges.is_some() { VERSION } else { VERSION_WITHOUT_RANGES };
        bytes.extend(version.to_le_bytes());
        bytes.extend(header_len.to_le_bytes());
        bytes.extend(header);
        for scale in &self.preparation.scales {
            let knots = scale.values.iter().chain(&scale.scaled);
            bytes.extend(knots.flat_map(|knot| knot.to_le_bytes()));
        }
        let weights = self.perceptrons.iter().flat_map(|perceptron| &perceptron.tensors).flatten();
        bytes.extend(weights.flat_map(|&weight| f16::from_f32(weight).to_le_bytes()));
        let sum = Sha256::digest(&bytes);
        bytes.extend(sum);
        Ok(bytes)
    }

    /// The classifier with weights as a file holds them.
    #[must_use]
    pub fn rounded(&self) -> Self {
        let mut rounded = self.clone();
        let tensors = rounded.perceptrons.iter_mut().flat_map(|found| &mut found.tensors);
        tensors.flatten().for_each(|weight| *weight = f16::from_f32(*weight).to_f32());
        rounded
    }

    /// Reads what [`Classifier::to_bytes`] wrote; bytes need not be trusted.
    ///
    /// # Errors
    ///
    /// [`ClassifierError::NotAClassifier`], [`ClassifierError::Version`],
    /// [`ClassifierError::Damaged`], [`ClassifierError::Header`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ClassifierError> {
        let body = bytes.strip_prefix(MAGIC).ok_or(ClassifierError::NotAClassifier)?;
        let (version, body) = u32_of(body)?;
        if !(VERSION_WITHOUT_RANGES..=VERSION).contains(&version) {
            return Err(ClassifierError::Version { found: version, supported: VERSION });
        }
        let (header_len, body) = u32_of(body)?;
        let header_len = header_len as usize;
        if header_len > MAX_HEADER_LEN || header_len + SUM_LEN > body.len() {
            return Err(damaged("its head is longer than the file or than heads are"));
        }
        let (content, sum) = bytes.split_at(bytes.len() - SUM_LEN);
        if Sha256::digest(content)[..] != *sum {
            return Err(damaged("its checksum is another"));
        }
        let header = Header::read(&body[..header_len])?;
        let numbers = &body[header_len..body.len() - SUM_LEN];
        if numbers.len() != header.n_bytes_of_numbers() {
            return Err(damaged("its head describes another number of weights"));
        }
        build(header, numbers)
    }
}

/// - `numbers`: as long as the head says
fn build(header: Header, numbers: &[u8]) -> Result<Classifier, ClassifierError> {
    let mut numbers = Numbers { bytes: numbers };
    let scales = header.n_knots.iter().map(|&n| numbers.scale(n)).collect::<Result<Vec<_>, _>>()?;
    let tensors = header.shape.tensors(scales.len(), header.labels.len());
    let perceptrons = (0..header.n_perceptrons)
        .map(|_| numbers.perceptron(&tensors))
        .collect::<Result<Vec<_>, _>>()?;
    let derived = Preparation::derived_by_name(&header.derived, &header.columns)?;
    let preparation =
        Preparation { columns: header.columns, medians: header.medians, derived, scales };
    Ok(Classifier {
        labels: header.labels,
        preparation,
        shape: header.shape,
        perceptrons,
        calibration: header.calibration,
        about: header.about,
        ranges: header.ranges,
    })
}

struct Numbers<'a> {
    bytes: &'a [u8],
}

impl Numbers<'_> {
    fn scale(&mut self, n_knots: usize) -> Result<RankScale, ClassifierError> {
        let values = self.take(n_knots, f32::from_le_bytes)?;
        let scaled = self.take(n_knots, f32::from_le_bytes)?;
        let is_scale = values.iter().chain(&scaled).all(|knot| knot.is_finite())
            && values.is_sorted_by(|a, b| a < b)
            && scaled.is_sorted();
        if is_scale { Ok(RankScale { values, scaled }) } else { Err(damaged("a scale falls")) }
    }

    fn perceptron(&mut self, tensors: &[TensorShape]) -> Result<Perceptron, ClassifierError> {
        let take = |shape: &TensorShape| -> Result<Vec<f32>, ClassifierError> {
            self.take(shape.len(), |bytes| f16::from_le_bytes(bytes).to_f32())
        };
        let tensors = tensors.iter().map(take).collect::<Result<Vec<_>, _>>()?;
        if tensors.iter().flatten().all(|weight| weight.is_finite()) {
            Ok(Perceptron { tensors })
        } else {
            Err(damaged("a weight is not finite"))
        }
    }

    /// The next `n` numbers of `N` bytes each.
    fn take<const N: usize>(
        &mut self,
        n: usize,
        read: fn([u8; N]) -> f32,
    ) -> Result<Vec<f32>, ClassifierError> {
        let taken = self.bytes.split_at_checked(n * N);
        let (taken, rest) = taken.ok_or_else(|| damaged("it ends early"))?;
        self.bytes = rest;
        Ok(taken.as_chunks().0.iter().map(|&bytes| read(bytes)).collect())
    }
}

fn u32_of(bytes: &[u8]) -> Result<(u32, &[u8]), ClassifierError> {
    let (number, rest) = bytes.split_first_chunk().ok_or_else(|| damaged("it ends early"))?;
    Ok((u32::from_le_bytes(*number), rest))
}

fn damaged(reason: &str) -> ClassifierError {
    ClassifierError::Damaged { reason: reason.to_owned() }
}
