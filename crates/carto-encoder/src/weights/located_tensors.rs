//! The tensors of a file that make the encoder, before any number is read.

use std::collections::BTreeMap;

use super::error::WeightsError;
use super::hyperparameters::HyperParameters;
use super::limits::{WeightsLimits, check_size};
use crate::{EncoderConfig, TensorSpec};

/// Tensors whose shapes show the hyperparameters, in the order of a checkpoint.
const SHOWING_KEYS: [&str; 5] = [
    "encoder.1.blocks.0.layers.0.filter.0.weight",
    "encoder.1.blocks.0.out.0.weight_logits",
    "encoder.1.downs.0.0.weight",
    "encoder.1.downs.0.1.weight",
    "encoder.2.mu.weight",
];

/// The first tensor of every encoder of the family.
const FIRST_KEY: &str = "encoder.0.weight";

/// What stands in front of `encoder.` in the keys of a file: nothing, or what
/// wrappers add, such as `model.` or `_orig_mod.`; the shortest, where the file
/// has several. `None` without any encoder.
pub(super) fn prefix_of<'a>(keys: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    keys.filter_map(|key| key.strip_suffix(FIRST_KEY))
        .filter(|prefix| prefix.is_empty() || prefix.ends_with('.'))
        .min_by_key(|prefix| prefix.len())
}

/// Tensors under the encoder's prefix, with where `T` says their numbers are.
#[derive(Debug)]
pub(super) struct LocatedTensors<T> {
    prefix: String,
    /// Keys without the prefix.
    tensors: BTreeMap<String, (Vec<usize>, T)>,
}

/// A tensor of the encoder and where its numbers are.
#[derive(Debug)]
pub(super) struct Located<T> {
    pub(super) spec: TensorSpec,
    /// Key of the tensor as the file has it, with the prefix.
    pub(super) full_key: String,
    pub(super) place: T,
}

impl<T> LocatedTensors<T> {
    /// No tensors yet, under a prefix.
    pub(super) fn new(prefix: &str) -> Self {
        Self { prefix: prefix.to_owned(), tensors: BTreeMap::new() }
    }

    /// Whether a key is one of the encoder's, under the prefix.
    pub(super) fn concerns(&self, full_key: &str) -> bool {
        full_key.strip_prefix(&self.prefix).is_some_and(|key| key.starts_with("encoder."))
    }

    /// Adds a tensor of the encoder; the later one counts, as in Python.
    pub(super) fn add(&mut self, full_key: &str, shape: &[u64], place: T) {
        let key = full_key.strip_prefix(&self.prefix).unwrap_or(full_key);
        // A size that passes the address space fits no encoder either.
        let shape = shape.iter().map(|&size| usize::try_from(size).unwrap_or(usize::MAX));
        self.tensors.insert(key.to_owned(), (shape.collect(), place));
    }

    /// The configuration, and all its tensors in their order.
    ///
    /// # Errors
    ///
    /// [`WeightsError::Config`], [`WeightsError::TooLarge`], and for the first
    /// tensor in order [`WeightsError::MissingKey`], [`WeightsError::WrongShape`]
    /// or, where all others fit, [`WeightsError::UnexpectedKey`].
    pub(super) fn fit(
        mut self,
        hyperparameters: HyperParameters,
        limits: &WeightsLimits,
    ) -> Result<(EncoderConfig, Vec<Located<T>>), WeightsError> {
        if !self.tensors.contains_key(FIRST_KEY) {
            return Err(WeightsError::MissingKey { key: self.full_key(FIRST_KEY) });
        }
        let shape_of = |key: &str| self.tensors.get(key).map(|(shape, _)| shape.clone());
        let config = hyperparameters.complete(shape_of);
        if config.validate().is_err()
            && let Some(key) = SHOWING_KEYS.iter().find(|key| !self.tensors.contains_key(**key))
        {
            // A missing tensor is the fault, not the 0 that its shape would have replaced.
            return Err(WeightsError::MissingKey { key: self.full_key(key) });
        }
        config.validate()?;
        check_size(&config, limits)?;

        let mut located = Vec::new();
        for spec in config.tensors() {
            let full_key = self.full_key(&spec.key);
            let Some((shape, place)) = self.tensors.remove(&spec.key) else {
                return Err(WeightsError::MissingKey { key: full_key });
            };
            if shape != spec.shape {
                let expected = spec.shape;
                return Err(WeightsError::WrongShape { key: full_key, expected, found: shape });
            }
            located.push(Located { spec, full_key, place });
        }
        match self.tensors.pop_first() {
            Some((key, _)) => Err(WeightsError::UnexpectedKey { key: self.full_key(&key) }),
            None => Ok((config, located)),
        }
    }

    fn full_key(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }
}
