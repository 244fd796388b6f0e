//! The table of label probabilities, as `carto classify` writes it.

use carto_types::csv::{Cell, Csv};

/// Decimals of a probability: more than any label is sure of.
const DECIMALS: usize = 6;

/// How probable each label is for one map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProbabilityRow<'a> {
    /// What names it: its file, archive first, or its number on the site where it comes
    /// from a table.
    pub map: &'a str,
    /// `[n_labels]`, in the order of the labels; empty for a map that cannot be
    /// classified, which keeps its row.
    pub probabilities: &'a [f64],
}

/// Head and rows, each ended by a line feed: `map`, then a column for each label. A text
/// that would be a formula in a spreadsheet begins with an apostrophe.
///
/// - `labels`: `[n_labels]`, as the classifier gives them: ascending
#[must_use]
pub fn probabilities_csv<'a>(
    labels: &[String],
    rows: impl IntoIterator<Item = ProbabilityRow<'a>>,
) -> String {
    let mut csv = Csv::with_line_feeds(["map"].into_iter().chain(labels.iter().map(|it| &**it)));
    for row in rows {
        let numbers: Vec<String> =
            row.probabilities.iter().map(|p| format!("{p:.DECIMALS$}")).collect();
        let cells = numbers.iter().map(|number| Cell::Written(number));
        let cells = [Cell::Text(row.map)].into_iter().chain(cells);
        csv.row(cells.chain(std::iter::repeat(Cell::Empty)).take(1 + labels.len()));
    }
    csv.into_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_map_has_a_row_and_every_label_a_column() {
        let labels = ["alt", "jump, aim"].map(str::to_owned);
        let rows = [
            ProbabilityRow { map: "a.osz/b.osu", probabilities: &[0.25, 0.75] },
            ProbabilityRow { map: "-c,d.osu", probabilities: &[] },
        ];
        let expected = "map,alt,\"jump, aim\"\na.osz/b.osu,0.250000,0.750000\n\"'-c,d.osu\",,\n";
        assert_eq!(probabilities_csv(&labels, rows), expected);
    }
}
