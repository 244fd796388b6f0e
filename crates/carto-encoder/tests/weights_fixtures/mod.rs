//! Tiny checkpoints, made here byte by byte as `torch.save` lays them out.
#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::panic,
    reason = "tests may fail loudly"
)]

pub(crate) mod pickler;
pub(crate) mod zip;

use std::io::{Cursor, Read, Seek, SeekFrom};

use carto_encoder::EncoderConfig;
use carto_encoder::weights::{EncoderWeights, WeightsError, WeightsLimits, read_weights};
use pickler::Pickler;

pub(crate) fn read(bytes: &[u8]) -> Result<EncoderWeights, WeightsError> {
    read_weights(Cursor::new(bytes), "a file", &WeightsLimits::default())
}

/// The message of the error; the file must not be readable.
pub(crate) fn refusal(bytes: &[u8]) -> String {
    match read(bytes) {
        Ok(_) => panic!("it was read"),
        Err(error) => error.to_string(),
    }
}

/// 22 tensors, 86 numbers.
pub(crate) fn tiny_config() -> EncoderConfig {
    EncoderConfig {
        n_latent_dims: 3,
        hidden_dim: 2,
        strides: vec![2],
        stack_depth: 2,
        n_stacks: 1,
        layer_expand: 1,
        down_expand: 1,
    }
}

pub(crate) fn tiny() -> EncoderWeights {
    EncoderWeights::random(&tiny_config(), 7).unwrap()
}

/// One tensor of a checkpoint to be written.
#[derive(Debug, Clone)]
pub(crate) struct Tensor {
    pub(crate) key: String,
    pub(crate) storage: usize,
    pub(crate) offset: i32,
    pub(crate) shape: Vec<i32>,
    pub(crate) strides: Vec<i32>,
}

/// Numbers in a file of their own.
#[derive(Debug, Clone)]
pub(crate) struct Storage {
    pub(crate) class: &'static str,
    pub(crate) n_numbers: i32,
    pub(crate) bytes: Vec<u8>,
}

/// How hyper-parameters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hyper {
    Absent,
    Tables,
    Dataclasses,
}

/// A checkpoint to be written; tests bend one thing of an honest one.
#[derive(Debug, Clone)]
pub(crate) struct Checkpoint {
    pub(crate) config: EncoderConfig,
    pub(crate) tensors: Vec<Tensor>,
    pub(crate) storages: Vec<Storage>,
    pub(crate) prefix: &'static str,
    pub(crate) is_bare: bool,
    pub(crate) hyper: Hyper,
    pub(crate) byte_order: Option<&'static str>,
    /// Written in front of the first tensor, as its entry in the table.
    pub(crate) extra: Vec<u8>,
}

pub(crate) fn row_major(shape: &[i32]) -> Vec<i32> {
    (0..shape.len()).map(|dim| shape[dim + 1..].iter().product()).collect()
}

impl Checkpoint {
    /// As Lightning writes it, one storage for each tensor.
    pub(crate) fn of(weights: &EncoderWeights) -> Self {
        let mut checkpoint = Self {
            config: weights.config().clone(),
            tensors: Vec::new(),
            storages: Vec::new(),
            prefix: "",
            is_bare: false,
            hyper: Hyper::Tables,
            byte_order: Some("little"),
            extra: Vec::new(),
        };
        for spec in weights.config().tensors() {
            let shape: Vec<i32> = spec.shape.iter().map(|&size| size as i32).collect();
            let numbers = weights.tensor(&spec.key);
            checkpoint.tensors.push(Tensor {
                key: spec.key.clone(),
                storage: checkpoint.storages.len(),
                offset: 0,
                strides: row_major(&shape),
                shape,
            });
            checkpoint.storages.push(Storage {
                class: "FloatStorage",
                n_numbers: numbers.len() as i32,
                bytes: numbers.iter().flat_map(|number| number.to_le_bytes()).collect(),
            });
        }
        checkpoint
    }

    pub(crate) fn pickle(&self) -> Vec<u8> {
        let mut pickler = Pickler::new();
        if self.is_bare {
            self.state_dict(&mut pickler);
        } else {
            pickler.op(b"}(");
            pickler.text("epoch").op(b"K\x03");
            pickler.text("state_dict");
            self.state_dict(&mut pickler);
            // A tensor of the optimizer: no business of the encoder's.
            pickler.text("optimizer_states").op(b"](}").text("exp_avg");
            pickler.tensor("LongStorage", "999", 4, 0, &[4], &[1]);
            pickler.op(b"s").text("step").op(b"K\x08se");
            self.hyper_parameters(&mut pickler);
            pickler.op(b"u");
        }
        pickler.finish()
    }

    fn state_dict(&self, pickler: &mut Pickler) {
        pickler.op(b"ccollections\nOrderedDict\n)R(").op(&self.extra);
        for tensor in &self.tensors {
            let storage = &self.storages[tensor.storage];
            pickler.text(&format!("{}{}", self.prefix, tensor.key));
            let key = tensor.storage.to_string();
            let (shape, strides) = (&tensor.shape, &tensor.strides);
            pickler.tensor(storage.class, &key, storage.n_numbers, tensor.offset, shape, strides);
        }
        // Others' tensors, and what torch notes beside the table.
        pickler.text("decoder.0.weight");
        pickler.tensor("FloatStorage", "998", 4, 0, &[4], &[1]);
        pickler.op(b"u}").text("_metadata").op(b"}sb");
    }

    fn hyper_parameters(&self, pickler: &mut Pickler) {
        let config = &self.config;
        let (before, after) = match self.hyper {
            Hyper::Absent => return,
            Hyper::Tables => (b"".as_slice(), b"".as_slice()),
            Hyper::Dataclasses => (b"cosu_dreamer.args\nArgs\n)\x81".as_slice(), b"b".as_slice()),
        };
        let count = |count: usize| count as i32;
        pickler.text("hyper_parameters").op(b"}(");
        pickler.text("emb_dim").int(count(config.n_latent_dims));
        pickler.text("h_dim").int(count(config.hidden_dim));
        pickler.text("ae_args").op(before).op(b"}(").text("strides").op(b"](");
        for &stride in &config.strides {
            pickler.int(count(stride));
        }
        pickler.op(b"e").text("layer_args").op(before).op(b"}(");
        pickler.text("num_stacks").int(count(config.n_stacks));
        pickler.text("stack_depth").int(count(config.stack_depth));
        pickler.text("expand").int(count(config.layer_expand));
        pickler.op(b"u").op(after);
        pickler.text("expand").int(count(config.down_expand)).op(b"u").op(after);
        pickler.op(b"u");
    }

    /// Entries of the zip file in their order.
    pub(crate) fn entries(&self) -> Vec<(String, Vec<u8>)> {
        let mut entries = vec![("archive/data.pkl".to_owned(), self.pickle())];
        if let Some(order) = self.byte_order {
            entries.push(("archive/byteorder".to_owned(), order.into()));
        }
        for (key, storage) in self.storages.iter().enumerate() {
            entries.push((format!("archive/data/{key}"), storage.bytes.clone()));
        }
        entries.push(("archive/data/998".to_owned(), vec![0; 16]));
        entries.push(("archive/data/999".to_owned(), vec![0; 32]));
        entries.push(("archive/version".to_owned(), b"3\n".to_vec()));
        entries
    }

    pub(crate) fn file(&self) -> Vec<u8> {
        zip::stored(&self.entries())
    }
}

/// Counts the bytes that are read through it.
pub(crate) struct Counting<S> {
    pub(crate) source: S,
    pub(crate) n_read: u64,
}

impl<S: Read> Read for Counting<S> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n_bytes = self.source.read(buffer)?;
        self.n_read += n_bytes as u64;
        Ok(n_bytes)
    }
}

impl<S: Seek> Seek for Counting<S> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.source.seek(to)
    }
}
