//! The table against the published `dataset.csv`, which the published
//! classifier's own program wrote.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests may fail loudly")]

use std::collections::BTreeSet;

use carto_dataset::{Cell, Dataset, Limits, song_key, song_keys, split_by_song};
use carto_random::folds;

fn published() -> Option<Vec<u8>> {
    Some(std::fs::read(carto_testkit::folder("kiai")?.join("dataset.csv")).unwrap())
}

#[test]
fn the_published_file_is_written_as_it_was_read() {
    let Some(bytes) = published() else { return };
    let dataset = Dataset::from_csv(&bytes, &Limits::default()).unwrap();
    assert_eq!((dataset.rows.len(), dataset.labels().len()), (9579, 15));
    assert_eq!(dataset.columns, Cell::published());
    // Not `assert_eq`, which would print both.
    assert!(dataset.to_csv() == bytes, "the bytes differ");
    eprintln!("{} bytes are the same", bytes.len());
}

#[test]
fn the_column_of_other_labels_is_all_that_is_added() {
    let Some(bytes) = published() else { return };
    let mut dataset = Dataset::from_csv(&bytes, &Limits::default()).unwrap();
    dataset.columns.insert(1, Cell::Also);
    let text = String::from_utf8(dataset.to_csv()).unwrap();
    let published = String::from_utf8(bytes).unwrap();
    let mut n_lines = 0;
    for (ours, theirs) in text.split("\r\n").zip(published.split("\r\n")) {
        let cells = match theirs.split_once(',') {
            Some(("label", rest)) => format!("label,also,{rest}"),
            Some((label, rest)) => format!("{label},,{rest}"),
            None => String::new(),
        };
        assert_eq!(ours, cells);
        n_lines += 1;
    }
    assert_eq!(n_lines, 9581);
}

#[test]
fn a_fifth_of_the_published_maps_is_held_out_and_shares_no_song() {
    let Some(bytes) = published() else { return };
    let dataset = Dataset::from_csv(&bytes, &Limits::default()).unwrap();
    let split = split_by_song(&dataset.rows, 0.2, 1);
    assert_eq!((split.training.len(), split.held_out.len()), (7662, 1917));
    let songs = |side: &[usize]| -> BTreeSet<_> {
        side.iter().map(|&idx| song_key(&dataset.rows[idx])).collect()
    };
    let (train, held_out) = (songs(&split.training), songs(&split.held_out));
    assert!(train.is_disjoint(&held_out));
    eprintln!("{} songs to learn from, {} held out", train.len(), held_out.len());
    let of_all = dataset.labels();
    for (label, n_maps) in dataset.part(&split.held_out).labels() {
        let share = n_maps as f64 / of_all[label] as f64;
        eprintln!("{label}: {n_maps} of {} ({share:.3})", of_all[label]);
        assert!((0.19..0.21).contains(&share), "{label}");
    }
    let labels: Vec<&str> = dataset.rows.iter().map(|row| &*row.label).collect();
    let folds = folds(&song_keys(&dataset.rows), &labels, 5, 1);
    for fold in 0..5 {
        let rows: Vec<_> = (0..folds.len()).filter(|&idx| folds[idx] == fold).collect();
        let labels = dataset
            .part(&rows)
            .labels()
            .into_iter()
            .map(|(label, n)| n as f64 / of_all[label] as f64)
            .collect::<Vec<_>>();
        eprintln!("fold {fold}: {} rows, {labels:.2?} of the labels", rows.len());
    }
}
