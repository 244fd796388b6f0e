//! The tables that a person saves: byte for byte what the command writes.

use carto_features::{ProbabilityRow, features_csv, probabilities_csv};
use carto_ui::save_file;
use leptos::prelude::*;

use crate::client::BeatmapsClient;
use crate::rows::{Row, in_file_order};

/// Saves the features of all maps, as `carto features --csv` writes them.
pub(crate) fn save_features(client: BeatmapsClient) {
    let played = client.state.choice.with_untracked(|choice| choice.played);
    let rows = in_order(client);
    let table = features_csv(rows.iter().map(|row| &*row.map), played.idx());
    save_file("features.csv", table.as_bytes());
}

/// Saves the label probabilities of all maps, as `carto classify` writes them; nothing
/// without a classifier.
pub(crate) fn save_probabilities(client: BeatmapsClient) {
    let Some(model) = client.state.model.get_untracked() else { return };
    let played = client.state.choice.with_untracked(|choice| choice.played);
    let rows = in_order(client);
    let rows = rows.iter().map(|row| ProbabilityRow {
        map: &row.map.path,
        probabilities: row.probabilities(played).unwrap_or_default(),
    });
    let table = probabilities_csv(&model.facts.labels, rows);
    save_file("label_probabilities.csv", table.as_bytes());
}

fn in_order(client: BeatmapsClient) -> Vec<Row> {
    client.state.rows.with_untracked(|rows| in_file_order(rows))
}
