//! Labelled maps as the classifier takes them, from tables on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use carto_dataset::{Cell, Dataset, Limits, Row};
use carto_models::classifier::{FeatureTable, LabelledTable, song_key};

/// 0 in all published rows, by a fault: nothing can be learnt from it.
const FAULTY: &str = "ar_od_ratio";

/// Reads labelled maps, and further labels of them where a file has some.
///
/// Columns in which all maps are alike are left out.
///
/// # Errors
///
/// In words that name the file.
pub(crate) fn read(dataset: &Path, labels: Option<&Path>) -> Result<LabelledTable> {
    let name = dataset.display();
    let bytes = fs::read(dataset).with_context(|| format!("{name} cannot be read"))?;
    let dataset =
        Dataset::from_csv(&bytes, &Limits::default()).with_context(|| name.to_string())?;
    let further = labels.map(further_labels).transpose()?.unwrap_or_default();
    labelled(&dataset, &further).with_context(|| name.to_string())
}

fn labelled(dataset: &Dataset, further: &BTreeMap<u64, BTreeSet<String>>) -> Result<LabelledTable> {
    let rows = &dataset.rows;
    let names = columns(dataset);
    if names.is_empty() {
        bail!("no column has numbers that differ between maps");
    }
    let number = |row: &Row, name: &String| row.number(name).unwrap_or(f64::NAN);
    let values = rows.iter().flat_map(|row| names.iter().map(|name| number(row, name))).collect();
    let table = FeatureTable::new(names.clone(), values)?;
    let also = |row: &Row| {
        let others = row.id.and_then(|id| further.get(&id)).into_iter().flatten();
        row.also.iter().chain(others).cloned().collect::<Vec<_>>()
    };
    let first: Vec<String> = rows.iter().map(|row| row.label.clone()).collect();
    let also: Vec<Vec<String>> = rows.iter().map(also).collect();
    Ok(LabelledTable::new(table, &first, &also, rows.iter().enumerate().map(song).collect())?)
}

/// The song's key; a map without title and artist is a song of its own.
fn song((idx, row): (usize, &Row)) -> String {
    match (row.title.trim(), row.artist.trim()) {
        ("", "") => format!("\t\t{idx}"),
        (title, artist) => song_key(title, artist),
    }
}

/// Columns of numbers in which maps differ.
fn columns(dataset: &Dataset) -> Vec<String> {
    let numbers = dataset.columns.iter().filter(|cell| matches!(cell, Cell::Number(_)));
    let names = numbers.filter_map(|cell| cell.name()).filter(|&name| name != FAULTY);
    let differs = |name: &&str| {
        let mut found = dataset.rows.iter().filter_map(|row| row.number(name));
        found.next().is_some_and(|first| found.any(|other| (other - first).abs() > 0.0))
    };
    names.filter(differs).map(str::to_owned).collect()
}

/// Labels by the site's number of the map.
fn further_labels(path: &Path) -> Result<BTreeMap<u64, BTreeSet<String>>> {
    let name = path.display();
    let mut reader =
        csv::Reader::from_path(path).with_context(|| format!("{name} cannot be read"))?;
    let mut labels: BTreeMap<u64, BTreeSet<String>> = BTreeMap::new();
    for (idx, pair) in reader.deserialize::<Pair>().enumerate() {
        let pair = pair.with_context(|| format!("{name}, pair {}", idx + 1))?;
        labels.entry(pair.id).or_default().insert(pair.label);
    }
    Ok(labels)
}

#[derive(serde::Deserialize)]
struct Pair {
    id: u64,
    label: String,
}
