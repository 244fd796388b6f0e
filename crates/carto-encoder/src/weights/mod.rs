//! The encoder's weights: from files, to files, or at random.
//!
//! [`read_weights`] takes PyTorch checkpoints and safetensors files, told apart
//! by their content. [`WeightsPlan`] is the same for a file that comes over a
//! network in ranges. Both read the encoder's tensors and nothing else of what a
//! checkpoint holds. A pickle is data here: nothing in it is ever carried out.

mod encoder_weights;
mod error;
mod hyperparameters;
mod limits;
mod located_tensors;
mod partial_file;
mod pickle;
mod plan;
mod safetensors;
mod safetensors_reader;
mod sha256;
mod tensor_view;
mod torch;

pub use encoder_weights::{EncoderWeights, SourceFormat, UNTRAINED_NOTE, WeightsMetadata};
pub use error::{OffsetsFault, WeightsError};
pub use limits::WeightsLimits;
pub use pickle::PickleError;
pub use plan::{Step, WeightsPlan, read_weights};
pub use safetensors::{TensorToWrite, write_safetensors, write_tensors};
pub use safetensors_reader::{ReadTensor, read_tensors};
pub use sha256::sha256_hex;
