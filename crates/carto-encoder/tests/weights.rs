//! Files of weights of every honest kind.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

mod weights_fixtures;

use std::io::Cursor;

use carto_archive::write_archive;
use carto_encoder::EncoderConfig;
use carto_encoder::weights::{
    EncoderWeights, SourceFormat, Step, UNTRAINED_NOTE, WeightsError, WeightsLimits, WeightsPlan,
    read_weights, write_safetensors,
};
use weights_fixtures::{Checkpoint, Hyper, Storage, read, row_major, tiny, tiny_config};

#[track_caller]
fn assert_same(found: &EncoderWeights, expected: &EncoderWeights) {
    assert_eq!(found.config(), expected.config());
    assert_eq!(found.tensors(), expected.tensors());
}

#[test]
fn a_checkpoint_is_read_whatever_wraps_its_tensors() {
    let weights = tiny();
    for prefix in ["", "model.", "_orig_mod.", "module.model."] {
        for is_bare in [false, true] {
            let file = Checkpoint { prefix, is_bare, ..Checkpoint::of(&weights) }.file();
            let found = read(&file).unwrap();
            assert_same(&found, &weights);
            assert_eq!(found.metadata.format, SourceFormat::PyTorch);
            assert_eq!(found.metadata.source_name.as_deref(), Some("a file"));
        }
    }
}

#[test]
fn hyper_parameters_come_from_tables_dataclasses_or_shapes() {
    let config = EncoderConfig {
        n_latent_dims: 5,
        hidden_dim: 4,
        strides: vec![3, 2],
        stack_depth: 3,
        n_stacks: 1,
        layer_expand: 2,
        down_expand: 3,
    };
    let weights = EncoderWeights::random(&config, 1).unwrap();
    for hyper in [Hyper::Absent, Hyper::Tables, Hyper::Dataclasses] {
        let file = Checkpoint { hyper, ..Checkpoint::of(&weights) }.file();
        assert_same(&read(&file).unwrap(), &weights);
    }
}

#[test]
fn stacks_are_known_only_where_the_file_says() {
    let config = EncoderConfig { stack_depth: 2, n_stacks: 2, ..tiny_config() };
    let weights = EncoderWeights::random(&config, 1).unwrap();
    for (hyper, n_stacks, stack_depth) in [(Hyper::Tables, 2, 2), (Hyper::Absent, 1, 4)] {
        let found = read(&Checkpoint { hyper, ..Checkpoint::of(&weights) }.file()).unwrap();
        assert_eq!((found.config().n_stacks, found.config().stack_depth), (n_stacks, stack_depth));
    }
}

/// Encodes each storage anew.
fn stored_as(
    weights: &EncoderWeights,
    class: &'static str,
    encode: impl Fn(f32) -> Vec<u8>,
) -> Checkpoint {
    let mut checkpoint = Checkpoint::of(weights);
    for storage in &mut checkpoint.storages {
        let numbers = storage.bytes.as_chunks().0.iter().map(|&word| f32::from_le_bytes(word));
        storage.bytes = numbers.flat_map(&encode).collect();
        storage.class = class;
    }
    checkpoint
}

/// Weights that every type can hold.
fn whole_numbers() -> EncoderWeights {
    let weights = tiny();
    let mut tensors = weights.tensors().clone();
    for number in tensors.values_mut().flatten() {
        *number = (*number * 8.0).round();
    }
    EncoderWeights::new(weights.config().clone(), tensors, weights.metadata.clone()).unwrap()
}

#[test]
fn storages_of_every_float_type_and_byte_order_are_read() {
    let weights = whole_numbers();
    let half = |number| half::f16::from_f32(number).to_le_bytes().to_vec();
    let bfloat = |number| half::bf16::from_f32(number).to_le_bytes().to_vec();
    let double = |number| f64::from(number).to_le_bytes().to_vec();
    for checkpoint in [
        stored_as(&weights, "HalfStorage", half),
        stored_as(&weights, "BFloat16Storage", bfloat),
        stored_as(&weights, "DoubleStorage", double),
        Checkpoint {
            byte_order: Some("big"),
            ..stored_as(&weights, "FloatStorage", |number| number.to_be_bytes().to_vec())
        },
        Checkpoint { byte_order: None, ..Checkpoint::of(&weights) },
    ] {
        assert_same(&read(&checkpoint.file()).unwrap(), &weights);
    }
}

#[test]
fn tensors_may_share_a_storage_and_lie_transposed_in_it() {
    let weights = tiny();
    let mut checkpoint = Checkpoint::of(&weights);
    let mut all = Vec::new();
    for tensor in &mut checkpoint.tensors {
        tensor.offset = (all.len() / 4) as i32;
        let numbers = weights.tensor(&tensor.key);
        if let &[rows, columns, 1] = tensor.shape.as_slice() {
            tensor.strides = vec![1, rows, 1];
            for place in 0..rows * columns {
                let (column, row) = (place / rows, place % rows);
                all.extend(numbers[(row * columns + column) as usize].to_le_bytes());
            }
        } else {
            tensor.strides = row_major(&tensor.shape);
            all.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        }
        tensor.storage = 0;
    }
    let n_numbers = (all.len() / 4) as i32;
    checkpoint.storages = vec![Storage { class: "FloatStorage", n_numbers, bytes: all }];
    assert_same(&read(&checkpoint.file()).unwrap(), &weights);
}

#[test]
fn deflated_checkpoints_are_read_too() {
    let weights = tiny();
    let file = write_archive(&Checkpoint::of(&weights).entries()).unwrap();
    assert_same(&read(&file).unwrap(), &weights);
}

#[test]
fn converted_files_hold_the_same_weights_and_where_they_are_from() {
    let mut weights = read(&Checkpoint::of(&tiny()).file()).unwrap();
    weights.metadata.source_sha256 = Some("abc".to_owned());
    let file = write_safetensors(&weights, false).unwrap();
    assert_eq!(file, write_safetensors(&weights, false).unwrap());
    let found = read(&file).unwrap();
    assert_same(&found, &weights);
    assert_eq!(found.metadata.format, SourceFormat::Safetensors);
    assert_eq!(found.metadata.source_name.as_deref(), Some("a file"));
    assert_eq!(found.metadata.source_sha256.as_deref(), Some("abc"));
    assert!(!found.metadata.is_untrained());
    // Converting again changes nothing.
    assert_eq!(write_safetensors(&found, false).unwrap(), file);
}

#[test]
fn half_precision_rounds_once_and_says_so_in_its_hash() {
    let weights = tiny();
    let file = write_safetensors(&weights, true).unwrap();
    assert!(file.len() < write_safetensors(&weights, false).unwrap().len());
    let found = read(&file).unwrap();
    for (key, numbers) in weights.tensors() {
        for (number, rounded) in numbers.iter().zip(found.tensor(key)) {
            assert_eq!(half::f16::from_f32(*number).to_f32(), *rounded);
        }
    }
    assert_ne!(found.weights_sha256(), weights.weights_sha256());
    assert_eq!(write_safetensors(&found, true).unwrap(), file);
}

#[test]
fn what_half_precision_cannot_hold_is_named() {
    let weights = tiny();
    let mut tensors = weights.tensors().clone();
    tensors.get_mut("encoder.1.downs.0.4.weight").unwrap()[1] = 65_520.0;
    let weights = EncoderWeights::new(weights.config().clone(), tensors, weights.metadata).unwrap();
    let error = write_safetensors(&weights, true).unwrap_err().to_string();
    assert!(error.contains("`encoder.1.downs.0.4.weight` has 65520"), "{error}");
    assert!(write_safetensors(&weights, false).is_ok());
}

#[test]
fn a_random_encoder_says_that_it_is_untrained() {
    let weights = tiny();
    assert_eq!(weights, tiny());
    assert_ne!(weights.tensors(), EncoderWeights::random(&tiny_config(), 8).unwrap().tensors());
    assert!(weights.tensor("encoder.2.mu.bias").iter().all(|&number| number == 0.0));
    let found = read(&write_safetensors(&weights, false).unwrap()).unwrap();
    assert_eq!(found.metadata.note.as_deref(), Some(UNTRAINED_NOTE));
    assert!(found.metadata.is_untrained());
    assert_eq!(found.metadata.source_name, None);
    let huge = EncoderConfig { hidden_dim: 5000, ..EncoderConfig::published() };
    let error = EncoderWeights::random(&huge, 1).unwrap_err();
    assert!(matches!(error, WeightsError::TooLarge { .. }), "{error}");
}

/// The stream is part of the promise: a change of it changes every test encoder.
#[test]
fn the_random_encoder_of_a_seed_never_changes() {
    assert_eq!(tiny().weights_sha256(), TINY_SHA256);
}

const TINY_SHA256: &str = "c10a32619fa02bffa7b73e7643e761d0a3c1922fa2266367475b8674abd609d2";

#[test]
fn a_plan_asks_for_the_ranges_of_the_encoder_alone() {
    let weights = EncoderWeights::random(&EncoderConfig { hidden_dim: 64, ..tiny_config() }, 1);
    let weights = weights.unwrap();
    let mut entries = Checkpoint::of(&weights).entries();
    // An optimizer, ten times as large as the encoder.
    entries.push(("archive/data/1000".to_owned(), vec![0; 4 << 20]));
    let file = weights_fixtures::zip::stored(&entries);
    let mut plan = WeightsPlan::new("x.ckpt", file.len() as u64, WeightsLimits::default());
    let (mut n_rounds, mut n_requests, mut n_bytes) = (0, 0, 0);
    let found = loop {
        match plan.step().unwrap() {
            Step::Done(found) => break found,
            Step::Need(ranges) => {
                n_rounds += 1;
                // As a network may give them: last first, and in two parts.
                for range in ranges.iter().rev() {
                    n_requests += 1;
                    n_bytes += range.end - range.start;
                    let middle = (range.start + range.end) / 2;
                    for part in [middle..range.end, range.start..middle] {
                        let bytes = &file[part.start as usize..part.end as usize];
                        plan.feed(part.start, bytes.to_vec()).unwrap();
                    }
                }
            }
        }
    };
    assert_same(&found, &weights);
    assert!(n_rounds <= 4 && n_requests <= 5, "{n_rounds} rounds, {n_requests} requests");
    let encoder_bytes = 4 * weights.config().n_parameters() as u64;
    assert!(n_bytes < encoder_bytes + (128 << 10), "{n_bytes} for {encoder_bytes}");
}

#[test]
fn a_whole_file_may_be_fed_at_once() {
    for file in [Checkpoint::of(&tiny()).file(), write_safetensors(&tiny(), false).unwrap()] {
        let mut plan = WeightsPlan::new("x", file.len() as u64, WeightsLimits::default());
        plan.feed(0, file).unwrap();
        assert!(matches!(plan.step().unwrap(), Step::Done(_)));
    }
}

#[test]
fn safetensors_of_others_are_read_by_their_shapes() {
    let weights = whole_numbers();
    let file = safetensors_of(&weights, "{\"num_stacks\":\"2\"}");
    let found = read_weights(Cursor::new(&file), "b", &WeightsLimits::default()).unwrap();
    assert_eq!(found.tensors(), weights.tensors());
    assert_eq!((found.config().n_stacks, found.config().stack_depth), (2, 1));
    assert_eq!(found.metadata.source_name.as_deref(), Some("b"));
}

/// Doubles, bfloats and floats in turn, under a prefix, with a foreign tensor.
fn safetensors_of(weights: &EncoderWeights, metadata: &str) -> Vec<u8> {
    let mut header = format!("{{\"__metadata__\":{metadata}");
    header += ",\"step\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}";
    let mut data = vec![1; 8];
    for (index, spec) in weights.config().tensors().into_iter().enumerate() {
        let start = data.len();
        let numbers = weights.tensor(&spec.key).iter();
        let dtype = ["F64", "BF16", "F32"][index % 3];
        match dtype {
            "F64" => data.extend(numbers.flat_map(|&number| f64::from(number).to_le_bytes())),
            "F32" => data.extend(numbers.flat_map(|number| number.to_le_bytes())),
            _ => {
                data.extend(numbers.flat_map(|&number| half::bf16::from_f32(number).to_le_bytes()));
            }
        }
        let (key, shape, end) = (&spec.key, &spec.shape, data.len());
        header += &format!(
            ",\"model.{key}\":{{\"dtype\":\"{dtype}\",\"shape\":{shape:?},\
             \"data_offsets\":[{start},{end}]}}"
        );
    }
    header.push('}');
    [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &data].concat()
}

#[test]
fn metadata_may_be_null() {
    let weights = tiny();
    let file = write_safetensors(&weights, false).unwrap();
    let header_end = 8 + file[0] as usize + ((file[1] as usize) << 8) + ((file[2] as usize) << 16);
    let mut header: serde_json::Value = serde_json::from_slice(&file[8..header_end]).unwrap();
    header["__metadata__"] = serde_json::Value::Null;
    let header = header.to_string();
    let length = (header.len() as u64).to_le_bytes();
    let found = read(&[&length, header.as_bytes(), &file[header_end..]].concat()).unwrap();
    assert_same(&found, &weights);
}

#[test]
fn the_shared_file_without_metadata_is_read() {
    let Some(folder) = carto_testkit::folder("cases/weights") else { return };
    let weights = read(&std::fs::read(folder.join("null-metadata.safetensors")).unwrap()).unwrap();
    assert_eq!(weights.config().hidden_dim, 4);
}
