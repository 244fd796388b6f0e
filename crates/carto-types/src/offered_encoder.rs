//! The encoder of a run, as the views of one song and of mappers take it.

use serde::{Deserialize, Serialize};

use crate::{Backend, DeviceChoice, EncoderFacts};

/// An encoder that the run has loaded.
///
/// The file that its weights stand in travels beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedEncoder {
    /// Which encoder it is.
    pub facts: EncoderFacts,
    /// What is to compute.
    pub device: DeviceChoice,
    /// What has computed with it so far.
    pub backend: Backend,
}

impl OfferedEncoder {
    /// Whether another one gives the same latents: other tables are not needed then.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.facts.weights_sha256 == other.facts.weights_sha256
    }
}
