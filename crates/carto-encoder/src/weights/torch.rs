//! PyTorch checkpoints: a zip file with a pickle and the storages of tensors.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::ops::Range;

use carto_archive::{Archive, ArchiveError, Limits, ZipRules};

use super::encoder_weights::{EncoderWeights, SourceFormat, WeightsMetadata};
use super::error::WeightsError;
use super::hyperparameters::HyperParameters;
use super::limits::WeightsLimits;
use super::located_tensors::{Located, LocatedTensors, prefix_of};
use super::partial_file::{PartialFile, PartialFileReader, Stop};
use super::pickle::{self, Node, PickleError, Pickled};
use super::tensor_view::{ByteOrder, TensorView};

/// The entry for the byte order holds `little` or `big`.
const MAX_BYTE_ORDER_BYTES: u64 = 16;

/// Reads the encoder from a checkpoint; of the zip file only its directory, its
/// pickle and the encoder's storages.
pub(super) fn read(
    file: &PartialFile,
    name: &str,
    limits: &WeightsLimits,
) -> Result<EncoderWeights, Stop> {
    let mut zip = TorchZip::open(file, limits)?;
    let byte_order_entry = zip.index_of("byteorder");
    let known = [Some(zip.pickle_index()), byte_order_entry].into_iter().flatten();
    file.need(known.map(|index| zip.span(index)))?;

    let data_pkl = zip.entry(zip.pickle_index(), limits.max_pickle_bytes)?;
    // Files from before there was such an entry are little-endian.
    let order = match byte_order_entry {
        Some(index) => byte_order(&zip.entry(index, MAX_BYTE_ORDER_BYTES)?)?,
        None => ByteOrder::Little,
    };
    let pickled = pickle::read(&data_pkl, limits.max_pickle_ops).map_err(WeightsError::from)?;
    let hyperparameters = HyperParameters::of_checkpoint(&pickled)?;
    let (config, located) = encoder_tensors(&pickled)?.fit(hyperparameters, limits)?;

    let storages = storages(&zip, &located, limits)?;
    file.need(storages.values().map(|storage| zip.span(storage.index)))?;
    let tensors = read_tensors(&mut zip, storages, located, order)?;
    let metadata = WeightsMetadata::of_file(SourceFormat::PyTorch, name);
    Ok(EncoderWeights::new(config, tensors, metadata)?)
}

/// Storage and place of a tensor's numbers.
#[derive(Debug)]
struct Place {
    storage_key: String,
    storage_bytes: u64,
    view: TensorView,
}

/// The tensors under the encoder's prefix in `state_dict`, or in the file's own
/// table where it has no such entry.
fn encoder_tensors(pickled: &Pickled<'_>) -> Result<LocatedTensors<Place>, WeightsError> {
    let table = pickled.member(pickled.root, "state_dict").unwrap_or(pickled.root);
    let items = pickled.items(table).ok_or(PickleError::NotATable)?;
    let named = || items.iter().filter_map(|&(key, value)| Some((pickled.text(key)?, value)));
    let mut located =
        LocatedTensors::new(prefix_of(named().map(|(key, _)| key)).unwrap_or_default());
    for (key, value) in named() {
        if !located.concerns(key) {
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
            view: TensorView {
                dtype,
                offset: tensor.offset,
                shape: tensor.shape.clone(),
                strides: tensor.strides.clone(),
            },
        };
        located.add(key, &tensor.shape, place);
    }
    Ok(located)
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
    located: &[Located<Place>],
    limits: &WeightsLimits,
) -> Result<BTreeMap<String, Storage>, WeightsError> {
    let mut storages: BTreeMap<String, Storage> = BTreeMap::new();
    let mut total_bytes = 0_u64;
    for Located { full_key, place, .. } in located {
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
    located: Vec<Located<Place>>,
    order: ByteOrder,
) -> Result<BTreeMap<String, Vec<f32>>, Stop> {
    let mut tensors = BTreeMap::new();
    for Located { spec, full_key, place } in located {
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

/// What is asked for at the end of the file: the directory of the published
/// checkpoint, 484 entries, takes 31 KB.
const TAIL_BYTES: u64 = 64 << 10;

/// The zip file of a checkpoint, all of whose entries stand in one folder.
#[derive(Debug)]
struct TorchZip<'a> {
    file: &'a PartialFile,
    archive: Archive<PartialFileReader<'a>>,
    folder: String,
    pickle_index: usize,
    /// Entries by name; of several of one name the last, as Python takes it.
    index_by_name: BTreeMap<String, usize>,
    /// Bytes of the file that each entry needs, by its index.
    spans: Vec<Range<u64>>,
}

impl<'a> TorchZip<'a> {
    /// Reads the directory, for which the end of the file is needed.
    fn open(file: &'a PartialFile, limits: &WeightsLimits) -> Result<Self, Stop> {
        let size_bytes = file.size_bytes();
        let tail = size_bytes.saturating_sub(TAIL_BYTES)..size_bytes;
        file.need([tail])?;
        let limits = Limits {
            max_total_bytes: limits.max_storage_bytes.saturating_add(limits.max_pickle_bytes),
            ..Limits::default()
        };
        let archive = Archive::open(file.reader(), "", ZipRules::Python, &limits);
        let archive = archive.map_err(|error| stop(file, error))?;
        let index_by_name: BTreeMap<_, _> =
            archive.entries().iter().map(|entry| (entry.name.clone(), entry.index)).collect();
        // `archive/data.pkl`; deeper ones belong to other formats.
        let pickle = index_by_name.iter().find_map(|(name, &index)| {
            let folder = name.strip_suffix("data.pkl")?;
            let is_folder = folder.is_empty() || folder.find('/') == Some(folder.len() - 1);
            is_folder.then(|| (folder.to_owned(), index))
        });
        let (folder, pickle_index) = pickle.ok_or(WeightsError::NotACheckpoint)?;
        let spans = archive.spans();
        Ok(Self { file, archive, folder, pickle_index, index_by_name, spans })
    }

    /// The entry that describes all others.
    fn pickle_index(&self) -> usize {
        self.pickle_index
    }

    /// The entry of that name in the checkpoint's folder.
    fn index_of(&self, name: &str) -> Option<usize> {
        self.index_by_name.get(&format!("{}{name}", self.folder)).copied()
    }

    /// Bytes of the file that are enough to read an entry.
    fn span(&self, index: usize) -> Range<u64> {
        self.spans.get(index).cloned().unwrap_or_default()
    }

    /// Declared size of an entry after decompression.
    fn size_bytes(&self, index: usize) -> u64 {
        self.archive.entries().get(index).map_or(0, |entry| entry.size_bytes)
    }

    /// Reads an entry whole and holds it against its checksum.
    fn entry(&mut self, index: usize, max_bytes: u64) -> Result<Vec<u8>, Stop> {
        self.archive.read_entry(index, max_bytes).map_err(|error| stop(self.file, error))
    }
}

/// The zip reader's words without the file's name, which ours do not have.
fn stop(file: &PartialFile, error: ArchiveError) -> Stop {
    let error = match error {
        ArchiveError::Io { error, .. } if error.kind() == ErrorKind::WouldBlock => {
            return file.after_gap();
        }
        ArchiveError::Io { error, .. } => WeightsError::Io(error),
        ArchiveError::CutShort { .. } => WeightsError::CutShort,
        ArchiveError::Directory { fault, .. } => WeightsError::Directory(fault),
        ArchiveError::Entry { entry, fault, .. } => WeightsError::Entry { entry, fault },
        error => WeightsError::Archive(error),
    };
    error.into()
}
