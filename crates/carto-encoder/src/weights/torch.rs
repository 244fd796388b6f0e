//! PyTorch checkpoints: a zip file with a pickle and the storages of tensors.

use std::collections::BTreeMap;

use super::dtype::ByteOrder;
use super::encoder_weights::EncoderWeights;
use super::error::WeightsError;
use super::found::{Found, Placed, prefix_of};
use super::hyper::HyperParameters;
use super::limits::WeightsLimits;
use super::metadata::{SourceFormat, WeightsMetadata};
use super::pickle::{self, Node, PickleError, Pickled};
use super::sparse::{SparseBytes, Stop};
use super::torch_zip::TorchZip;
use super::view::View;

/// `little` or `big`.
const MAX_BYTE_ORDER_BYTES: u64 = 16;

/// Reads the encoder from a checkpoint; of the zip file only its directory, its
/// pickle and the encoder's storages.
pub(super) fn read(
    bytes: &SparseBytes,
    name: &str,
    limits: &WeightsLimits,
) -> Result<EncoderWeights, Stop> {
    let mut zip = TorchZip::open(bytes, limits)?;
    let byte_order_entry = zip.index_of("byteorder");
    let known = [Some(zip.pickle_index()), byte_order_entry].into_iter().flatten();
    bytes.need(known.map(|index| zip.span(index)))?;

    let data_pkl = zip.entry(zip.pickle_index(), limits.max_pickle_bytes)?;
    // Files from before there was such an entry are little-endian.
    let order = match byte_order_entry {
        Some(index) => byte_order(&zip.entry(index, MAX_BYTE_ORDER_BYTES)?)?,
        None => ByteOrder::Little,
    };
    let pickled = pickle::read(&data_pkl, limits.max_pickle_ops).map_err(WeightsError::from)?;
    let hyper = HyperParameters::of_checkpoint(&pickled)?;
    let (config, placed) = encoder_tensors(&pickled)?.fit(hyper, limits)?;

    let storages = storages(&zip, &placed, limits)?;
    bytes.need(storages.values().map(|storage| zip.span(storage.index)))?;
    let tensors = read_tensors(&mut zip, storages, placed, order)?;
    let metadata = WeightsMetadata::of_file(SourceFormat::PyTorch, name);
    Ok(EncoderWeights::new(config, tensors, metadata)?)
}

/// Where a tensor's numbers are.
#[derive(Debug)]
struct Place {
    storage_key: String,
    storage_bytes: u64,
    view: View,
}

/// The tensors under the encoder's prefix in `state_dict`, or in the file's own
/// table where it has no such entry.
fn encoder_tensors(pickled: &Pickled<'_>) -> Result<Found<Place>, WeightsError> {
    let table = pickled.member(pickled.root, "state_dict").unwrap_or(pickled.root);
    let items = pickled.items(table).ok_or(PickleError::NotATable)?;
    let named = || items.iter().filter_map(|&(key, value)| Some((pickled.text(key)?, value)));
    let mut found = Found::new(prefix_of(named().map(|(key, _)| key)).unwrap_or_default());
    for (key, value) in named() {
        if !found.concerns(key) {
            continue;
        }
        let Some(Node::Tensor(tensor)) = pickled.node(value) else {
            return Err(WeightsError::NotATensor { key: key.to_owned() });
        };
        let storage = tensor.storage;
        let Some(dtype) = storage.dtype else {
            let dtype = pickled.text(storage.class).unwrap_or_default().to_owned();
            return Err(WeightsError::Dtype { key: key.to_owned(), dtype });
        };
        let place = Place {
            storage_key: pickled.text(storage.key).unwrap_or_default().to_owned(),
            storage_bytes: storage.n_numbers.saturating_mul(dtype.size_bytes() as u64),
            view: View {
                dtype,
                offset: tensor.offset,
                shape: tensor.shape.clone(),
                strides: tensor.strides.clone(),
            },
        };
        found.add(key, &tensor.shape, place);
    }
    Ok(found)
}

/// One storage, its entry, and how many tensors still look into it.
#[derive(Debug)]
struct Storage {
    index: usize,
    n_uses: usize,
    /// Read, and kept while other tensors need it.
    content: Option<Vec<u8>>,
}

/// The storages of all tensors, each once, held against the limit together.
fn storages(
    zip: &TorchZip<'_>,
    placed: &[Placed<Place>],
    limits: &WeightsLimits,
) -> Result<BTreeMap<String, Storage>, WeightsError> {
    let mut storages: BTreeMap<String, Storage> = BTreeMap::new();
    let mut total_bytes = 0_u64;
    for Placed { full_key, place, .. } in placed {
        let key = || full_key.clone();
        let entry = format!("data/{}", place.storage_key);
        let index = zip.index_of(&entry);
        let index = index.ok_or_else(|| WeightsError::MissingStorage { key: key(), entry })?;
        let (expected, found) = (place.storage_bytes, zip.size_bytes(index));
        if expected != found {
            return Err(WeightsError::StorageSize { key: key(), expected, found });
        }
        let fresh = || Storage { index, n_uses: 0, content: None };
        let storage = storages.entry(place.storage_key.clone()).or_insert_with(fresh);
        storage.n_uses += 1;
        if storage.n_uses == 1 {
            total_bytes = total_bytes.saturating_add(found);
        }
        if total_bytes > limits.max_storage_bytes {
            let (what, limit) = ("bytes of the encoder's storages", limits.max_storage_bytes);
            return Err(WeightsError::TooLarge { what, found: total_bytes, limit });
        }
    }
    Ok(storages)
}

fn read_tensors(
    zip: &mut TorchZip<'_>,
    mut storages: BTreeMap<String, Storage>,
    placed: Vec<Placed<Place>>,
    order: ByteOrder,
) -> Result<BTreeMap<String, Vec<f32>>, Stop> {
    let mut tensors = BTreeMap::new();
    for Placed { spec, full_key, place } in placed {
        let outside = || WeightsError::OutsideStorage { key: full_key.clone() };
        let storage = storages.get_mut(&place.storage_key).ok_or_else(outside)?;
        let content = match storage.content.take() {
            Some(content) => content,
            None => zip
                .entry(storage.index, place.storage_bytes)
                .map_err(|stop| of_tensor(stop, &full_key))?,
        };
        let numbers = place.view.gather(&content, order).ok_or_else(outside)?;
        tensors.insert(spec.key, numbers);
        storage.n_uses -= 1;
        storage.content = (storage.n_uses > 0).then_some(content);
    }
    Ok(tensors)
}

fn of_tensor(stop: Stop, key: &str) -> Stop {
    match stop {
        Stop::Failed(WeightsError::Entry { entry, fault }) => {
            WeightsError::Storage { key: key.to_owned(), entry, fault }.into()
        }
        stop => stop,
    }
}

fn byte_order(content: &[u8]) -> Result<ByteOrder, WeightsError> {
    match content.trim_ascii() {
        b"little" => Ok(ByteOrder::Little),
        b"big" => Ok(ByteOrder::Big),
        other => {
            Err(WeightsError::ByteOrder { found: String::from_utf8_lossy(other).into_owned() })
        }
    }
}
