//! The header of a safetensors file, and how such files are written.

use std::collections::BTreeMap;
use std::fmt;

use half::f16;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::encoder_weights::EncoderWeights;
use super::error::WeightsError;
use crate::TensorSpec;

/// Names of what this program notes in the metadata of an encoder's file.
pub(super) mod keys {
    /// Version of the entries below; files of other programs do not have it.
    pub(crate) const FORMAT: &str = "carto_encoder_format";
    /// The version that is written and read.
    pub(crate) const FORMAT_VERSION: &str = "1";
    /// Hyperparameters: an `EncoderConfig` as JSON.
    pub(crate) const CONFIG: &str = "config";
    /// Name of the file that the weights were first read from.
    pub(crate) const SOURCE_NAME: &str = "source_name";
    /// sha256 of that file.
    pub(crate) const SOURCE_SHA256: &str = "source_sha256";
    /// sha256 of the tensors as they stand here, after rounding to half precision
    /// where they were rounded.
    pub(crate) const WEIGHTS_SHA256: &str = "weights_sha256";
    /// What there is to say of the weights.
    pub(crate) const NOTE: &str = "note";
}

/// The entry of a header that is no tensor.
const METADATA_KEY: &str = "__metadata__";

/// A table of tensors in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) metadata: BTreeMap<String, String>,
    pub(super) tensors: Vec<(String, TensorInfo)>,
}

/// One tensor as the header describes it.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(super) struct TensorInfo {
    pub(super) dtype: String,
    pub(super) shape: Vec<u64>,
    /// First byte of the numbers, and one behind the last, from the end of the header.
    pub(super) data_offsets: [u64; 2],
}

impl Serialize for Header {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.tensors.len() + 1))?;
        if !self.metadata.is_empty() {
            map.serialize_entry(METADATA_KEY, &self.metadata)?;
        }
        for (key, info) in &self.tensors {
            map.serialize_entry(key, info)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Header {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(HeaderVisitor)
    }
}

struct HeaderVisitor;

impl<'de> Visitor<'de> for HeaderVisitor {
    type Value = Header;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a table of tensors")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Header, A::Error> {
        let mut header = Header::default();
        let mut has_metadata = false;
        while let Some(key) = map.next_key::<String>()? {
            if key != METADATA_KEY {
                header.tensors.push((key, map.next_value()?));
            } else if has_metadata {
                return Err(A::Error::duplicate_field(METADATA_KEY));
            } else {
                has_metadata = true;
                // Some writers put `null` where there is none, and the reference library
                // reads that.
                header.metadata = map.next_value::<Option<_>>()?.unwrap_or_default();
            }
        }
        Ok(header)
    }
}

/// Headers are filled up with spaces to a multiple of this, as the format
/// wants it, so that the numbers behind it are aligned.
const ALIGNMENT: usize = 8;

/// One tensor to be written.
#[derive(Debug, Clone, Copy)]
pub struct TensorToWrite<'a> {
    /// Key of the tensor in the file.
    pub key: &'a str,
    /// Sizes, outermost first.
    pub shape: &'a [usize],
    /// The numbers, row-major.
    pub values: &'a [f32],
}

/// Tensors as a safetensors file, in the order given; the same tensors give the same
/// bytes.
///
/// - `metadata`: what the file says of itself; left out where it is empty
/// - `is_half`: whether numbers are rounded to float16 instead of kept as float32
///
/// # Errors
///
/// [`WeightsError::Header`] for what cannot be written as JSON.
///
/// # Source
///
/// The format section in the README of huggingface/safetensors.
pub fn write_tensors(
    metadata: BTreeMap<String, String>,
    tensors: &[TensorToWrite<'_>],
    is_half: bool,
) -> Result<Vec<u8>, WeightsError> {
    let (dtype, n_bytes) = if is_half { ("F16", 2) } else { ("F32", 4) };
    let mut header = Header { metadata, tensors: Vec::new() };
    let mut end = 0;
    for tensor in tensors {
        let start = end;
        end += tensor.values.len() as u64 * n_bytes;
        let shape = tensor.shape.iter().map(|&size| size as u64).collect();
        let info = TensorInfo { dtype: dtype.to_owned(), shape, data_offsets: [start, end] };
        header.tensors.push((tensor.key.to_owned(), info));
    }
    let mut text = to_json(&header)?.into_bytes();
    text.resize(text.len().next_multiple_of(ALIGNMENT), b' ');

    let mut file = Vec::with_capacity(8 + text.len() + end as usize);
    file.extend((text.len() as u64).to_le_bytes());
    file.extend(text);
    for TensorToWrite { values, .. } in tensors {
        if is_half {
            file.extend(values.iter().flat_map(|&value| f16::from_f32(value).to_le_bytes()));
        } else {
            file.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        }
    }
    Ok(file)
}

/// The encoder as a safetensors file: tensors in the order of
/// [`crate::EncoderConfig::tensors`], hyperparameters and where the
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
    let specs = weights.config().tensors();
    let tensors: Vec<_> = specs
        .iter()
        .map(|TensorSpec { key, shape }| TensorToWrite { key, shape, values: weights.tensor(key) })
        .collect();
    write_tensors(metadata(weights)?, &tensors, is_half)
}

/// Weights rounded to the nearest numbers of 16 bits.
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

/// What an encoder's file says of itself, under [`keys`].
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

/// Fails for neither kind of value that is written here.
fn to_json(value: &impl serde::Serialize) -> Result<String, WeightsError> {
    serde_json::to_string(value).map_err(|error| WeightsError::Header { reason: error.to_string() })
}
