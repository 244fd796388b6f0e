//! The tables that a person saves: byte for byte what the command writes.

use carto_beatmaps::{MembershipRow, features_csv, memberships_csv};
use carto_ui::save_file;
use leptos::prelude::*;

use crate::desk::Desk;
use crate::rows::Row;

/// Saves the features of all maps, as `carto features --csv` writes them.
pub(crate) fn save_features(desk: Desk) {
    let played = desk.see.choice.with_untracked(|choice| choice.played);
    let table = features_csv(in_order(desk).iter().map(|row| row.map.row(played.idx())));
    save_file("features.csv", table.as_bytes());
}

/// Saves the label probabilities of all maps, as `carto classify` writes them; nothing
/// without a classifier.
pub(crate) fn save_probabilities(desk: Desk) {
    let Some(model) = desk.see.model.get_untracked() else { return };
    let played = desk.see.choice.with_untracked(|choice| choice.played);
    let rows = in_order(desk);
    let rows = rows.iter().map(|row| MembershipRow {
        map: &row.map.path,
        shares: row.probabilities(played).unwrap_or_default(),
    });
    let table = memberships_csv(&model.facts.labels, rows);
    save_file("label_probabilities.csv", table.as_bytes());
}

/// The rows in the order in which the command writes them.
fn in_order(desk: Desk) -> Vec<Row> {
    let mut rows = desk.see.rows.get_untracked();
    rows.sort_by(|a, b| (&a.file, a.place).cmp(&(&b.file, b.place)));
    rows
}
