//! The encoder's weights: from files, to files, or at random.
//!
//! [`read_weights`] takes PyTorch checkpoints and safetensors files, told apart
//! by their content. [`WeightsPlan`] is the same for a file that comes over a
//! network in ranges. Both read the encoder's tensors and nothing else of what a
//! checkpoint holds. A pickle is data here: nothing in it is ever carried out.

mod dtype;
mod encoder_weights;
mod error;
mod found;
mod hyper;
mod limits;
mod metadata;
mod pickle;
mod plan;
mod random;
mod safetensors_header;
mod safetensors_keys;
mod safetensors_reader;
mod safetensors_writer;
mod sha256;
mod sparse;
mod torch;
mod torch_zip;
mod view;

pub use encoder_weights::EncoderWeights;
pub use error::{OffsetsFault, WeightsError};
pub use limits::WeightsLimits;
pub use metadata::{SourceFormat, UNTRAINED_NOTE, WeightsMetadata};
pub use pickle::PickleError;
pub use plan::{Step, WeightsPlan, read_weights};
pub use safetensors_writer::write_safetensors;
pub use sha256::sha256_hex;
