use std::collections::BTreeMap;

use carto_random::Normal;
use carto_types::{EncoderFacts, EncoderOrigin};

use super::error::WeightsError;
use super::limits::{WeightsLimits, check_size};
use super::sha256::sha256_of_tensors;
use crate::{EncoderConfig, TensorSpec};

/// The weights of one encoder: complete, of the right shapes, all finite.
#[derive(Debug, Clone, PartialEq)]
pub struct EncoderWeights {
    config: EncoderConfig,
    tensors: BTreeMap<String, Vec<f32>>,
    /// Origin of the weights.
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

    /// The encoder's hyperparameters.
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

    /// All tensors, row-major, by key.
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

    /// What page, command and results say of an encoder.
    ///
    /// - `name`: how a person knows it: a file's name
    #[must_use]
    pub fn facts(&self, name: String, origin: EncoderOrigin) -> EncoderFacts {
        EncoderFacts {
            name,
            origin,
            weights_sha256: self.weights_sha256(),
            hidden_dim: self.config.hidden_dim as u32,
            n_latent_dims: self.config.n_latent_dims as u32,
            frames_per_latent: self.config.frames_per_latent() as u32,
            n_parameters: self.config.n_parameters() as u32,
            note: self.metadata.note.clone(),
            is_untrained: self.metadata.is_untrained(),
        }
    }

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
        Ok(Self::drawn(config, seed))
    }

    /// [`Self::random`] for hyperparameters that are known to be in range.
    pub(crate) fn drawn(config: &EncoderConfig, seed: u64) -> Self {
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
        let tensors = config.tensors().into_iter().map(draw).collect();
        let metadata = WeightsMetadata {
            format: SourceFormat::Random,
            source_name: None,
            source_sha256: None,
            note: Some(UNTRAINED_NOTE.to_owned()),
        };
        Self { config: config.clone(), tensors, metadata }
    }
}

/// The note of weights that [`EncoderWeights::random`] has drawn, which the page shows.
pub const UNTRAINED_NOTE: &str = "untrained, for testing";

/// Characters after which names and notes are cut off: they are shown on one line.
const MAX_TEXT_CHARS: usize = 200;

/// Origin of weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightsMetadata {
    /// The kind of file that they were read from.
    pub format: SourceFormat,
    /// Name of the file that they were first read from; of the checkpoint, for
    /// one that was converted.
    pub source_name: Option<String>,
    /// sha256 of that file, as hex, where someone has computed it.
    pub source_sha256: Option<String>,
    /// What the file says of itself, such as [`UNTRAINED_NOTE`].
    pub note: Option<String>,
}

/// The kind of file that weights were read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceFormat {
    /// A zip file with a pickle, as `torch.save` writes it.
    PyTorch,
    /// A safetensors file.
    Safetensors,
    /// No file: they were drawn at random.
    Random,
}

impl WeightsMetadata {
    /// Metadata of a file that says nothing of itself.
    #[must_use]
    pub fn of_file(format: SourceFormat, name: &str) -> Self {
        Self { format, source_name: Some(one_line(name)), source_sha256: None, note: None }
    }

    /// True for weights that say that they were never trained.
    #[must_use]
    pub fn is_untrained(&self) -> bool {
        self.note.as_deref() == Some(UNTRAINED_NOTE)
    }
}

/// The start of a text from a file, without what would break a line or a
/// terminal.
pub(super) fn one_line(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(MAX_TEXT_CHARS).collect()
}
