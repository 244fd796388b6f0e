//! The tables that a person saves: byte for byte what the command writes of the same maps.

use carto_features::{ProbabilityRow, features_csv, probabilities_csv};
use carto_types::Mods;
use carto_ui::save_file;
use leptos::prelude::*;

use crate::rows::{Row, in_file_order};
use crate::state::BeatmapsState;

/// Which maps a table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All that were read, in the order in which the command reads them.
    All,
    /// Those that the table shows, in its order.
    Shown,
}

/// Saves features, as `carto features --csv` writes them.
pub(crate) fn save_features(state: BeatmapsState, extent: Extent) {
    let (rows, played) = rows(state, extent);
    let table = features_csv(rows.iter().map(|row| &*row.map), played.idx(), played);
    save_file(&file_name("features", played, extent), table.as_bytes());
    state.is_saved.set(true);
}

/// Saves label probabilities, as `carto classify` writes them; nothing without a classifier.
pub(crate) fn save_probabilities(state: BeatmapsState, extent: Extent) {
    let Some(model) = state.model.get_untracked() else { return };
    let (rows, played) = rows(state, extent);
    let rows = rows.iter().map(|row| {
        let probabilities = row.probabilities(played).unwrap_or_default();
        ProbabilityRow::of_map(&row.map, probabilities, played)
    });
    let table = probabilities_csv(&model.facts.labels, rows);
    save_file(&file_name("label_probabilities", played, extent), table.as_bytes());
    state.is_saved.set(true);
}

fn rows(state: BeatmapsState, extent: Extent) -> (Vec<Row>, Mods) {
    let rows = match extent {
        Extent::All => state.rows.with_untracked(|rows| in_file_order(rows)),
        Extent::Shown => state.shown.get_untracked(),
    };
    (rows, state.choice.with_untracked(|choice| choice.played))
}

/// `features.csv`, and whatever sets a table apart from the usual one: `features_DT_shown.csv`.
fn file_name(table: &str, played: Mods, extent: Extent) -> String {
    let mut name = table.to_owned();
    if played != Mods::None {
        name.extend(["_", played.acronym()]);
    }
    if extent == Extent::Shown {
        name.push_str("_shown");
    }
    name + ".csv"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_what_is_in_it() {
        assert_eq!(file_name("features", Mods::None, Extent::All), "features.csv");
        assert_eq!(file_name("features", Mods::HardRock, Extent::All), "features_HR.csv");
        let shown = file_name("label_probabilities", Mods::DoubleTime, Extent::Shown);
        assert_eq!(shown, "label_probabilities_DT_shown.csv");
    }
}
