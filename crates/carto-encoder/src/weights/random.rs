use std::collections::BTreeMap;

use super::encoder_weights::EncoderWeights;
use super::error::WeightsError;
use super::found::check_size;
use super::limits::WeightsLimits;
use super::metadata::{SourceFormat, UNTRAINED_NOTE, WeightsMetadata};
use crate::{EncoderConfig, TensorSpec};
use carto_random::Normal;

impl EncoderWeights {
    /// An encoder that was never trained, and says so: the same seed gives the
    /// same weights everywhere.
    ///
    /// Weights are normal with variance `1 / (inputs * kernel)`, which keeps the
    /// spread of what passes through them; the layers' logits are standard
    /// normal, so that layers weigh differently; biases are zero.
    ///
    /// # Errors
    ///
    /// [`WeightsError::Config`] and [`WeightsError::TooLarge`] for parameters
    /// out of range.
    pub fn random(config: &EncoderConfig, seed: u64) -> Result<Self, WeightsError> {
        config.validate()?;
        check_size(config, &WeightsLimits::default())?;
        let mut normal = Normal::new(seed);
        let draw = |spec: TensorSpec| {
            let n_numbers: usize = spec.shape.iter().product();
            let std = match spec.shape.as_slice() {
                [_, inputs, kernel] => 1.0 / ((inputs * kernel) as f64).sqrt(),
                _ if spec.key.ends_with(".bias") => 0.0,
                _ => 1.0,
            };
            let numbers = (0..n_numbers).map(|_| (std * normal.next()) as f32).collect();
            (spec.key, numbers)
        };
        let tensors: BTreeMap<String, Vec<f32>> = config.tensors().into_iter().map(draw).collect();
        let metadata = WeightsMetadata {
            format: SourceFormat::Random,
            source_name: None,
            source_sha256: None,
            note: Some(UNTRAINED_NOTE.to_owned()),
        };
        Self::new(config.clone(), tensors, metadata)
    }
}
