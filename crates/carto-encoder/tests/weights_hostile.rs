//! Broken and hostile files: a clear word each, no panic, nothing carried out.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

mod weights_fixtures;

use std::collections::BTreeMap;
use std::io::Cursor;

use carto_archive::write_archive;
use carto_encoder::EncoderConfig;
use carto_encoder::weights::{
    EncoderWeights, WeightsError, WeightsLimits, read_weights, write_safetensors,
};
use proptest::prelude::*;
use weights_fixtures::pickler::unicode;
use weights_fixtures::zip::stored;
use weights_fixtures::{Checkpoint, read, refusal, tiny};

#[track_caller]
fn assert_says(bytes: &[u8], words: &str) {
    let message = refusal(bytes);
    assert!(message.contains(words), "{message:?} does not say {words:?}");
}

/// A checkpoint with one tensor bent.
fn bent(key: &str, bend: impl FnOnce(&mut Checkpoint, usize)) -> Vec<u8> {
    let mut checkpoint = Checkpoint::of(&tiny());
    let index = checkpoint.tensors.iter().position(|tensor| tensor.key == key).unwrap();
    bend(&mut checkpoint, index);
    checkpoint.file()
}

/// A checkpoint whose pickle is this.
fn with_pickle(pickle: &[u8]) -> Vec<u8> {
    let mut entries = Checkpoint::of(&tiny()).entries();
    entries[0].1 = pickle.to_vec();
    stored(&entries)
}

const RES: &str = "encoder.1.blocks.0.layers.1.res.weight";

#[test]
fn other_kinds_of_files_are_told_apart() {
    assert_says(b"", "empty");
    assert_says(b"\x89PNG\r\n\x1a\n and so on", "neither a PyTorch checkpoint");
    assert_says(b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02", "older than 1.6");
    assert_says(b"version https://git-lfs and so on", "git lfs pull");
    let songs = write_archive(&[("a.osu".to_owned(), b"osu file".to_vec())]).unwrap();
    assert_says(&songs, "no data.pkl");
}

#[test]
fn files_that_end_early_are_refused_wherever_they_end() {
    for file in [Checkpoint::of(&tiny()).file(), write_safetensors(&tiny(), false).unwrap()] {
        assert!(read(&file).is_ok());
        let mut n_cut_short = 0;
        for length in 0..file.len() {
            let message = refusal(&file[..length]);
            n_cut_short +=
                usize::from(message.contains("ends early") || message.contains("ends earlier"));
        }
        assert!(n_cut_short * 2 > file.len(), "{n_cut_short} of {}", file.len());
    }
}

#[test]
fn the_first_key_that_does_not_fit_is_named() {
    let missing = bent(RES, |checkpoint, index| drop(checkpoint.tensors.remove(index)));
    assert_says(&missing, &format!("`{RES}` is missing"));
    let prefixed = bent(RES, |checkpoint, index| {
        checkpoint.tensors.remove(index);
        checkpoint.prefix = "model.";
    });
    assert_says(&prefixed, &format!("`model.{RES}` is missing"));
    let reshaped = bent(RES, |checkpoint, index| checkpoint.tensors[index].shape = vec![1, 2, 2]);
    assert_says(&reshaped, &format!("`{RES}` has shape [1, 2, 2] instead of [2, 2, 1]"));
    let flat = bent(RES, |checkpoint, index| {
        checkpoint.tensors[index].shape = vec![4];
        checkpoint.tensors[index].strides = vec![1];
    });
    assert_says(&flat, &format!("`{RES}` has shape [4] instead of [2, 2, 1]"));
    let renamed = bent(RES, |checkpoint, _| {
        let mut extra = checkpoint.tensors[0].clone();
        extra.key = "encoder.1.blocks.7.x".to_owned();
        checkpoint.tensors.push(extra);
    });
    assert_says(&renamed, "`encoder.1.blocks.7.x` does not belong");
    let replaced = bent(RES, |checkpoint, _| {
        checkpoint.extra = [unicode("encoder.9"), b"K\x01".to_vec()].concat();
    });
    assert_says(&replaced, "`encoder.9` is no tensor");
    let without = Checkpoint { tensors: Vec::new(), ..Checkpoint::of(&tiny()) };
    assert_says(&without.file(), "`encoder.0.weight` is missing");
}

#[test]
fn hyper_parameters_that_do_not_fit_are_named() {
    let of = |config| Checkpoint { config, ..Checkpoint::of(&tiny()) }.file();
    let config = || tiny().config().clone();
    assert_says(&of(EncoderConfig { hidden_dim: 1 << 20, ..config() }), "`h_dim` is 1048576");
    assert_says(&of(EncoderConfig { hidden_dim: 5760, ..config() }), "parameters of the encoder");
    assert_says(&of(EncoderConfig { strides: vec![], ..config() }), "`strides` is 0");
    let deeper = EncoderConfig { stack_depth: 3, ..config() };
    assert_says(&of(deeper), "`encoder.1.blocks.0.layers.2.filter.0.weight` is missing");
    let negative = EncoderConfig { n_latent_dims: usize::MAX, ..config() };
    assert_says(&of(negative), "hyper-parameter `emb_dim` is no positive whole number");
}

#[test]
fn numbers_that_are_none_are_named() {
    for (value, name) in [(f32::NAN, "NaN"), (f32::INFINITY, "inf"), (f32::NEG_INFINITY, "-inf")] {
        let file = bent(RES, |checkpoint, index| {
            checkpoint.storages[index].bytes[8..12].copy_from_slice(&value.to_le_bytes());
        });
        assert_says(&file, &format!("`{RES}` has {name} at 2"));
    }
    let integers = bent(RES, |checkpoint, index| {
        checkpoint.storages[index].class = "IntStorage";
    });
    assert_says(&integers, &format!("`{RES}` has numbers of type IntStorage"));
}

#[test]
fn tensors_stay_inside_of_their_storage() {
    let shifted = bent(RES, |checkpoint, index| checkpoint.tensors[index].offset = 1);
    assert_says(&shifted, &format!("`{RES}` reaches beyond the end"));
    let stretched = bent(RES, |checkpoint, index| {
        checkpoint.tensors[index].strides = vec![i32::MAX, i32::MAX, 1];
    });
    assert_says(&stretched, &format!("`{RES}` reaches beyond the end"));
    let negative = bent(RES, |checkpoint, index| checkpoint.tensors[index].offset = -1);
    assert_says(&negative, "something else than a tensor's parts");
    let huge = bent(RES, |checkpoint, index| {
        checkpoint.storages[index].n_numbers = 1_000_000_000;
    });
    assert_says(&huge, &format!("`{RES}`: its storage has 16 bytes instead of 4000000000"));
    let mut entries = Checkpoint::of(&tiny()).entries();
    entries.retain(|(name, _)| name != "archive/data/3");
    assert_says(&stored(&entries), "its numbers are missing, there is no data/3");
}

#[test]
fn a_changed_byte_is_noticed_and_the_tensor_named() {
    let mut file = Checkpoint::of(&tiny()).file();
    let first = tiny().tensor("encoder.0.weight")[0].to_le_bytes();
    let at = file.windows(4).position(|word| word == first).unwrap();
    file[at] ^= 1;
    assert_says(&file, "`encoder.0.weight` (archive/data/0): its checksum is wrong");

    let mut file = write_safetensors(&tiny(), false).unwrap();
    let last = file.len() - 100;
    file[last] ^= 1;
    assert_says(&file, "the weights are damaged: sha256");
}

#[test]
fn bombs_are_refused_before_they_inflate() {
    let bomb = |name: &str, n_bytes: usize| {
        let mut entries = Checkpoint::of(&tiny()).entries();
        entries.retain(|(other, _)| other != name);
        entries.push((name.to_owned(), vec![0; n_bytes]));
        write_archive(&entries).unwrap()
    };
    assert_says(&bomb("archive/data.pkl", 40 << 20), "archive/data.pkl: it is larger than");
    assert_says(&bomb("archive/byteorder", 1 << 20), "archive/byteorder: it is larger than");
    assert_says(&bomb("archive/data/0", 40 << 20), "`encoder.0.weight`: its storage has 41943040");
    // One that is as large as its pickle says, but only by the deflate stream.
    let mut checkpoint = Checkpoint::of(&tiny());
    checkpoint.storages[0].bytes = vec![0; 40 << 20];
    checkpoint.storages[0].n_numbers = 10 << 20;
    let file = write_archive(&checkpoint.entries()).unwrap();
    assert_says(&file, "as only a zip bomb does");
    let limits = WeightsLimits { max_storage_bytes: 1 << 20, ..WeightsLimits::default() };
    let error = read_weights(Cursor::new(&file), "x", &limits).unwrap_err();
    assert!(matches!(error, WeightsError::TooLarge { limit: 0x10_0000, .. }), "{error}");
}

#[test]
fn pickles_of_other_programs_are_refused_with_their_place() {
    assert_says(&with_pickle(b"\x80\x02(cos\nsystem\no."), "opcode 0x6f at 14");
    assert_says(&with_pickle(b"\x80\x02(X\x01\x00\x00\x00aios\nsystem\n."), "opcode 0x69 at 9");
    assert_says(&with_pickle(b"\x80\x02h\x05."), "value 5, which was never stored");
    assert_says(&with_pickle(b"\x80\x02X\x00\xca\x9a\x3b"), "data.pkl: it ends early, at 7");
    assert_says(&with_pickle(b"\x80\x02\x8d\xff\xff\xff\xff\xff\xff\xff\xff"), "it ends early");
    assert_says(&with_pickle(b"\x80\x02N."), "no table of tensors");
    assert_says(&with_pickle(b""), "it ends early, at 0");
    let nested = [b"\x80\x02", b"]".repeat(500_000).as_slice(), b"."].concat();
    assert_says(&with_pickle(&nested), "no table of tensors");
    assert_says(&with_pickle(&b"]".repeat(2_000_000)), "more than 1000000 opcodes");
}

/// What would be carried out by Python stays a name here.
#[test]
fn calls_in_a_pickle_do_nothing() {
    let marker = std::env::temp_dir().join(format!("carto-pickle-{}", std::process::id()));
    let command = unicode(&format!("touch {}", marker.display()));
    let call = [b"cos\nsystem\n".as_slice(), &command, b"\x85R"].concat();
    assert_says(&with_pickle(&[b"\x80\x02", call.as_slice(), b"."].concat()), "no table");
    // Beside the tensors it is ignored, in the place of one it is no tensor.
    for (key, is_read) in [("other", true), ("encoder.0.bias", false)] {
        let extra = [unicode(key), call.clone()].concat();
        let file = Checkpoint { extra, ..Checkpoint::of(&tiny()) }.file();
        assert_eq!(read(&file).is_ok(), is_read, "{key}");
    }
    assert!(!marker.exists());
}

/// A safetensors file with this header.
fn with_header(header: &str, n_data_bytes: usize) -> Vec<u8> {
    let length = (header.len() as u64).to_le_bytes();
    [&length, header.as_bytes(), &vec![0; n_data_bytes]].concat()
}

#[test]
fn broken_safetensors_headers_are_named() {
    let tensor = |shape: &str, offsets: &str| {
        format!("{{\"dtype\":\"F32\",\"shape\":{shape},\"data_offsets\":{offsets}}}")
    };
    let one = |shape: &str, offsets: &str| {
        with_header(&format!("{{\"encoder.0.weight\":{}}}", tensor(shape, offsets)), 16)
    };
    let mut long = with_header("{}", 0);
    long[..8].copy_from_slice(&(1_u64 << 40).to_le_bytes());
    assert_says(&long, "bytes of the safetensors header: 1099511627776");
    long[..8].copy_from_slice(&100_u64.to_le_bytes());
    assert_says(&long, "ends early");
    assert_says(&with_header("{\"a\":", 4), "the safetensors header is damaged");
    assert_says(&with_header(&format!("{{\"a\":{}", "[".repeat(100_000)), 0), "damaged");
    assert_says(&with_header("{}", 0), "`encoder.0.weight` is missing");
    assert_says(&one("[4]", "[0,20]"), "the file ends earlier");
    assert_says(&one("[4]", "[16,0]"), "reversed");
    assert_says(&one("[5]", "[0,16]"), "another number of bytes");
    assert_says(&one("[4294967296,4294967296]", "[0,16]"), "another number of bytes");
    assert_says(&one("[-1]", "[0,16]"), "damaged");
    let two = |first: &str, second: &str| {
        let (a, b) = (tensor("[2]", "[0,8]"), tensor("[2]", "[4,12]"));
        with_header(&format!("{{\"{first}\":{a},\"{second}\":{b}}}"), 16)
    };
    assert_says(&two("a", "b"), "`b` cannot stand at bytes 4 to 12: another tensor");
    assert_says(&two("a", "a"), "`a` is there twice");
    let newer = "{\"__metadata__\":{\"carto_encoder_format\":\"2\"}}";
    assert_says(&with_header(newer, 0), "newer version");
    let other = "{\"encoder.0.weight\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[0,16]}}";
    assert_says(&with_header(other, 16), "`encoder.0.weight` has numbers of type I64");
}

#[test]
fn weights_are_checked_wherever_they_come_from() {
    let weights = tiny();
    let build =
        |tensors| EncoderWeights::new(weights.config().clone(), tensors, weights.metadata.clone());
    let bend = |bend: fn(&mut BTreeMap<String, Vec<f32>>)| {
        let mut tensors = weights.tensors().clone();
        bend(&mut tensors);
        build(tensors).unwrap_err().to_string()
    };
    assert!(build(weights.tensors().clone()).is_ok());
    let missing = bend(|tensors| drop(tensors.remove("encoder.2.mu.bias")));
    assert_eq!(missing, "`encoder.2.mu.bias` is missing");
    let short = bend(|tensors| tensors.get_mut("encoder.2.mu.bias").unwrap().truncate(2));
    assert_eq!(short, "`encoder.2.mu.bias` has shape [2] instead of [3]");
    let nan = bend(|tensors| tensors.get_mut("encoder.2.mu.bias").unwrap()[1] = f32::NAN);
    assert_eq!(nan, "`encoder.2.mu.bias` has NaN at 1");
    let more = bend(|tensors| drop(tensors.insert("x".to_owned(), Vec::new())));
    assert_eq!(more, "`x` does not belong to this architecture");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
        let _ = read(&[b"PK\x03\x04", bytes.as_slice()].concat());
        let _ = read(&with_pickle(&[b"\x80\x02", bytes.as_slice()].concat()));
        let mut header = bytes.clone();
        header.splice(0..0, [b'{']);
        let _ = read(&[&(header.len() as u64).to_le_bytes(), header.as_slice()].concat());
    }

    /// Mutated where it hurts: opcodes that exist, in an honest pickle.
    #[test]
    fn no_mutated_pickle_makes_it_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), opcode()), 1..6),
    ) {
        let mut pickle = Checkpoint::of(&tiny()).pickle();
        for (at, opcode) in changes {
            let at = at.index(pickle.len());
            pickle[at] = opcode;
        }
        let _ = read(&with_pickle(&pickle));
    }

    #[test]
    fn no_mutated_file_makes_it_panic(
        is_torch: bool,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut file = match is_torch {
            true => Checkpoint::of(&tiny()).file(),
            false => write_safetensors(&tiny(), false).unwrap(),
        };
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        let _ = read(&file);
    }
}

fn opcode() -> impl Strategy<Value = u8> {
    let known = b".(012Nqrhj]}aestuc)RbQJKMXUTBCG";
    let high = [0x80, 0x81, 0x85, 0x86, 0x87, 0x88, 0x8a, 0x8b, 0x8c, 0x8d, 0x90, 0x93, 0x94, 0x95];
    prop_oneof![
        proptest::sample::select(known.to_vec()),
        proptest::sample::select(high.to_vec()),
        any::<u8>(),
    ]
}
