use super::model::About;
use super::perceptron::Perceptron;
use super::preparation::Preparation;
use super::*;

/// Untrained, with two labels, three columns, a derived feature and an embedding.
pub(super) fn small() -> Classifier {
    let columns = ["ar", "od", "cs"].map(str::to_owned).to_vec();
    let values = (0..30).map(|idx| f64::from(idx * 7 % 11)).collect();
    let table = FeatureTable::new(columns, values).unwrap();
    let preparation = Preparation::fit(&table, true);
    let shape = NetworkShape {
        embedding: Some(EmbeddingShape { n_frequencies: 2, n_dims: 1, frequency_spread: 0.1 }),
        hidden: vec![3],
        activation: Activation::Silu,
    };
    let tensors = shape.tensors(preparation.n_inputs(), 2);
    let perceptron = |seed: usize| {
        let weight = |idx: usize| ((idx * 31 + seed * 17) % 23) as f32 / 23.0 - 0.5;
        Perceptron { tensors: tensors.iter().map(|t| (0..t.len()).map(weight).collect()).collect() }
    };
    Classifier {
        labels: ["alt", "jump"].map(str::to_owned).to_vec(),
        preparation,
        shape,
        perceptrons: vec![perceptron(1), perceptron(2)],
        calibration: Calibration { temperature: 1.25, noise: 0.1 },
        about: About::default(),
        ranges: None,
    }
}

fn maps() -> FeatureTable {
    let columns = ["cs", "ar", "od", "other"].map(str::to_owned).to_vec();
    FeatureTable::new(columns, vec![4.0, 9.0, f64::NAN, 1.0, 3.0, 2.0, 5.0, 0.0]).unwrap()
}

#[test]
fn what_is_written_is_read_again() {
    let classifier = small();
    let bytes = classifier.to_bytes().unwrap();
    let read = Classifier::from_bytes(&bytes).unwrap();
    assert_eq!(read, classifier.rounded());
    assert_eq!(read.to_bytes().unwrap(), bytes);
    assert_eq!(read.classify(&maps()).unwrap(), classifier.rounded().classify(&maps()).unwrap());
}

#[test]
fn a_classifier_with_ranges_is_of_the_second_layout() {
    let ranges: LabelRanges =
        serde_json::from_str("[[[1.0,2.0],null,[0.0,0.5]],[[3.0,3.0],[0.0,1.0],null]]").unwrap();
    let classifier = small().with_ranges(ranges.clone());
    let bytes = classifier.to_bytes().unwrap();
    let layout = |bytes: &[u8]| bytes[8];
    assert_eq!([layout(&bytes), layout(&small().to_bytes().unwrap())], [2, 1]);
    let read = Classifier::from_bytes(&bytes).unwrap();
    assert_eq!(read.ranges(), Some(&ranges));
    let explained = read.explain(&maps()).unwrap();
    for found in &explained[0].influences {
        let column = read.columns().iter().position(|column| *column == found.column).unwrap();
        assert_eq!(found.typical, ranges.get(explained[0].label, column));
    }
    let short = small().with_ranges(serde_json::from_str("[[null,null,null]]").unwrap());
    let refused = Classifier::from_bytes(&short.to_bytes().unwrap()).unwrap_err();
    assert!(refused.to_string().contains("`ranges`"), "{refused}");
}

#[test]
fn probabilities_sum_to_one_and_columns_are_found_by_name() {
    let found = small().classify(&maps()).unwrap();
    assert_eq!((found.n_rows(), found.n_labels()), (2, 2));
    assert!(found.rows().all(|row| (row.iter().sum::<f64>() - 1.0).abs() < 1e-9));
    let without = maps().select(&["ar".to_owned(), "cs".to_owned()]).unwrap();
    let missing = ClassifierError::MissingColumn { name: "od".to_owned() };
    assert_eq!(small().classify(&without), Err(missing));
}

#[test]
fn an_explanation_names_all_columns_and_its_first_label() {
    let explained = small().explain(&maps()).unwrap();
    let first = &explained[0];
    assert!(first.probabilities[first.label] >= 0.5);
    assert_eq!(first.influences.len(), 3);
    let changes: Vec<f64> = first.influences.iter().map(|found| found.change.abs()).collect();
    assert!(changes.is_sorted_by(|a, b| a >= b));
    let od = first.influences.iter().find(|found| found.column == "od").unwrap();
    assert_eq!(od.value, None);
}

#[test]
fn every_cut_and_every_changed_byte_is_refused() {
    let bytes = small().to_bytes().unwrap();
    for len in 0..bytes.len() {
        assert!(Classifier::from_bytes(&bytes[..len]).is_err(), "{len} bytes");
    }
    for idx in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[idx] ^= 0x10;
        assert!(Classifier::from_bytes(&changed).is_err(), "byte {idx}");
    }
}

#[test]
fn heads_that_describe_no_classifier_are_refused_even_with_a_right_checksum() {
    let refused = |change: &dyn Fn(&mut Classifier)| {
        let mut classifier = small();
        change(&mut classifier);
        Classifier::from_bytes(&classifier.to_bytes().unwrap()).unwrap_err()
    };
    let is_header = |error| matches!(error, ClassifierError::Header { .. });
    let is_damaged = |error| matches!(error, ClassifierError::Damaged { .. });
    assert!(is_header(refused(&|found| found.labels.reverse())));
    assert!(is_header(refused(&|found| found.calibration.temperature = 0.0)));
    assert!(is_header(refused(&|found| found.calibration.noise = 1.0)));
    assert!(is_header(refused(&|found| found.preparation.medians.clear())));
    assert!(is_header(refused(&|found| found.preparation.columns[0] = "od".to_owned())));
    assert!(is_header(refused(&|found| found.shape.hidden = vec![4096; 8])));
    assert!(is_header(refused(&|found| found.shape.hidden = vec![0])));
    assert!(is_header(refused(&|found| found.preparation.columns[0] = "xx".to_owned())));
    assert!(is_damaged(refused(&|found| found.shape.hidden = vec![4])));
    assert!(is_damaged(refused(&|found| found.perceptrons[0].tensors[0][0] = f32::NAN)));
    assert!(is_damaged(refused(&|found| found.preparation.scales[0].values.reverse())));
}

#[test]
fn other_files_are_told_from_damaged_ones() {
    assert_eq!(Classifier::from_bytes(b"PK"), Err(ClassifierError::NotAClassifier));
    let mut later = small().to_bytes().unwrap();
    later[8] = 9;
    let error = ClassifierError::Version { found: 9, supported: 2 };
    assert_eq!(Classifier::from_bytes(&later), Err(error));
}
