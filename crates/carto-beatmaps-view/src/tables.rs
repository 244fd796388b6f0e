//! What is taken home: the same tables, byte for byte, as the command writes.

use carto_features::{ProbabilityRow, features_csv, probabilities_csv};

use crate::rows::{Played, Row};

/// As `carto features --csv`.
pub(crate) fn features(rows: &[Row], played: Played) -> String {
    features_csv(rows.iter().map(|row| &*row.map), played.idx())
}

/// As `carto classify`.
pub(crate) fn kinds(labels: &[String], rows: &[Row], played: Played) -> String {
    let rows = rows.iter().map(|row| ProbabilityRow {
        map: &row.map.path,
        probabilities: row.shares(played).unwrap_or_default(),
    });
    probabilities_csv(labels, rows)
}
