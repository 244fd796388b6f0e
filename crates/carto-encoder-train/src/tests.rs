use std::io::Cursor;
use std::sync::Arc;

use burn::tensor::Device;

use super::*;
use carto_encoder::EncoderConfig;
use carto_encoder::cpu::native_encoder;
use carto_encoder::folded::FoldedEncoder;
use carto_encoder::weights::{WeightsLimits, read_weights, write_safetensors};
use safetensors::tensor::{SafeTensors, serialize};

pub(super) fn config() -> TrainConfig {
    TrainConfig {
        encoder: EncoderConfig { hidden_dim: 12, stack_depth: 2, ..EncoderConfig::published() },
        seed: 3,
        n_steps: 120,
        crop_frames: 180,
        batch_len: 4,
        n_workers: 2,
        learning_rate: 0.02,
        warm_up_steps: 10,
        final_rate_share: 0.05,
        betas: [0.9, 0.99],
        clip_norm: 1.0,
        kl_factor: 1e-4,
        channel_weights: [1.0; 9],
        precision: Precision::Single,
        split: SplitRule::Share { held_out_share: 0.2, holds_shared_songs: false },
        adversarial: None,
    }
}

/// Invented signals: events on a grid of the map's own tempo, holds between some
/// of them, a cursor that wanders.
pub(super) fn set() -> Arc<TrainingSet> {
    let map = |idx: usize| {
        let (n_frames, beat) = (500 + 40 * idx, 20 + 3 * idx);
        let channel = |channel: usize, frame: usize| {
            let since = (frame % (beat * (1 + channel % 3))) as f64;
            match channel {
                0..=2 | 4..=6 => (since + 1.0).log2() / 3.5 - 1.0,
                3 => {
                    if (frame / beat).is_multiple_of(2) {
                        -1.0
                    } else {
                        1.0
                    }
                }
                _ => (frame as f64 / (beat * channel) as f64).sin(),
            }
        };
        let signal: Vec<f64> =
            (0..9).flat_map(|c| (0..n_frames).map(move |frame| channel(c, frame))).collect();
        let (song, creator) = (format!("song {}", idx / 2), format!("mapper {}", idx % 3));
        TrainingMap::new(format!("map {idx}"), song, creator, &signal).unwrap()
    };
    Arc::new(TrainingSet { maps: (0..12).map(map).collect() })
}

pub(super) fn trainer(config: &TrainConfig, set: &Arc<TrainingSet>) -> Trainer {
    let split = Split::new(set, &config.split, config.seed);
    Trainer::new(config.clone(), Arc::clone(set), &split, Device::flex()).unwrap()
}

#[test]
fn a_tiny_set_is_learnt() {
    let (config, set) = (config(), set());
    let mut trainer = trainer(&config, &set);
    let before = trainer.validate().unwrap().unwrap();
    let mut last = Vec::new();
    for _ in 0..config.n_steps {
        last.push(trainer.step().unwrap().loss.total);
    }
    let after = trainer.validate().unwrap().unwrap();
    let mean = last[100..].iter().sum::<f64>() / 20.0;
    println!("loss {mean:.4}, held out {:.4} before and {:.4} after", before.mse(), after.mse());
    assert!(mean < 0.2, "{mean}");
    assert!(after.mse() < 0.5 * before.mse(), "{} after {}", after.mse(), before.mse());
}

#[test]
fn a_run_that_is_resumed_goes_on_as_if_it_had_never_stopped() {
    let (config, set) = (config(), set());
    let mut whole = trainer(&config, &set);
    let expected: Vec<f64> = (0..8).map(|_| whole.step().unwrap().loss.total).collect();

    let dir = std::env::temp_dir().join(format!("carto-resume-{}", std::process::id()));
    let mut first = trainer(&config, &set);
    let mut found: Vec<f64> = (0..4).map(|_| first.step().unwrap().loss.total).collect();
    first.save(&dir, &set).unwrap();
    drop(first);
    let split = Split::new(&set, &config.split, config.seed);
    let resume = |config: &TrainConfig| {
        Trainer::resume(&dir, config.clone(), Arc::clone(&set), &split, Device::flex())
    };
    let mut second = resume(&config).unwrap();
    assert_eq!(second.n_steps_done(), 4);
    found.extend((0..4).map(|_| second.step().unwrap().loss.total));
    for (found, expected) in found.iter().zip(&expected) {
        assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
    }

    let other = TrainConfig { seed: 4, ..config.clone() };
    assert!(matches!(resume(&other), Err(TrainError::OtherRun { .. })));
    std::fs::remove_dir_all(&dir).unwrap();
}

#[test]
fn the_encoder_is_read_as_a_published_one_is() {
    let (config, set) = (config(), set());
    let mut trainer = trainer(&config, &set);
    trainer.step().unwrap();
    let weights = trainer.encoder_weights(None).unwrap();
    let file = write_safetensors(&weights, false).unwrap();
    let read = read_weights(Cursor::new(file), "trained", &WeightsLimits::default()).unwrap();
    assert_eq!(read.config(), &config.encoder);

    let signal = set.maps[0].frames();
    let x = parallel::batch(&signal, [1, 9, set.maps[0].n_frames()], &Device::flex());
    let (mu, _) = trainer.model().encoder.forward(x);
    let expected = mu.try_to_vec_as::<f32>().unwrap();
    let mut encoder = native_encoder(FoldedEncoder::new(&read));
    let frames = carto_encoder::SignalFrames::new(&signal).unwrap();
    let moments = encoder.encode(frames, 300);
    assert_eq!(moments.mu().len(), expected.len());
    for (found, expected) in moments.mu().iter().zip(&expected) {
        assert!((found - expected).abs() < 1e-4, "{found} instead of {expected}");
    }
}

#[test]
fn a_decoder_in_a_file_decodes_the_same_and_tiles_do_not_show() {
    let config = EncoderConfig { hidden_dim: 8, ..EncoderConfig::published() };
    let device = Device::flex();
    let model = vae::random_vae(&config, 5, &device);
    let bytes = decoder_to_safetensors(&model.decoder).unwrap();
    let decoder = decoder_from_safetensors(bytes.clone(), &config, &device).unwrap();
    assert_eq!(decoder_to_safetensors(&decoder).unwrap(), bytes);

    let weights = carto_encoder::EncoderWeights::random(&config, 6).unwrap();
    let n_frames = 1300 * 18 + 7;
    let signal: Vec<f32> =
        (0..9 * n_frames).map(|idx| ((idx * 7919) % 1000) as f32 / 500.0 - 1.0).collect();
    let encoder = native_encoder(FoldedEncoder::new(&weights));
    let mut reconstructor = Reconstructor::new(encoder, decoder.clone(), device.clone());
    let found = reconstructor.reconstruct(&signal).unwrap();
    let n_latents = found.moments.n_latents();
    let z = parallel::batch(found.moments.mu(), [1, 32, n_latents], &device);
    let whole = decoder.forward(z).narrow(2, 0, n_frames).try_to_vec_as::<f32>().unwrap();
    assert_eq!(found.decoded.len(), whole.len());
    for (found, expected) in found.decoded.iter().zip(&whole) {
        assert!((found - expected).abs() < 1e-4, "{found} instead of {expected}");
    }

    let wider = EncoderConfig { hidden_dim: 9, ..config };
    let error = decoder_from_safetensors(bytes.clone(), &wider, &device).unwrap_err().to_string();
    assert!(error.contains("entry.weight"), "{error}");
}

#[test]
fn a_decoders_file_is_what_the_safetensors_crate_writes() {
    let model = vae::random_vae(&config().encoder, 5, &Device::flex());
    let bytes = decoder_to_safetensors(&model.decoder).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    assert!(!file.is_empty());
    assert_eq!(serialize(file.tensors(), None).unwrap(), bytes);
    let config = config().encoder;
    let device = Device::flex();
    for len in (0..bytes.len()).step_by(997) {
        assert!(decoder_from_safetensors(bytes[..len].to_vec(), &config, &device).is_err());
    }
}

#[test]
fn no_song_is_on_both_sides() {
    let set = set();
    let rules = [
        SplitRule::Share { held_out_share: 0.4, holds_shared_songs: false },
        SplitRule::Share { held_out_share: 0.0, holds_shared_songs: true },
        SplitRule::Fold { n_folds: 3, fold: 1 },
        SplitRule::Mappers,
    ];
    for rule in rules {
        for seed in 0..5 {
            let split = Split::new(&set, &rule, seed);
            let songs = |side: &[usize]| -> std::collections::BTreeSet<&str> {
                side.iter().map(|&idx| set.maps[idx].song.as_str()).collect()
            };
            assert!(songs(&split.training).is_disjoint(&songs(&split.held_out)), "{rule:?}");
        }
    }
    // Every song has two mappers here.
    let split =
        Split::new(&set, &SplitRule::Share { held_out_share: 0.0, holds_shared_songs: true }, 1);
    assert!(split.training.is_empty());
    // And is held out in exactly one fold.
    let in_fold = |fold| Split::new(&set, &SplitRule::Fold { n_folds: 3, fold }, 7).held_out;
    let mut all: Vec<usize> = (0..3).flat_map(in_fold).collect();
    all.sort_unstable();
    assert_eq!(all, (0..set.maps.len()).collect::<Vec<_>>());
}

#[test]
fn a_set_in_a_file_is_the_same() {
    let set = set();
    let mut file = Vec::new();
    set.write(&mut file).unwrap();
    assert!(TrainingSet::is_set(&file));
    assert_eq!(&TrainingSet::read(Cursor::new(&file)).unwrap(), set.as_ref());
    for len in [0, 4, 20, file.len() / 2] {
        assert!(TrainingSet::read(Cursor::new(&file[..len])).is_err());
    }
}

#[test]
fn maps_that_are_no_music_are_not_learnt_from() {
    let map = |value: f64| TrainingMap::new("a".into(), "b".into(), "c".into(), &[value; 18]);
    assert!(map(1.0).is_some());
    assert!(map(f64::NAN).is_none());
    assert!(map(1e6).is_none());
    assert!(TrainingMap::new("a".into(), "b".into(), "c".into(), &[0.0; 10]).is_none());
}

#[test]
fn the_learning_rate_rises_then_falls() {
    let config = config();
    let rate = |step| optimizer::learning_rate(&config, step);
    assert!((rate(0) - 0.002).abs() < 1e-12);
    assert!((rate(9) - 0.02).abs() < 1e-12);
    assert!((rate(10) - 0.02).abs() < 1e-12);
    assert!((rate(65) - 0.0105).abs() < 1e-12, "half way: {}", rate(65));
    assert!((rate(120) - 0.001).abs() < 1e-12);
}

#[test]
fn a_configuration_out_of_range_is_named() {
    let bad = TrainConfig { n_workers: 3, ..config() };
    assert!(bad.validate().unwrap_err().to_string().contains("n_workers"));
    let text = serde_json::to_string(&config()).unwrap();
    assert_eq!(TrainConfig::from_json(&text).unwrap(), config());
    let error = TrainConfig::from_json(&text.replace("seed", "sead")).unwrap_err().to_string();
    assert!(error.contains("sead"), "{error}");
}

#[test]
fn mixed_precision_gives_nearly_the_same_loss() {
    let set = set();
    let loss = |precision| {
        let config = TrainConfig { precision, ..config() };
        trainer(&config, &set).step().unwrap().loss.total
    };
    let (single, mixed) = (loss(Precision::Single), loss(Precision::Mixed));
    assert!(single != mixed && (single - mixed).abs() < 0.02 * single, "{single} and {mixed}");
}
