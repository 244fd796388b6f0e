use super::error::WeightsError;
use crate::{EncoderConfig, TensorSpec};

/// What a hostile or broken file of weights may cost, each bound with its reason.
///
/// Nothing is allocated on the word of a header: sizes are held against these
/// and against the size of the file first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeightsLimits {
    /// Header of a safetensors file, which is held as text and as a table. The
    /// published encoder's takes 10 KB; whole language models stay below 2 MB.
    pub max_header_bytes: u64,
    /// `data.pkl` of a checkpoint. The published one's takes 80 KB.
    pub max_pickle_bytes: u64,
    /// Opcodes of a pickle. The published one has about 30,000; an opcode costs
    /// at most about 100 bytes here.
    pub max_pickle_ops: usize,
    /// Numbers of the encoder: eight times the published one's, 256 MB.
    pub max_parameters: u64,
    /// Bytes of the storages that hold the encoder's tensors, inflated: as many
    /// numbers in double precision.
    pub max_storage_bytes: u64,
}

impl Default for WeightsLimits {
    fn default() -> Self {
        Self {
            max_header_bytes: 4 << 20,
            max_pickle_bytes: 16 << 20,
            max_pickle_ops: 1_000_000,
            max_parameters: 64 << 20,
            max_storage_bytes: 512 << 20,
        }
    }
}

/// Refuses an encoder with more numbers than the limit; `config` is validated.
pub(super) fn check_size(
    config: &EncoderConfig,
    limits: &WeightsLimits,
) -> Result<(), WeightsError> {
    // In 64 bits: in the page's address space the product of sizes may overflow.
    let numbers = |tensor: &TensorSpec| tensor.shape.iter().map(|&size| size as u64).product();
    let found = config.tensors().iter().map(numbers).fold(0, u64::saturating_add);
    let limit = limits.max_parameters;
    if found > limit {
        return Err(WeightsError::TooLarge { what: "parameters of the encoder", found, limit });
    }
    Ok(())
}
