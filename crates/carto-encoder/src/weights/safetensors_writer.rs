use std::collections::BTreeMap;

use half::f16;

use super::encoder_weights::EncoderWeights;
use super::error::WeightsError;
use super::safetensors_header::{Header, TensorInfo};
use super::safetensors_keys as keys;

/// The header is filled up with spaces to a multiple of this, as the format
/// wants it, so that the numbers behind it are aligned.
const ALIGNMENT: usize = 8;

/// The encoder as a safetensors file: tensors in the order of
/// [`crate::EncoderConfig::tensors`], hyper-parameters and where the
/// weights come from in the metadata. The same weights give the same bytes.
///
/// With `is_half` numbers are rounded to 16 bits; the sha256 in the metadata is
/// that of the rounded ones, which is what a reader gets.
///
/// # Errors
///
/// [`WeightsError::HalfOverflow`] for the first number beyond 65504 in half
/// precision.
pub fn write_safetensors(weights: &EncoderWeights, is_half: bool) -> Result<Vec<u8>, WeightsError> {
    let rounded = if is_half { Some(round_to_half(weights)?) } else { None };
    let weights = rounded.as_ref().unwrap_or(weights);

    let (dtype, n_bytes) = if is_half { ("F16", 2) } else { ("F32", 4) };
    let mut header = Header { metadata: metadata(weights)?, tensors: Vec::new() };
    let mut end = 0;
    for spec in weights.config().tensors() {
        let start = end;
        let shape: Vec<u64> = spec.shape.iter().map(|&size| size as u64).collect();
        end += shape.iter().product::<u64>() * n_bytes;
        let dtype = dtype.to_owned();
        let data_offsets = [start, end];
        header.tensors.push((spec.key, TensorInfo { dtype, shape, data_offsets }));
    }
    let mut text = to_json(&header)?.into_bytes();
    text.resize(text.len().next_multiple_of(ALIGNMENT), b' ');

    let mut file = Vec::with_capacity(8 + text.len() + end as usize);
    file.extend((text.len() as u64).to_le_bytes());
    file.extend(text);
    for (key, _) in &header.tensors {
        let numbers = weights.tensor(key);
        if is_half {
            file.extend(numbers.iter().flat_map(|&number| f16::from_f32(number).to_le_bytes()));
        } else {
            file.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        }
    }
    Ok(file)
}

/// The same weights, each to the nearest number of 16 bits.
fn round_to_half(weights: &EncoderWeights) -> Result<EncoderWeights, WeightsError> {
    let mut tensors = BTreeMap::new();
    for spec in weights.config().tensors() {
        let numbers = weights.tensor(&spec.key);
        let round = |&value: &f32| {
            let rounded = f16::from_f32(value).to_f32();
            let overflow = || WeightsError::HalfOverflow { key: spec.key.clone(), value };
            if rounded.is_finite() { Ok(rounded) } else { Err(overflow()) }
        };
        let rounded = numbers.iter().map(round).collect::<Result<Vec<_>, _>>()?;
        tensors.insert(spec.key, rounded);
    }
    EncoderWeights::new(weights.config().clone(), tensors, weights.metadata.clone())
}

fn metadata(weights: &EncoderWeights) -> Result<BTreeMap<String, String>, WeightsError> {
    let source = &weights.metadata;
    let noted = [
        (keys::FORMAT, Some(keys::FORMAT_VERSION.to_owned())),
        (keys::CONFIG, Some(to_json(weights.config())?)),
        (keys::SOURCE_NAME, source.source_name.clone()),
        (keys::SOURCE_SHA256, source.source_sha256.clone()),
        (keys::WEIGHTS_SHA256, Some(weights.weights_sha256())),
        (keys::NOTE, source.note.clone()),
    ];
    Ok(noted.into_iter().filter_map(|(key, text)| Some((key.to_owned(), text?))).collect())
}

/// Neither kind of value that is written here can fail to be JSON.
fn to_json(value: &impl serde::Serialize) -> Result<String, WeightsError> {
    serde_json::to_string(value).map_err(|error| WeightsError::Header { reason: error.to_string() })
}
