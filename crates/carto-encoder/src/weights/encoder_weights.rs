use std::collections::BTreeMap;

use super::error::WeightsError;
use super::metadata::WeightsMetadata;
use super::sha256::sha256_of_tensors;
use crate::EncoderConfig;

/// The weights of one encoder: complete, of the right shapes, all finite.
#[derive(Debug, Clone, PartialEq)]
pub struct EncoderWeights {
    config: EncoderConfig,
    tensors: BTreeMap<String, Vec<f32>>,
    /// Where they come from.
    pub metadata: WeightsMetadata,
}

impl EncoderWeights {
    /// Takes tensors, each row-major under its key of [`EncoderConfig::tensors`].
    ///
    /// # Errors
    ///
    /// [`WeightsError::Config`] for parameters out of range; then, for the first
    /// tensor in order, [`WeightsError::MissingKey`], [`WeightsError::WrongShape`]
    /// with the number of values where that differs, [`WeightsError::NotFinite`];
    /// last [`WeightsError::UnexpectedKey`].
    pub fn new(
        config: EncoderConfig,
        tensors: BTreeMap<String, Vec<f32>>,
        metadata: WeightsMetadata,
    ) -> Result<Self, WeightsError> {
        config.validate()?;
        let specs = config.tensors();
        for spec in &specs {
            let key = || spec.key.clone();
            let Some(tensor) = tensors.get(&spec.key) else {
                return Err(WeightsError::MissingKey { key: key() });
            };
            if tensor.len() != spec.shape.iter().product::<usize>() {
                let (expected, found) = (spec.shape.clone(), vec![tensor.len()]);
                return Err(WeightsError::WrongShape { key: key(), expected, found });
            }
            if let Some(index) = tensor.iter().position(|value| !value.is_finite()) {
                return Err(WeightsError::NotFinite { key: key(), index, value: tensor[index] });
            }
        }
        if tensors.len() > specs.len() {
            let is_unknown = |key: &&String| specs.iter().all(|spec| spec.key != **key);
            if let Some(key) = tensors.keys().find(is_unknown) {
                return Err(WeightsError::UnexpectedKey { key: key.clone() });
            }
        }
        Ok(Self { config, tensors, metadata })
    }

    /// Its hyper-parameters.
    #[must_use]
    pub fn config(&self) -> &EncoderConfig {
        &self.config
    }

    /// One tensor, row-major, of the shape in [`EncoderConfig::tensors`]; empty
    /// for a key that is not there.
    #[must_use]
    pub fn tensor(&self, key: &str) -> &[f32] {
        self.tensors.get(key).map_or(&[], Vec::as_slice)
    }

    /// All tensors by key.
    #[must_use]
    pub fn tensors(&self) -> &BTreeMap<String, Vec<f32>> {
        &self.tensors
    }

    /// sha256 over all tensors as little-endian floats, in the order of
    /// [`EncoderConfig::tensors`], as hex: the same weights have the same,
    /// whatever file they stand in.
    #[must_use]
    pub fn weights_sha256(&self) -> String {
        let specs = self.config.tensors();
        sha256_of_tensors(specs.iter().map(|spec| self.tensor(&spec.key)))
    }
}
