//! `carto classify`: label probabilities of maps as a table, and maps as collections.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use carto_classifier::{Classifier, FeatureTable};
use carto_features::COLUMNS;
use carto_features::{ProbabilityRow, collected_map, probabilities_csv};
use carto_types::{CollectedMap, MapTexts, Mods, ReadMap};

use super::Classify;
use super::collections::CollectionsFile;
use crate::{features, files};

/// The model that comes with the program.
const BUNDLED: &[u8] =
    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/models/classifier.bin"));

/// One map to be classified; without numbers where it could not be read.
struct Map {
    name: String,
    numbers: Option<Vec<f64>>,
    /// As it was read; `None` for a row of a table.
    read: Option<ReadMap>,
    /// What a row of a table says of its map.
    texts: Option<MapTexts>,
    /// How it is played.
    mods: Mods,
}

impl Map {
    fn row<'a>(&'a self, probabilities: &'a [f64]) -> ProbabilityRow<'a> {
        match &self.read {
            Some(read) => ProbabilityRow::of_map(read, probabilities, self.mods),
            None => ProbabilityRow {
                map: &self.name,
                probabilities,
                texts: self.texts.as_ref(),
                mods: self.mods,
            },
        }
    }
}

/// Writes a row a map, collections where they are asked for, and on stderr what could not
/// be read.
///
/// # Errors
///
/// A model or table that cannot be read, a file that cannot be written, and no map
/// that could be read: the table is written even then, and no collection.
pub(crate) fn run(args: &Classify) -> Result<()> {
    let classifier = classifier(args.model.as_deref())?;
    // First, so that a file that cannot be added to is told before any map is read.
    let collections = CollectionsFile::open(&args.collections)?;
    let (columns, maps) = match &args.csv {
        Some(path) => from_csv(path, &classifier)?,
        None => (names(), from_maps(args)?),
    };
    let numbers: Vec<f64> = maps.iter().filter_map(|map| map.numbers.clone()).flatten().collect();
    let found = classifier.classify(&FeatureTable::new(columns, numbers)?)?;
    let mut answers = found.rows();
    let mut shares = |map: &Map| {
        let answer = map.numbers.as_ref().and_then(|_| answers.next());
        answer.unwrap_or_default()
    };
    let shares: Vec<&[f64]> = maps.iter().map(&mut shares).collect();
    if let Some(path) = &args.out {
        let rows = maps.iter().zip(&shares).map(|(map, &shares)| map.row(shares));
        let text = probabilities_csv(classifier.labels(), rows);
        files::write_atomic(path, text.as_bytes())?;
    }
    if found.n_rows() == 0 {
        bail!("no osu!standard map could be read in what was named");
    }
    let Some(collections) = collections else { return Ok(()) };
    let rule = args.collections.rule();
    let collected = |(map, &shares): (&Map, &&[f64])| {
        let read = map.read.as_ref()?;
        // With mods the only numbers are of the map as it is played.
        let plain = read.numbers.first().filter(|_| args.mods.is_none());
        collected_map(read, shares, rule, plain.map(Vec::as_slice))
    };
    let maps: Vec<CollectedMap> = maps.iter().zip(&shares).filter_map(collected).collect();
    collections.write(classifier.labels(), &maps, found.n_rows())
}

pub(super) fn classifier(model: Option<&Path>) -> Result<Classifier> {
    let Some(path) = model else {
        return Classifier::from_bytes(BUNDLED).context("the bundled model");
    };
    let name = path.display();
    let bytes = fs::read(path).with_context(|| format!("{name} cannot be read"))?;
    Classifier::from_bytes(&bytes).with_context(|| name.to_string())
}

fn names() -> Vec<String> {
    COLUMNS.iter().map(|column| column.name.to_owned()).collect()
}

fn from_maps(args: &Classify) -> Result<Vec<Map>> {
    let mods = args.mods.unwrap_or_default();
    let found = features::read(&args.paths, mods)?;
    let map = |map: ReadMap| {
        let numbers = map.numbers.first().filter(|numbers| !numbers.is_empty());
        let numbers = numbers
            .map(|numbers| numbers.iter().map(|number| number.unwrap_or(f64::NAN)).collect());
        Map { name: map.path.clone(), numbers, read: Some(map), texts: None, mods }
    };
    Ok(found.into_iter().flat_map(|found| found.maps).map(map).collect())
}

/// Rows of a table, by the columns that the classifier needs; the name is the `id`,
/// else the `path`. What the table says of a map in `title`, `artist`, `creator`, `version`
/// and `mods` is kept.
fn from_csv(path: &Path, classifier: &Classifier) -> Result<(Vec<String>, Vec<Map>)> {
    let name = path.display();
    let mut reader =
        csv::Reader::from_path(path).with_context(|| format!("{name} cannot be read"))?;
    let head = reader.headers().with_context(|| name.to_string())?.clone();
    let place = |column: &str| head.iter().position(|cell| cell == column);
    let columns = classifier.columns().to_vec();
    let places = columns
        .iter()
        .map(|column| place(column).with_context(|| format!("{name} has no column `{column}`")));
    let places = places.collect::<Result<Vec<_>>>()?;
    let names = ["id", "path"].map(place);
    if names == [None, None] {
        bail!("{name} has neither a column `id` nor `path` to name its maps");
    }
    let facts = ["title", "artist", "creator", "version", "mods"].map(place);
    let mut maps = Vec::new();
    for (idx, record) in reader.records().enumerate() {
        let line = idx + 2;
        let record = record.with_context(|| format!("{name}, row {line}"))?;
        let cell = |place: usize| record.get(place).unwrap_or_default();
        let named = names.iter().flatten().map(|&place| cell(place)).find(|cell| !cell.is_empty());
        let number = |(&place, column): (&usize, &String)| match cell(place) {
            "" => Ok(f64::NAN),
            text => text
                .parse()
                .with_context(|| format!("{name}, row {line}, {column}: {text:?} is no number")),
        };
        let numbers = places.iter().zip(&columns).map(number).collect::<Result<Vec<f64>>>()?;
        // Without any number nothing is known of a map.
        let is_known = numbers.iter().any(|number| number.is_finite());
        let numbers = is_known.then_some(numbers);
        let named = named.unwrap_or_default().to_owned();
        let [title, artist, creator, version, mods] =
            facts.map(|place| place.map_or_else(String::new, |place| cell(place).to_owned()));
        let id = names[0].and_then(|place| cell(place).parse().ok());
        let mods = Mods::of_acronym(&mods).unwrap_or_default();
        let texts = Some(MapTexts { id, title, artist, creator, version });
        maps.push(Map { name: named, numbers, read: None, texts, mods });
    }
    Ok((columns, maps))
}
