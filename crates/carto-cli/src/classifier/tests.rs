use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use carto_classifier::train::{ClassifierConfig, Training};

use super::card::Card;
use super::*;

/// The published dataset, which is no part of the repository.
fn published() -> Option<(PathBuf, PathBuf)> {
    let dir = carto_testkit::folder("kiai")?;
    Some((dir.join("dataset.csv"), dir.join("labels.csv")))
}

fn bundled_card() -> Card {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/models/classifier.card.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_bundled_model_is_what_its_card_describes() {
    let card = bundled_card();
    let classifier = classify::classifier(None).unwrap();
    let bytes = classifier.to_bytes().unwrap();
    assert_eq!(card.format, card::FORMAT);
    assert_eq!((card.model.n_bytes, &card.model.labels[..]), (bytes.len(), classifier.labels()));
    let sum = carto_encoder::weights::sha256_hex(&bytes[..]).unwrap();
    assert_eq!(card.model.sha256, sum);
    assert!(bytes.len() < 1_000_000, "{}", bytes.len());
    assert_eq!(card.training, ClassifierConfig::default());
}

/// With `UPDATE_EXPECT=1` the words are written anew from the figures.
#[test]
fn the_bundled_card_says_what_its_figures_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/models");
    let card = bundled_card();
    for (name, text) in [
        ("classifier.card.md", describe::markdown(&card, "classifier")),
        ("classifier.card.html", card_files::html(&card, "classifier")),
    ] {
        let path = folder.join(name);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, &text).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "{name}");
    }
}

#[test]
fn the_bundled_model_reaches_the_figures_of_its_card() {
    let Some((dataset, labels)) = published() else { return };
    let card = bundled_card();
    let set = set::read(&dataset, Some(&labels)).unwrap();
    let held_out = set.subset(&Training::parts(&card.training, &set).held_out);
    let found = evaluate::of(&classify::classifier(None).unwrap(), &held_out).unwrap();
    let expected = card.held_out.unwrap();
    assert_eq!(found.confusion, expected.confusion);
    for (name, found, expected) in [
        ("top-1", found.top_1, expected.top_1),
        ("top-3", found.top_3, expected.top_3),
        ("log loss", found.log_loss, expected.log_loss),
        ("macro F1", found.macro_f1, expected.macro_f1),
        ("calibration error", found.calibration_error, expected.calibration_error),
    ] {
        assert!((found - expected).abs() < 1e-9, "{name}: {found} {expected}");
    }
}

/// With `UPDATE_EXPECT=1` the file gets them, and its card has to be told of the new bytes.
#[test]
fn the_bundled_model_says_what_is_typical_of_the_maps_that_it_was_trained_on() {
    let Some((dataset, labels)) = published() else { return };
    let config = bundled_card().training;
    let set = set::read(&dataset, Some(&labels)).unwrap();
    let expected = Training::new(config, &set).unwrap().ranges();
    let classifier = classify::classifier(None).unwrap();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/models/classifier.bin");
        fs::write(path, classifier.with_ranges(expected).to_bytes().unwrap()).unwrap();
        return;
    }
    assert_eq!(classifier.ranges(), Some(&expected));
    let place = |names: &[String], name: &str| names.iter().position(|it| it == name).unwrap();
    let stream = place(classifier.labels(), "stream");
    let density = place(classifier.columns(), "stream_density");
    let (low, high) = expected.get(stream, density).unwrap();
    assert!(0.0 < low && low < high && high < 1.0, "{low} {high}");
}

#[test]
fn a_short_training_on_the_published_dataset_beats_guessing() {
    let Some((dataset, labels)) = published() else { return };
    let dir = tempfile::tempdir().unwrap();
    let config = ClassifierConfig {
        n_epochs: 2,
        n_folds: 2,
        n_perceptrons: 1,
        n_fold_perceptrons: 1,
        ..ClassifierConfig::small()
    };
    let config = ClassifierConfig { held_out_share: 0.5, early_stopping: None, ..config };
    let path = dir.path().join("config.json");
    fs::write(&path, serde_json::to_string(&config).unwrap()).unwrap();
    let args = TrainClassifier {
        dataset,
        held_out: None,
        labels: Some(labels),
        out: dir.path().join("short.bin"),
        seed: Some(7),
        config: Some(path),
        no_baseline: true,
    };
    train(&args).unwrap();
    let text = fs::read_to_string(dir.path().join("short.card.json")).unwrap();
    let card: Card = serde_json::from_str(&text).unwrap();
    let found = card.held_out.unwrap();
    // The commonest label has one map in ten.
    assert!(found.top_1 > 0.35, "{}", found.top_1);
    assert!(found.calibration_error < 0.1, "{}", found.calibration_error);
    for name in ["short.card.md", "short.card.html", "short.train.json", "short.reliability.svg"] {
        assert!(dir.path().join(name).metadata().unwrap().len() > 100, "{name}");
    }
}

/// A dataset of two labels, a song of three maps a line, the last with a mod.
fn labelled_maps(songs: std::ops::Range<usize>, with_mods: bool) -> String {
    let mut text = "label,id,title,artist,bpm,notes_per_second,mods\n".to_owned();
    for song in songs {
        let label = if song % 2 == 0 { "jump" } else { "stream" };
        let bpm = if song % 2 == 0 { 150 } else { 200 } + song % 7;
        text += &format!("{label},{},Song {song},a,{bpm}.0,{}.0,\n", 2 * song, bpm / 20);
        // Of this one nothing is known.
        text += &format!("{label},{},Song {song},a,,,\n", 2 * song + 1);
        if with_mods {
            text += &format!("{label},{},Song {song},a,{}.0,9.0,DT\n", 2 * song, bpm + 75);
        }
    }
    text
}

fn train_on(dir: &Path, held_out: Option<PathBuf>) -> Result<Card> {
    let config = ClassifierConfig { n_epochs: 2, n_folds: 2, ..ClassifierConfig::small() };
    fs::write(dir.join("config.json"), serde_json::to_string(&config).unwrap()).unwrap();
    train(&TrainClassifier {
        dataset: dir.join("train.csv"),
        held_out,
        labels: None,
        out: dir.join("own.classifier"),
        seed: Some(7),
        config: Some(dir.join("config.json")),
        no_baseline: false,
    })?;
    Ok(serde_json::from_str(&fs::read_to_string(dir.join("own.card.json")).unwrap()).unwrap())
}

#[test]
fn maps_with_mods_are_only_learnt_from_and_unknown_ones_are_left_out() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("train.csv"), labelled_maps(0..60, true)).unwrap();
    let data = train_on(dir.path(), None).unwrap().data;
    assert_eq!((data.n_maps, data.n_songs), (60, 60), "of 180 rows those that can be evaluated on");
}

#[test]
fn what_was_held_out_before_is_evaluated_on() {
    let dir = tempfile::tempdir().unwrap();
    let held_out = dir.path().join("held_out.csv");
    fs::write(dir.path().join("train.csv"), labelled_maps(0..40, true)).unwrap();
    fs::write(&held_out, labelled_maps(40..60, false)).unwrap();
    let card = train_on(dir.path(), Some(held_out.clone())).unwrap();
    let data = &card.data;
    assert_eq!((data.n_training_maps, data.n_held_out_maps, data.n_maps), (40, 20, 60));
    assert_eq!(card.held_out.unwrap().n_maps, 20);
    assert!(card.baseline.is_some());

    fs::write(&held_out, labelled_maps(39..60, false)).unwrap();
    let error = train_on(dir.path(), Some(held_out.clone())).unwrap_err().to_string();
    assert!(error.contains("2 maps of") && error.contains("held_out.csv"), "{error}");
    fs::write(&held_out, labelled_maps(40..60, false).replace("stream,", "tech,")).unwrap();
    let error = train_on(dir.path(), Some(held_out)).unwrap_err().to_string();
    assert!(error.contains("no map of the label \"tech\""), "{error}");
}
