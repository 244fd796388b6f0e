use std::ops::ControlFlow;

use super::*;
use crate::*;
use carto_random::Normal;

/// Two labels that differ in one column, a column of noise, and a few numbers
/// missing; three maps a song.
fn two_labels(n_maps: usize) -> LabelledTable {
    let mut random = Normal::new(1);
    let (mut values, mut first, mut songs) = (Vec::new(), Vec::new(), Vec::new());
    for idx in 0..n_maps {
        let is_jump = random.unit() < 0.5;
        let middle = if is_jump { 1.5 } else { -1.5 };
        values.push(if idx % 17 == 0 { f64::NAN } else { middle + random.next() });
        values.push(random.next());
        first.push(if is_jump { "jump" } else { "alt" }.to_owned());
        songs.push(format!("song {}", idx / 3));
    }
    let columns = ["signal", "noise"].map(str::to_owned).to_vec();
    let table = FeatureTable::new(columns, values).unwrap();
    LabelledTable::new(table, &first, &vec![vec![]; n_maps], songs).unwrap()
}

fn short() -> ClassifierConfig {
    ClassifierConfig { n_epochs: 12, held_out_share: 0.2, ..ClassifierConfig::small() }
}

fn train(config: &ClassifierConfig, set: &LabelledTable, is_reversed: bool) -> Trained {
    let training = Training::new(config.clone(), set).unwrap();
    let run = |idx| training.run(idx, &mut |_| ControlFlow::Continue(())).unwrap();
    let mut results: Vec<_> = if is_reversed {
        (0..training.n_jobs()).rev().map(run).collect()
    } else {
        (0..training.n_jobs()).map(run).collect()
    };
    if is_reversed {
        results.reverse();
    }
    training.finish(&results).unwrap()
}

#[test]
fn two_separable_labels_are_learnt() {
    let set = two_labels(300);
    let trained = train(&short(), &set, false);
    let parts = Training::parts(&short(), &set);
    let unseen = set.subset(&parts.held_out);
    let found = evaluate(&trained.classifier.classify(unseen.table()).unwrap(), &unseen).unwrap();
    // The best that any classifier can do is 0.93, less what is missing.
    assert!(found.top_1 > 0.84, "{}", found.top_1);
    let cross_validated = trained.cross_validated.unwrap();
    assert!(cross_validated.top_1 > 0.84, "{}", cross_validated.top_1);
    assert!(cross_validated.log_loss <= trained.uncalibrated.unwrap().log_loss);
    let of = |column| importance(&trained.classifier, &unseen, column, 1).unwrap();
    assert!(of(0).log_loss_gained > 5.0 * of(1).log_loss_gained.abs());
}

#[test]
fn the_same_file_whatever_the_order_of_the_jobs() {
    let set = two_labels(90);
    let [one, other] =
        [false, true].map(|is_reversed| train(&short(), &set, is_reversed).classifier.to_bytes());
    assert_eq!(one.unwrap(), other.unwrap());
}

#[test]
fn what_is_trained_is_what_is_read_again() {
    let set = two_labels(60);
    let classifier = train(&short(), &set, false).classifier;
    let read = Classifier::from_bytes(&classifier.to_bytes().unwrap()).unwrap();
    assert_eq!(read, classifier);
    assert_eq!(read.about().n_maps, Training::parts(&short(), &set).training.len());
}

#[test]
fn a_training_can_be_stopped_and_needs_songs() {
    let set = two_labels(60);
    let training = Training::new(short(), &set).unwrap();
    let stopped = training.run(0, &mut |_| ControlFlow::Break(()));
    assert_eq!(stopped, Err(ClassifierError::Stopped));
    assert!(training.finish(&[]).is_err());
    let one_song = Training::new(short(), &set.subset(&[0, 1, 2]));
    assert!(matches!(one_song, Err(ClassifierError::Labels { .. })));
}

#[test]
fn the_perceptron_computes_what_the_network_in_burn_does() {
    let shape = ClassifierConfig::default().shape;
    let device = burn::tensor::Device::flex();
    let network = network::Network::random(&shape, 5, 3, &mut Normal::new(4), &device);
    let inputs = [0.3, -1.2, 0.0, 2.5, -0.4];
    let x = burn::tensor::Tensor::from_data(
        burn::tensor::TensorData::new(inputs.to_vec(), [1, 5]),
        &device,
    );
    let mut random = Normal::new(0);
    let mut drops = network::Drops { input: 0.0, hidden: 0.0, random: &mut random };
    let expected =
        network::read(&network.forward(x, shape.activation, &mut drops, &device)).unwrap();
    let found = network.read().unwrap().logits(&shape, &inputs);
    for (found, expected) in found.iter().zip(&expected) {
        assert!((found - expected).abs() < 1e-5, "{found} {expected}");
    }
    assert_eq!(found.len(), 3);
}

#[test]
fn configurations_out_of_range_are_named() {
    let text = serde_json::to_string(&ClassifierConfig::default()).unwrap();
    assert_eq!(ClassifierConfig::from_json(&text), Ok(ClassifierConfig::default()));
    let bad = ClassifierConfig { dropout: 1.0, ..ClassifierConfig::default() };
    let error = ClassifierConfig::from_json(&serde_json::to_string(&bad).unwrap()).unwrap_err();
    assert!(error.to_string().contains("`dropout`"));
    ClassifierConfig::published_family().validate().unwrap();
    ClassifierConfig::small().validate().unwrap();
}

#[test]
fn maps_to_train_on_alone_and_unknown_ones_are_never_evaluated_on() {
    let plain = two_labels(60);
    // Each map once more, shifted, as with a mod; and a map of which nothing is known.
    let rows = |shift: f64| plain.table().rows().flatten().map(move |value| value + shift);
    let values: Vec<f64> = rows(0.0).chain(rows(0.5)).chain([f64::NAN; 2]).collect();
    let table = FeatureTable::new(plain.table().columns().to_vec(), values).unwrap();
    let name = |&idx: &usize| plain.labels()[idx].clone();
    let mut first: Vec<String> = plain.first().iter().chain(plain.first()).map(name).collect();
    first.push("jump".to_owned());
    let mut songs = [plain.songs(), plain.songs()].concat();
    songs.push("unknown".to_owned());
    let is_evaluated: Vec<bool> = (0..121).map(|idx| !(60..120).contains(&idx)).collect();
    let set = LabelledTable::new(table, &first, &vec![vec![]; 121], songs).unwrap();
    let set = set.with_evaluated(is_evaluated).unwrap();

    let parts = Training::parts(&short(), &set);
    assert!(!parts.held_out.is_empty() && parts.held_out.iter().all(|&idx| idx < 60));
    assert!(!parts.training.contains(&120) && parts.training.iter().any(|&idx| idx >= 60));
    let songs_of = |rows: &[usize]| -> std::collections::BTreeSet<_> {
        rows.iter().map(|&idx| set.songs()[idx].clone()).collect()
    };
    assert!(songs_of(&parts.held_out).is_disjoint(&songs_of(&parts.training)));
    let trained = train(&short(), &set, false);
    let n_plain = parts.training.iter().filter(|&&idx| idx < 60).count();
    assert_eq!(trained.classifier.about().n_maps, n_plain);
    assert_eq!(trained.cross_validated.unwrap().n_maps, n_plain);
    assert!(set.with_evaluated(vec![true]).is_err());
}
