//! Safetensors files.
//!
//! The header is read here and not through the `safetensors` crate, which wants
//! the whole file in memory before it looks at the offsets, takes the later of
//! two tensors of one name, and refuses nothing by its size.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::dtype::{ByteOrder, Dtype};
use super::encoder_weights::EncoderWeights;
use super::error::{OffsetsFault, WeightsError};
use super::found::{Found, prefix_of};
use super::hyper::HyperParameters;
use super::limits::WeightsLimits;
use super::metadata::{SourceFormat, WeightsMetadata, one_line};
use super::safetensors_header::{Header, TensorInfo};
use super::safetensors_keys as keys;
use super::sparse::{SparseBytes, Stop};

/// The length of the header, in front of it.
const LENGTH_BYTES: u64 = 8;

/// Reads the encoder from a safetensors file; of it only the header and the
/// encoder's tensors.
///
/// # Source
///
/// The format section in the README of huggingface/safetensors.
pub(super) fn read(
    bytes: &SparseBytes,
    name: &str,
    limits: &WeightsLimits,
) -> Result<EncoderWeights, Stop> {
    let (header, data_start) = read_header(bytes, limits)?;
    check_offsets(&header, bytes.size_bytes() - data_start)?;
    let hyper = hyper_parameters(&header.metadata)?;
    let (config, placed) = encoder_tensors(&header)?.fit(hyper, limits)?;

    bytes.need(placed.iter().map(|tensor| tensor.place.range(data_start)))?;
    let mut tensors = BTreeMap::new();
    for tensor in placed {
        let content = bytes.get(tensor.place.range(data_start))?;
        tensors.insert(tensor.spec.key, tensor.place.dtype.decode(&content, ByteOrder::Little));
    }
    let metadata = metadata(&header.metadata, name);
    let weights = EncoderWeights::new(config, tensors, metadata)?;
    check_sha256(&weights, &header.metadata)?;
    Ok(weights)
}

/// The header, and where the data begins.
fn read_header(bytes: &SparseBytes, limits: &WeightsLimits) -> Result<(Header, u64), Stop> {
    let length = bytes.get(0..LENGTH_BYTES)?;
    let length = length.iter().rev().fold(0, |length, &byte| length << 8 | u64::from(byte));
    if length > limits.max_header_bytes {
        let (what, limit) = ("bytes of the safetensors header", limits.max_header_bytes);
        return Err(WeightsError::TooLarge { what, found: length, limit }.into());
    }
    let data_start = LENGTH_BYTES + length;
    let text = bytes.get(LENGTH_BYTES..data_start)?;
    let header = serde_json::from_slice(&text);
    let header = header.map_err(|error| WeightsError::Header { reason: error.to_string() })?;
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

/// Where a tensor's numbers are, behind the header.
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
}

fn encoder_tensors(header: &Header) -> Result<Found<Place>, WeightsError> {
    let keys = header.tensors.iter().map(|(key, _)| key.as_str());
    let mut found = Found::new(prefix_of(keys).unwrap_or_default());
    for (key, info) in &header.tensors {
        if found.concerns(key) {
            found.add(key, &info.shape, Place::new(key, info)?);
        }
    }
    Ok(found)
}

/// Our own note where there is one. Of files of others only what shapes do not
/// show: how many of a stage's layers make one stack.
fn hyper_parameters(metadata: &BTreeMap<String, String>) -> Result<HyperParameters, WeightsError> {
    match metadata.get(keys::FORMAT).map(String::as_str) {
        Some(keys::FORMAT_VERSION) => {
            let config = metadata.get(keys::CONFIG).map_or("", String::as_str);
            let config = serde_json::from_str::<crate::EncoderConfig>(config);
            let config = config.map_err(|error| {
                let reason = format!("{}: {error}", keys::CONFIG);
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
