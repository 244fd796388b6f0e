use half::f16;
use sha2::{Digest, Sha256};

use super::{Header, MAGIC, MAX_HEADER_LEN, SUM_LEN, VERSION};
use crate::perceptron::Perceptron;
use crate::preparation::Preparation;
use crate::scale::RankScale;
use crate::shape::TensorShape;
use crate::{Classifier, ClassifierError};

impl Classifier {
    /// Reads what [`Classifier::to_bytes`] wrote; bytes need not be trusted.
    ///
    /// # Errors
    ///
    /// [`ClassifierError::NotAClassifier`], [`ClassifierError::Version`],
    /// [`ClassifierError::Damaged`], [`ClassifierError::Header`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ClassifierError> {
        let body = bytes.strip_prefix(MAGIC).ok_or(ClassifierError::NotAClassifier)?;
        let (version, body) = u32_of(body)?;
        if version != VERSION {
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
