//! Labelled maps as the classifier takes them, from tables on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use carto_classifier::train::{ClassifierConfig, Training};
use carto_classifier::{FeatureTable, LabelledTable, Parts};
use carto_dataset::{Cell, Dataset, Limits, Mods, Row, song_key, song_keys};

/// 0 in all published rows, by a fault: nothing can be learnt from it.
const FAULTY: &str = "ar_od_ratio";

/// Labelled maps, and which of them are trained on.
pub(crate) struct Set {
    pub(crate) maps: LabelledTable,
    pub(crate) parts: Parts,
}

/// Reads labelled maps, and further labels of them where a file has some.
///
/// Columns in which all maps are alike are left out.
///
/// # Errors
///
/// In words that name the file.
pub(crate) fn read(dataset: &Path, labels: Option<&Path>) -> Result<LabelledTable> {
    let further = labels.map(further_labels).transpose()?.unwrap_or_default();
    labelled(&table(dataset)?, &further).with_context(|| dataset.display().to_string())
}

/// Reads labelled maps and splits them by song, as the configuration says.
///
/// # Errors
///
/// In words that name the file.
pub(crate) fn read_split(
    dataset: &Path,
    labels: Option<&Path>,
    config: &ClassifierConfig,
) -> Result<Set> {
    let maps = read(dataset, labels)?;
    let parts = Training::parts(config, &maps);
    Ok(Set { maps, parts })
}

/// Reads labelled maps of two files: those to train on and those that are held out.
///
/// # Errors
///
/// In words that name the file; a song that stands in both, and a label of which there
/// is nothing to learn from.
pub(crate) fn read_both(dataset: &Path, held_out: &Path, labels: Option<&Path>) -> Result<Set> {
    let further = labels.map(further_labels).transpose()?.unwrap_or_default();
    let (mut all, other) = (table(dataset)?, table(held_out)?);
    let (name, other_name) = (dataset.display(), held_out.display());
    let songs: BTreeSet<String> = all.rows.iter().filter_map(song_key).collect();
    let n_both = other.rows.iter().filter_map(song_key).filter(|song| songs.contains(song)).count();
    if n_both > 0 {
        bail!(
            "the songs of {n_both} maps of {other_name} are in {name} too: they cannot be used to evaluate the classifier"
        );
    }
    let known: BTreeSet<&String> = all.rows.iter().map(|row| &row.label).collect();
    if let Some(row) = other.rows.iter().find(|row| !known.contains(&row.label)) {
        bail!("{name} has no map of the label {:?}, which {other_name} has", row.label);
    }
    let n_learnt = all.rows.len();
    all.rows.extend(other.rows);
    let maps = labelled(&all, &further).with_context(|| format!("{name} and {other_name}"))?;
    let (n_all, known) = (maps.n_rows(), |idx: &usize| maps.is_known(*idx));
    let training = (0..n_learnt).filter(known).collect();
    let held_out = maps.evaluated().into_iter().filter(|&idx| (n_learnt..n_all).contains(&idx));
    let parts = Parts { training, held_out: held_out.filter(known).collect() };
    Ok(Set { maps, parts })
}

fn table(path: &Path) -> Result<Dataset> {
    let name = path.display();
    let bytes = fs::read(path).with_context(|| format!("{name} cannot be read"))?;
    Dataset::from_csv(&bytes, &Limits::default()).with_context(|| name.to_string())
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
    let maps = LabelledTable::new(table, &first, &also, song_keys(rows))?;
    // Nobody has labelled a map with a mod: its label is that of the map.
    Ok(maps.with_evaluated(rows.iter().map(|row| row.mods == Mods::None).collect())?)
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

/// Further labels by the site's number of the map.
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
