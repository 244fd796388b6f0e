//! Genuine files of the published program's own training code.
//!
//! `../shared/golden/README.md` says how they were made.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

mod weights_fixtures;

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use carto_archive::{Archive, Limits, ZipRules};
use carto_encoder::EncoderConfig;
use carto_encoder::weights::{
    EncoderWeights, SourceFormat, Step, WeightsLimits, WeightsPlan, read_weights, sha256_hex,
    write_safetensors,
};
use carto_testkit::folder;
use serde_json::Value;
use weights_fixtures::{Counting, read};

const SMALL_INIT: &str = "small_init__epoch=0-step=0.ckpt";
const SMALL_TRAINED: &str = "small_trained__epoch=0-step=8.ckpt";

fn checkpoints() -> Option<PathBuf> {
    folder("golden/checkpoints")
}

fn read_file(path: &Path) -> EncoderWeights {
    let name = path.file_name().unwrap().to_string_lossy();
    read_weights(File::open(path).unwrap(), &name, &WeightsLimits::default())
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The run's configuration with a hidden width of 24.
fn small_config() -> EncoderConfig {
    EncoderConfig { hidden_dim: 24, ..EncoderConfig::published() }
}

#[test]
fn the_checkpoint_and_its_safetensors_hold_the_same_weights() {
    let Some(folder) = checkpoints() else { return };
    let checkpoint = read_file(&folder.join(SMALL_INIT));
    let safetensors = read_file(&folder.join("small_init.encoder.safetensors"));
    assert_eq!(checkpoint.config(), &small_config());
    assert_eq!(safetensors.config(), &small_config());
    assert_eq!(checkpoint.tensors().len(), 92);
    assert_eq!(checkpoint.tensors(), safetensors.tensors());
    assert_eq!(checkpoint.weights_sha256(), safetensors.weights_sha256());
    assert_eq!(checkpoint.metadata.format, SourceFormat::PyTorch);
    assert_eq!(checkpoint.metadata.source_name.as_deref(), Some(SMALL_INIT));
}

/// Its storages are numbered in the order of the state dict, encoder first
/// (`ckpt_format.json`), so that the zip file alone says what must come out.
#[test]
fn the_trained_checkpoint_gives_the_bytes_of_its_storages() {
    let Some(folder) = checkpoints() else { return };
    let path = folder.join(SMALL_TRAINED);
    let weights = read_file(&path);
    assert_eq!(weights.config(), &small_config());
    let file = BufReader::new(File::open(&path).unwrap());
    let mut archive =
        Archive::open(file, SMALL_TRAINED, ZipRules::Python, &Limits::default()).unwrap();
    let mut n_checked = 0;
    for (number, spec) in weights.config().tensors().iter().enumerate() {
        let index = archive.last_named(&format!("archive/data/{number}")).unwrap().index;
        let stored = archive.read_entry(index, 1 << 20).unwrap();
        let found: Vec<u8> =
            weights.tensor(&spec.key).iter().flat_map(|number| number.to_le_bytes()).collect();
        assert_eq!(found, stored, "{}", spec.key);
        n_checked += 1;
    }
    assert_eq!(n_checked, 92);
}

#[test]
fn keys_shapes_and_sums_are_those_of_the_training_code() {
    let Some(folder) = checkpoints() else { return };
    let text = std::fs::read_to_string(folder.join("checkpoints.json")).unwrap();
    let golden: Value = serde_json::from_str(&text).unwrap();
    for (name, config) in [("small_init", small_config()), ("big_init", EncoderConfig::published())]
    {
        let keys = golden[name]["encoder_keys"].as_array().unwrap();
        let found: Vec<Value> = config
            .tensors()
            .into_iter()
            .map(|spec| serde_json::json!([spec.key, spec.shape, "torch.float32"]))
            .collect();
        assert_eq!(&found, keys, "{name}");
        assert_eq!(found.len(), 92);
        assert_eq!(golden[name]["params"]["encoder"], config.n_parameters());
    }
    let found = sha256_hex(File::open(folder.join(SMALL_INIT)).unwrap()).unwrap();
    assert_eq!(golden["small_init"]["ckpt_sha256"], found);
}

#[test]
fn the_full_size_encoder_is_read() {
    let Some(folder) = checkpoints() else { return };
    let weights = read_file(&folder.join("big_init.encoder.safetensors"));
    assert_eq!(weights.config(), &EncoderConfig::published());
    let n_numbers: usize = weights.tensors().values().map(Vec::len).sum();
    assert_eq!(n_numbers, 7_445_236);
}

#[test]
fn of_a_checkpoint_only_the_encoder_is_read() {
    let Some(folder) = checkpoints() else { return };
    let file = File::open(folder.join(SMALL_TRAINED)).unwrap();
    let size_bytes = file.metadata().unwrap().len();
    let mut counting = Counting { source: file, n_read: 0 };
    read_weights(&mut counting, SMALL_TRAINED, &WeightsLimits::default()).unwrap();
    // The encoder's entries take 158 KB here, the pickle 75, directory and head
    // at most 80; all the rest is other parts' weights and optimizers.
    assert!(counting.n_read < 320_000, "{} of {size_bytes} bytes", counting.n_read);
    assert!(size_bytes > 800_000);
}

#[test]
fn a_page_needs_four_rounds_for_a_checkpoint() {
    let Some(folder) = checkpoints() else { return };
    let file = std::fs::read(folder.join(SMALL_TRAINED)).unwrap();
    let mut plan = WeightsPlan::new(SMALL_TRAINED, file.len() as u64, WeightsLimits::default());
    let mut rounds = Vec::new();
    while let Step::Need(ranges) = plan.step().unwrap() {
        rounds.push(ranges.len());
        for range in ranges {
            let bytes = &file[range.start as usize..range.end as usize];
            plan.feed(range.start, bytes.to_vec()).unwrap();
        }
    }
    assert_eq!(rounds, [1, 1, 1, 1]);
}

#[test]
fn converted_checkpoints_hold_the_same_weights() {
    let Some(folder) = checkpoints() else { return };
    for name in [SMALL_INIT, SMALL_TRAINED] {
        let weights = read_file(&folder.join(name));
        let converted = read(&write_safetensors(&weights, false).unwrap()).unwrap();
        assert_eq!(converted.tensors(), weights.tensors());
        assert_eq!(converted.config(), weights.config());
        assert_eq!(converted.metadata.source_name.as_deref(), Some(name));
        let half = read(&write_safetensors(&weights, true).unwrap()).unwrap();
        let (mut worst, mut n_checked) = (0.0_f32, 0);
        for (key, numbers) in weights.tensors() {
            for (a, b) in numbers.iter().zip(half.tensor(key)) {
                worst = worst.max((a - b).abs() / a.abs().max(1e-3));
                n_checked += 1;
            }
        }
        // Half an ulp of 11 bits; below 6e-5 numbers of 16 bits are coarser.
        assert!(n_checked == 36_772 && worst < 5e-4, "{name}: {worst} over {n_checked}");
    }
}

#[test]
fn genuine_files_that_end_early_are_refused() {
    let Some(folder) = checkpoints() else { return };
    for name in [SMALL_TRAINED, "small_init.encoder.safetensors"] {
        let file = std::fs::read(folder.join(name)).unwrap();
        for length in (0..file.len()).step_by(4_099).chain(file.len() - 30..file.len()) {
            assert!(read(&file[..length]).is_err(), "{name} of {length} bytes");
        }
    }
}
