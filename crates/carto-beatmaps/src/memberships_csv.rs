//! The table of memberships, as `carto classify` writes it.

use carto_types::csv::{Cell, Csv};

/// Decimals of a membership: more than any label is sure of.
const DECIMALS: usize = 6;

/// How much one map belongs to each label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MembershipRow<'a> {
    /// What names it: its file, archive first, or its number on the site where it comes
    /// from a table.
    pub map: &'a str,
    /// `[n_labels]`, in the order of the labels; empty for a map that cannot be
    /// classified, which keeps its row.
    pub shares: &'a [f64],
}

/// Head and rows, each ended by a line feed: `map`, then a column for each label. A text
/// that would be a formula in a spreadsheet begins with an apostrophe.
///
/// - `labels`: `[n_labels]`, as the classifier gives them: ascending
#[must_use]
pub fn memberships_csv<'a>(
    labels: &[String],
    rows: impl IntoIterator<Item = MembershipRow<'a>>,
) -> String {
    let mut csv = Csv::with_line_feeds(["map"].into_iter().chain(labels.iter().map(|it| &**it)));
    for row in rows {
        let shares = row.shares.iter().map(|share| format!("{share:.DECIMALS$}"));
        let shares: Vec<String> = shares.collect();
        let cells = shares.iter().map(|share| Cell::Written(share));
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
            MembershipRow { map: "a.osz/b.osu", shares: &[0.25, 0.75] },
            MembershipRow { map: "-c,d.osu", shares: &[] },
        ];
        let expected = "map,alt,\"jump, aim\"\na.osz/b.osu,0.250000,0.750000\n\"'-c,d.osu\",,\n";
        assert_eq!(memberships_csv(&labels, rows), expected);
    }
}
