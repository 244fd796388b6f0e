//! The decoder as a file, beside the encoder's.

use burn::tensor::Device;
use half::f16;
use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};

use super::TrainError;
use carto_encoder::EncoderConfig;
use carto_encoder::plain::{Decoder, paths};

/// A decoder as safetensors, float16, each tensor under its path in [`Decoder`].
///
/// # Errors
///
/// [`TrainError::Device`].
pub fn decoder_to_safetensors(decoder: &Decoder) -> Result<Vec<u8>, TrainError> {
    let tensors = paths::read(decoder).map_err(|error| TrainError::device(format!("{error:?}")))?;
    let halves: Vec<(String, Vec<usize>, Vec<u8>)> = tensors
        .into_iter()
        .map(|tensor| {
            let halves = tensor.values.iter().flat_map(|&value| f16::from_f32(value).to_le_bytes());
            (tensor.path, tensor.shape, halves.collect())
        })
        .collect();
    let views = halves.iter().map(|(path, shape, bytes)| {
        TensorView::new(Dtype::F16, shape.clone(), bytes).map(|view| (path.clone(), view))
    });
    let views = views.collect::<Result<Vec<_>, _>>().map_err(TrainError::device)?;
    serialize(views, None).map_err(TrainError::device)
}

/// The decoder of an encoder's file, from what [`decoder_to_safetensors`] wrote.
///
/// # Errors
///
/// [`TrainError::Config`] that names the first tensor that is missing or of
/// another shape.
pub fn decoder_from_safetensors(
    bytes: &[u8],
    config: &EncoderConfig,
    device: &Device,
) -> Result<Decoder, TrainError> {
    let invalid = |reason: String| TrainError::Config { reason };
    let file = SafeTensors::deserialize(bytes).map_err(|error| invalid(error.to_string()))?;
    let mut fault = None;
    let decoder = paths::replace(config.init_decoder(device), device, |path, shape| {
        let values = half_tensor(&file, path, shape);
        if values.is_none() {
            fault.get_or_insert_with(|| path.to_owned());
        }
        values
    });
    match fault {
        Some(path) => Err(invalid(format!("the decoder has no `{path}` of the encoder's size"))),
        None => Ok(decoder),
    }
}

/// `None` if there is no such tensor of float16.
fn half_tensor(file: &SafeTensors<'_>, path: &str, shape: &[usize]) -> Option<Vec<f32>> {
    let view = file.tensor(path).ok()?;
    let is_as_wanted = view.dtype() == Dtype::F16 && view.shape() == shape;
    let (pairs, _) = view.data().as_chunks::<2>();
    is_as_wanted.then(|| pairs.iter().map(|&pair| f16::from_le_bytes(pair).to_f32()).collect())
}
