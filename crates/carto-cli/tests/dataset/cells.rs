//! Cells of a dataset held against those of `carto features` of the same maps.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use carto_dataset::COLUMNS;

use crate::shared::carto;

/// What both tables have of a map's file alone is written with the same digits.
pub(crate) fn assert_as_features(dir: &Path, dataset: &Path) {
    let features = dir.join("features.csv");
    let (osu, csv) = (dir.join("osu"), Path::new("--csv"));
    let succeeds = |args: &[&Path]| assert!(carto(args).status.success(), "{args:?}");
    succeeds(&[Path::new("features"), &osu, csv, &features]);
    let cells = |path: &Path, name: fn(&str) -> String, columns: &[&str]| {
        let mut reader = csv::Reader::from_path(path).unwrap();
        let head = reader.headers().unwrap().clone();
        let place = |column: &str| head.iter().position(|cell| cell == column).unwrap();
        let key = head.iter().position(|cell| ["id", "path"].contains(&cell)).unwrap();
        let places: Vec<usize> = columns.iter().map(|column| place(column)).collect();
        let row = |row: csv::StringRecord| {
            let cells = places.iter().map(|&place| row[place].to_owned()).collect::<Vec<_>>();
            (name(&row[key]), cells)
        };
        reader.records().map(|record| row(record.unwrap())).collect::<BTreeMap<_, _>>()
    };
    let columns: Vec<&str> = COLUMNS
        .iter()
        .map(|column| column.name)
        .skip_while(|name| *name != "circles")
        .filter(|name| *name != "stream_density_local")
        .collect();
    assert!(columns.contains(&"ar_od_ratio"));
    let found = cells(dataset, str::to_owned, &columns);
    let expected = cells(&features, |path| path.trim_end_matches(".osu").to_owned(), &columns);
    assert!(found.values().any(|cells| cells.last().is_some_and(|ratio| ratio == "1.0")));
    for (id, cells) in found.iter().filter(|(_, cells)| !cells[0].is_empty()) {
        assert_eq!(Some(cells), expected.get(id), "{id}");
    }
    // A classifier is told the same by a map and by its row.
    let [of_maps, of_rows] = ["of_maps.csv", "of_rows.csv"].map(|name| dir.join(name));
    let (classify, out) = (Path::new("classify"), Path::new("--out"));
    succeeds(&[classify, &osu, out, &of_maps]);
    succeeds(&[classify, csv, &features, out, &of_rows]);
    // The one names maps by their paths, the other by their ids.
    let shares = |path: &Path| -> Vec<String> {
        let text = fs::read_to_string(path).unwrap();
        text.lines().map(|line| line.split_once(',').unwrap().1.to_owned()).collect()
    };
    let (of_maps, of_rows) = (shares(&of_maps), shares(&of_rows));
    assert_eq!(of_maps.len(), of_rows.len());
    let other = of_maps.iter().zip(&of_rows).find(|(of_map, of_row)| of_map != of_row);
    assert_eq!(other, None);
}
