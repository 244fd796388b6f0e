//! How safetensors files are read.
//!
//! The header is read here and not through the `safetensors` crate, which wants
//! the whole file in memory before it looks at the offsets, takes the later of
//! two tensors of one name, and refuses nothing by its size.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use carto_types::json_fault;

use super::encoder_weights::{EncoderWeights, SourceFormat, WeightsMetadata, one_line};
use super::error::{OffsetsFault, WeightsError};
use super::hyperparameters::HyperParameters;
use super::limits::WeightsLimits;
use super::located_tensors::{LocatedTensors, prefix_of};
use super::partial_file::{PartialFile, Stop};
use super::safetensors::{Header, TensorInfo, keys};
use super::tensor_view::{ByteOrder, Dtype};

/// Bytes in front of the header that hold its length.
const LENGTH_BYTES: u64 = 8;

/// Reads the encoder from a safetensors file; of it only the header and the
/// encoder's tensors.
///
/// # Source
///
/// The format section in the README of huggingface/safetensors.
pub(super) fn read(
    file: &PartialFile,
    name: &str,
    limits: &WeightsLimits,
) -> Result<EncoderWeights, Stop> {
    let (header, data_start) = read_header(file, limits)?;
    let hyperparameters = hyperparameters(&header.metadata)?;
    let (config, located) = encoder_tensors(&header)?.fit(hyperparameters, limits)?;

    file.need(located.iter().map(|tensor| tensor.place.range(data_start)))?;
    let mut tensors = BTreeMap::new();
    for tensor in located {
        tensors.insert(tensor.spec.key, tensor.place.read(file, data_start)?);
    }
    let metadata = metadata(&header.metadata, name);
    let weights = EncoderWeights::new(config, tensors, metadata)?;
    check_sha256(&weights, &header.metadata)?;
    Ok(weights)
}

/// The shape of a tensor, and its numbers, row-major.
pub type ReadTensor = (Vec<u64>, Vec<f32>);

/// All tensors of a safetensors file, by key.
///
/// # Errors
///
/// [`WeightsError`] for a damaged header, for the first tensor that lies outside of the
/// file or over another, and for numbers that are no floats.
pub fn read_tensors(bytes: Vec<u8>) -> Result<BTreeMap<String, ReadTensor>, WeightsError> {
    let mut file = PartialFile::new(bytes.len() as u64);
    file.insert(0, bytes)?;
    let read = |file: &PartialFile| -> Result<_, Stop> {
        let (header, data_start) = read_header(file, &WeightsLimits::default())?;
        let mut tensors = BTreeMap::new();
        for (key, info) in header.tensors {
            let values = Place::new(&key, &info)?.read(file, data_start)?;
            tensors.insert(key, (info.shape, values));
        }
        Ok(tensors)
    };
    read(&file).map_err(|stop| match stop {
        Stop::Failed(error) => error,
        Stop::Need(_) => WeightsError::CutShort,
    })
}

/// The header, with the places of its tensors checked, and where the data begins.
fn read_header(file: &PartialFile, limits: &WeightsLimits) -> Result<(Header, u64), Stop> {
    let length = file.get(0..LENGTH_BYTES)?;
    let length = length.iter().rev().fold(0, |length, &byte| length << 8 | u64::from(byte));
    if length > limits.max_header_bytes {
        let (what, limit) = ("bytes of the safetensors header", limits.max_header_bytes);
        return Err(WeightsError::TooLarge { what, found: length, limit }.into());
    }
    let data_start = LENGTH_BYTES + length;
    let text = file.get(LENGTH_BYTES..data_start)?;
    let header = serde_json::from_slice(&text);
    let header = header.map_err(|error| WeightsError::Header { reason: json_fault(&error) })?;
    check_offsets(&header, file.size_bytes() - data_start)?;
    Ok((header, data_start))
}

/// Refuses tensors of one name, outside of the file, or over one another.
fn check_offsets(header: &Header, data_bytes: u64) -> Result<(), WeightsError> {
    let mut names = BTreeSet::new();
    let mut in_order: Vec<_> = header.tensors.iter().collect();
    in_order.sort_by_key(|(_, info)| info.data_offsets);
    let mut last_end = 0;
    for (key, info) in in_order {
        if !names.insert(key) {
            return Err(WeightsError::DuplicateKey { key: key.clone() });
        }
        let [start, end] = info.data_offsets;
        let fault = match () {
            () if end < start => OffsetsFault::Reversed,
            () if end > data_bytes => OffsetsFault::OutsideFile,
            () if start < last_end => OffsetsFault::Overlap,
            () => {
                last_end = end;
                continue;
            }
        };
        return Err(WeightsError::Offsets { key: key.clone(), start, end, fault });
    }
    Ok(())
}

/// Type and place of a tensor's numbers, behind the header.
#[derive(Debug)]
struct Place {
    dtype: Dtype,
    offsets: [u64; 2],
}

impl Place {
    fn new(key: &str, info: &TensorInfo) -> Result<Self, WeightsError> {
        let Some(dtype) = Dtype::of_safetensors(&info.dtype) else {
            return Err(WeightsError::Dtype { key: key.to_owned(), dtype: one_line(&info.dtype) });
        };
        let [start, end] = info.data_offsets;
        let n_bytes = info
            .shape
            .iter()
            .try_fold(dtype.size_bytes() as u64, |n_bytes, &size| n_bytes.checked_mul(size));
        if n_bytes != Some(end - start) {
            let (key, fault) = (key.to_owned(), OffsetsFault::Size);
            return Err(WeightsError::Offsets { key, start, end, fault });
        }
        Ok(Self { dtype, offsets: info.data_offsets })
    }

    fn range(&self, data_start: u64) -> Range<u64> {
        data_start + self.offsets[0]..data_start + self.offsets[1]
    }

    fn read(&self, file: &PartialFile, data_start: u64) -> Result<Vec<f32>, Stop> {
        let content = file.get(self.range(data_start))?;
        Ok(self.dtype.decode(&content, ByteOrder::Little))
    }
}

/// The tensors under the encoder's prefix.
fn encoder_tensors(header: &Header) -> Result<LocatedTensors<Place>, WeightsError> {
    let keys = header.tensors.iter().map(|(key, _)| key.as_str());
    let mut located = LocatedTensors::new(prefix_of(keys).unwrap_or_default());
    for (key, info) in &header.tensors {
        if located.concerns(key) {
            located.add(key, &info.shape, Place::new(key, info)?);
        }
    }
    Ok(located)
}

/// Hyperparameters as this program noted them in the metadata. Of files of other
/// programs only what shapes do not show: how many of a stage's layers make one stack.
fn hyperparameters(metadata: &BTreeMap<String, String>) -> Result<HyperParameters, WeightsError> {
    match metadata.get(keys::FORMAT).map(String::as_str) {
        Some(keys::FORMAT_VERSION) => {
            let config = metadata.get(keys::CONFIG).map_or("", String::as_str);
            let config = serde_json::from_str::<crate::EncoderConfig>(config);
            let config = config.map_err(|error| {
                let reason = format!("{}: {}", keys::CONFIG, json_fault(&error));
                WeightsError::Header { reason }
            })?;
            Ok(config.into())
        }
        Some(version) => Err(WeightsError::NewerFormat { version: one_line(version) }),
        None => {
            let count = |name: &'static str| {
                let count = metadata.get(name).map(|text| text.trim().parse::<usize>());
                count.transpose().map_err(|_| WeightsError::HyperParameter { name })
            };
            Ok(HyperParameters {
                n_stacks: count("num_stacks")?,
                stack_depth: count("stack_depth")?,
                ..HyperParameters::default()
            })
        }
    }
}

/// Where the weights come from, by the metadata of a file of this program.
fn metadata(noted: &BTreeMap<String, String>, name: &str) -> WeightsMetadata {
    let of_file = WeightsMetadata::of_file(SourceFormat::Safetensors, name);
    if !noted.contains_key(keys::FORMAT) {
        return of_file;
    }
    let text = |key| noted.get(key).map(|text| one_line(text));
    WeightsMetadata {
        // A random encoder has no source, and its file is none.
        source_name: text(keys::SOURCE_NAME),
        source_sha256: text(keys::SOURCE_SHA256),
        note: text(keys::NOTE),
        ..of_file
    }
}

/// Compares the tensors with the sha256 that this program noted.
fn check_sha256(
    weights: &EncoderWeights,
    noted: &BTreeMap<String, String>,
) -> Result<(), WeightsError> {
    let is_ours = noted.contains_key(keys::FORMAT);
    let Some(expected) = noted.get(keys::WEIGHTS_SHA256).filter(|_| is_ours) else {
        return Ok(());
    };
    let found = weights.weights_sha256();
    if found == *expected {
        return Ok(());
    }
    Err(WeightsError::Sha256 { expected: one_line(expected), found })
}
