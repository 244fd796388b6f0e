//! Numbers of maps as tables that a classifier takes.

use carto_classifier::{FeatureTable, LabelledTable};
use carto_features::COLUMNS;
use carto_types::{LabelledMap, song_key};

/// A table under the names of [`COLUMNS`]; a missing number is NaN there.
///
/// - `rows`: `[n_maps][n_columns]`
///
/// # Errors
///
/// Words for a row of another length.
pub(crate) fn table<'a>(
    rows: impl IntoIterator<Item = &'a [Option<f64>]>,
) -> Result<FeatureTable, String> {
    const N_COLUMNS: usize = COLUMNS.len();
    let mut values = Vec::new();
    for row in rows {
        if row.len() != N_COLUMNS {
            let n = row.len();
            return Err(format!("a map has {n} numbers instead of {N_COLUMNS}: reload the page"));
        }
        values.extend(row.iter().map(|value| value.unwrap_or(f64::NAN)));
    }
    FeatureTable::new(names(), values).map_err(|error| error.to_string())
}

/// Names of all columns.
pub(crate) fn names() -> Vec<String> {
    COLUMNS.iter().map(|column| column.name.to_owned()).collect()
}

/// Maps to learn from, by the columns in which they differ.
///
/// # Errors
///
/// Words for maps that make no such table.
pub(crate) fn labelled(maps: &[LabelledMap]) -> Result<LabelledTable, String> {
    let table = table(maps.iter().map(|map| &*map.row))?;
    let columns = differing(&table);
    if columns.is_empty() {
        return Err("the maps do not differ in any number: there is nothing to tell them apart by"
            .to_owned());
    }
    let (mut first, mut also) = (Vec::new(), Vec::new());
    for map in maps {
        let Some((label, others)) = map.labels.split_first() else {
            return Err("a map has no label: give it one, or leave it out".to_owned());
        };
        first.push(label.clone());
        also.push(others.to_vec());
    }
    let songs = maps.iter().enumerate().map(song).collect();
    let table = table.select(&columns).map_err(|error| error.to_string())?;
    LabelledTable::new(table, &first, &also, songs).map_err(|error| error.to_string())
}

/// Key of a map's song; a map without title and artist is a song of its own.
pub(crate) fn song((idx, map): (usize, &LabelledMap)) -> String {
    match (map.title.trim(), map.artist.trim()) {
        ("", "") => format!("\n\n{idx}"),
        (title, artist) => song_key(title, artist),
    }
}

/// Columns with two numbers or more.
fn differing(table: &FeatureTable) -> Vec<String> {
    let differs = |idx: usize| {
        let mut found = table.rows().map(|row| row[idx]).filter(|value| value.is_finite());
        found.next().is_some_and(|first| found.any(|other| (other - first).abs() > 0.0))
    };
    let columns = table.columns().iter().enumerate();
    columns.filter(|&(idx, _)| differs(idx)).map(|(_, name)| name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(bpm: f64, labels: &[&str], title: &str) -> LabelledMap {
        let mut row = vec![Some(1.0); COLUMNS.len()];
        (row[0], row[1]) = (Some(bpm), None);
        let labels = labels.iter().map(|&label| label.to_owned()).collect();
        LabelledMap { row, labels, title: title.to_owned(), artist: String::new() }
    }

    #[test]
    fn only_columns_that_differ_are_learnt_from() {
        let maps =
            [map(180.0, &["jump", "alt"], "A"), map(90.0, &["alt"], "a"), map(9.0, &["alt"], "")];
        let Ok(set) = labelled(&maps) else { unreachable!("three maps make a table") };
        assert_eq!(set.table().columns(), ["bpm"]);
        assert_eq!(
            (set.labels(), set.first()),
            (["alt", "jump"].map(str::to_owned).as_slice(), [1, 0, 0].as_slice())
        );
        assert_eq!((set.also()[0].as_slice(), set.n_songs()), ([0].as_slice(), 2));
    }

    #[test]
    fn what_makes_no_table_is_told() {
        let said = |maps: &[LabelledMap]| labelled(maps).err().unwrap_or_default();
        let alike = [map(1.0, &["a"], "t"), map(1.0, &["b"], "t")];
        assert!(said(&alike).starts_with("the maps do not differ"));
        let unlabelled = [map(1.0, &["a"], "t"), map(2.0, &[], "t")];
        assert!(said(&unlabelled).starts_with("a map has no label"));
        let short = LabelledMap { row: vec![None], ..map(1.0, &["a"], "t") };
        assert!(said(&[short]).starts_with("a map has 1 numbers instead of"));
    }
}
