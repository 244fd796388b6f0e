//! What is taken home: the same tables, byte for byte, as the command writes.

use carto_beatmaps::{FeatureRow, MembershipRow, features_csv, memberships_csv};

use crate::rows::{Played, Row};

/// As `carto features --csv`.
pub(crate) fn features(rows: &[Row], played: Played) -> String {
    features_csv(rows.iter().map(|row| FeatureRow::of(&row.map, played.idx())))
}

/// As `carto classify`.
pub(crate) fn kinds(labels: &[String], rows: &[Row], played: Played) -> String {
    let rows = rows.iter().map(|row| MembershipRow {
        map: &row.map.path,
        shares: row.shares(played).unwrap_or_default(),
    });
    memberships_csv(labels, rows)
}
