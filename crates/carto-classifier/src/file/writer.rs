use half::f16;
use sha2::{Digest, Sha256};

use super::{Header, MAGIC, VERSION};
use crate::{Classifier, ClassifierError};

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
        bytes.extend(VERSION.to_le_bytes());
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
}
