//! Weights by the keys of a checkpoint, into the modules and out of them.

use std::collections::BTreeMap;

use burn::tensor::{Device, TensorReadError};

use super::network::Encoder;
use super::paths;
use crate::EncoderWeights;

impl Encoder {
    /// An encoder with the weights of a file.
    #[must_use]
    pub fn load(weights: &EncoderWeights, device: &Device) -> Self {
        paths::replace(weights.config().init(device), device, |path, _| {
            Some(weights.tensor(&checkpoint_key(path)).to_vec())
        })
    }

    /// All weights, row-major, each under its key in a checkpoint: what
    /// [`EncoderWeights::new`] takes.
    ///
    /// # Errors
    ///
    /// The device's, if it cannot give them.
    pub fn tensors(&self) -> Result<BTreeMap<String, Vec<f32>>, TensorReadError> {
        let tensors = paths::read(self)?.into_iter();
        Ok(tensors.map(|tensor| (checkpoint_key(&tensor.path), tensor.values)).collect())
    }
}

/// A path in the published program's modules, which number the parts of a sequence
/// where ours have names.
fn checkpoint_key(path: &str) -> String {
    let names = path.split('.').map(|name| match name {
        "entry" => "encoder.0",
        "blocks" => "encoder.1.blocks",
        "downs" => "encoder.1.downs",
        "mu" => "encoder.2.mu",
        "logvar" => "encoder.2.logvar",
        "pointwise" | "enter" => "0",
        "depthwise" => "1",
        "leave" => "4",
        "sum" => "out.0",
        "out" => "out.2",
        same => same,
    });
    names.collect::<Vec<_>>().join(".")
}
