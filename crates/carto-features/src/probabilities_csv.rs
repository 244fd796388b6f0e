//! The table of label probabilities, as `carto classify` writes it.

use carto_types::csv::{Cell, Csv};
use carto_types::{MapTexts, Mods, ReadMap};

use super::features_csv::{MODS, id_of};

/// Decimals of a probability: more than any label is sure of.
const DECIMALS: usize = 6;

/// Columns behind the labels: which map it is, and how it is played.
const FACTS: [&str; 6] = ["id", "title", "artist", "creator", "version", MODS];

/// How probable each label is for one map.
#[derive(Debug, Clone, PartialEq)]
pub struct ProbabilityRow<'a> {
    /// What names it: its file, archive first, or its number on the site where it comes
    /// from a table.
    pub map: &'a str,
    /// `[n_labels]`, in the order of the labels; empty for a map that cannot be
    /// classified, which keeps its row.
    pub probabilities: &'a [f64],
    /// What the map says of itself; `None` where it cannot be read.
    pub texts: Option<&'a MapTexts>,
    /// How it is played.
    pub mods: Mods,
}

impl<'a> ProbabilityRow<'a> {
    /// The row of a map that was read.
    #[must_use]
    pub fn of_map(map: &'a ReadMap, probabilities: &'a [f64], mods: Mods) -> Self {
        Self { map: &map.path, probabilities, texts: map.facts.as_ref(), mods }
    }
}

/// Head and rows, each ended by a line feed: `map`, a column for each label, then `id`,
/// `title`, `artist`, `creator`, `version` and `mods`. A text that would be a formula in a
/// spreadsheet begins with an apostrophe.
///
/// The first columns are an interface: what reads them by their places goes on working.
///
/// - `labels`: `[n_labels]`, as the classifier gives them: ascending
#[must_use]
pub fn probabilities_csv<'a>(
    labels: &[String],
    rows: impl IntoIterator<Item = ProbabilityRow<'a>>,
) -> String {
    let names = labels.iter().map(|label| &**label);
    let mut csv = Csv::with_line_feeds(["map"].into_iter().chain(names).chain(FACTS));
    for row in rows {
        let numbers: Vec<String> =
            row.probabilities.iter().map(|p| format!("{p:.DECIMALS$}")).collect();
        let numbers = numbers.iter().map(|number| Cell::Written(number));
        let numbers = numbers.chain(std::iter::repeat(Cell::Empty)).take(labels.len());
        let id = id_of(row.texts, row.map).map_or_else(String::new, |id| id.to_string());
        let texts = row.texts.map(|it| [&it.title, &it.artist, &it.creator, &it.version]);
        let texts = texts.into_iter().flatten().map(|text| Cell::Text(text));
        let texts = texts.chain(std::iter::repeat(Cell::Empty)).take(4);
        let facts = [Cell::Written(&id)].into_iter().chain(texts);
        let facts = facts.chain([Cell::Written(row.mods.acronym())]);
        csv.row([Cell::Text(row.map)].into_iter().chain(numbers).chain(facts));
    }
    csv.into_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_map_has_a_row_with_its_labels_and_what_names_it() {
        let labels = ["alt", "jump, aim"].map(str::to_owned);
        let [title, artist, creator, version] = ["t", "=a", "c, d", "v"].map(str::to_owned);
        let texts = MapTexts { id: Some(7), title, artist, creator, version };
        let map = ReadMap {
            path: "a.osz/b.osu".to_owned(),
            facts: Some(texts),
            md5: Vec::new(),
            numbers: Vec::new(),
            overlap_share: 0.0,
        };
        let unread = ReadMap { path: "-c,8.osu".to_owned(), facts: None, ..map.clone() };
        let rows = [
            ProbabilityRow::of_map(&map, &[0.25, 0.75], Mods::DoubleTime),
            ProbabilityRow::of_map(&unread, &[], Mods::None),
            ProbabilityRow { map: "12/9.osu", probabilities: &[], texts: None, mods: Mods::None },
        ];
        let expected = "map,alt,\"jump, aim\",id,title,artist,creator,version,mods\n\
                        a.osz/b.osu,0.250000,0.750000,7,t,'=a,\"c, d\",v,DT\n\
                        \"'-c,8.osu\",,,,,,,,\n12/9.osu,,,9,,,,,\n";
        assert_eq!(probabilities_csv(&labels, rows), expected);
    }
}
