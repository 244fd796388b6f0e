//! The table of features, as `carto features` writes it.

use carto_features::{COLUMNS, Column};
use carto_types::csv::{Cell, Csv};

use crate::{MapTexts, ReadMap};

/// Columns before the numbers.
const TEXTS: [&str; 6] = ["id", "path", "title", "artist", "creator", "version"];

/// The number after which genre and status stand, which only the site knows.
const BEFORE_GENRE: &str = "max_combo";

/// What the published dataset writes for a genre that is not known.
const UNKNOWN_GENRE: &str = "unknown";

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FeatureRow<'a> {
    /// As [`ReadMap::path`].
    pub path: &'a str,
    /// As [`ReadMap::facts`]; a map without them has a row of empty cells.
    pub texts: Option<&'a MapTexts>,
    /// `[n_columns]`, in the order of [`COLUMNS`]; what is missing has an empty cell.
    pub numbers: &'a [Option<f64>],
}

impl ReadMap {
    /// The map's row.
    ///
    /// - `mods_idx`: place in [`ReadMap::numbers`]
    #[must_use]
    pub fn row(&self, mods_idx: usize) -> FeatureRow<'_> {
        let numbers = self.numbers.get(mods_idx).map_or([].as_slice(), Vec::as_slice);
        FeatureRow { path: &self.path, texts: self.facts.as_ref(), numbers }
    }

    /// Its number on the site: what the map says, else what its name says.
    #[must_use]
    pub fn id(&self) -> Option<u64> {
        id_of(self.facts.as_ref(), &self.path)
    }
}

/// Head and rows, each ended by a line feed, cells quoted as in RFC 4180; a text that
/// would be a formula in a spreadsheet begins with an apostrophe.
#[must_use]
pub fn features_csv<'a>(rows: impl IntoIterator<Item = FeatureRow<'a>>) -> String {
    let head = head();
    let mut csv = Csv::with_line_feeds(head.iter().copied());
    for row in rows {
        let id = id_of(row.texts, row.path).map_or_else(String::new, |id| id.to_string());
        let texts = row.texts.map(|it| [&it.title, &it.artist, &it.creator, &it.version]);
        let numbers = if row.texts.is_some() { numbers(row.numbers) } else { Vec::new() };
        let names = [Cell::Written(&id), Cell::Text(row.path)].into_iter();
        let cells = names
            .chain(texts.into_iter().flatten().map(|text| Cell::Text(text)))
            .chain(numbers.iter().map(|number| Cell::Written(number)))
            .chain(std::iter::repeat(Cell::Empty));
        csv.row(cells.take(head.len()));
    }
    csv.into_text()
}

/// What a map says, else its file's name where that is a number, as of maps that
/// were fetched by their number.
pub(crate) fn id_of(texts: Option<&MapTexts>, path: &str) -> Option<u64> {
    texts.and_then(|texts| texts.id).or_else(|| id_in_name(path))
}

/// The number that is all of a file's name but its ending.
pub(crate) fn id_in_name(path: &str) -> Option<u64> {
    let name = path.rsplit('/').next()?;
    name.get(..name.len().checked_sub(".osu".len())?)?.parse().ok()
}

fn head() -> Vec<&'static str> {
    let mut head = TEXTS.to_vec();
    for column in &COLUMNS {
        head.push(column.name);
        if column.name == BEFORE_GENRE {
            head.extend(["genre", "status"]);
        }
    }
    head
}

/// The cells behind the texts, in the order of the head.
fn numbers(values: &[Option<f64>]) -> Vec<String> {
    let number = |(idx, column): (usize, &Column)| {
        let cell = column.text_of(values.get(idx).copied().flatten());
        let genre = [UNKNOWN_GENRE.to_owned(), String::new()];
        let genre = (column.name == BEFORE_GENRE).then_some(genre);
        [cell].into_iter().chain(genre.into_iter().flatten())
    };
    COLUMNS.iter().enumerate().flat_map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(id: Option<u64>) -> MapTexts {
        let [title, artist, creator, version] = ["t", "a, b", "c", "v"].map(str::to_owned);
        MapTexts { id, title, artist, creator, version }
    }

    #[test]
    fn a_map_that_cannot_be_read_keeps_its_row() {
        let row = |path| FeatureRow { path, texts: None, numbers: &[] };
        let text = features_csv([row("a/77.osu"), row("b,c.osu")]);
        let lines: Vec<_> = text.lines().collect();
        let n_commas = lines[0].matches(',').count();
        assert_eq!(lines[1], format!("77,a/77.osu{}", ",".repeat(n_commas - 1)));
        assert_eq!(lines[2], format!(",\"b,c.osu\"{}", ",".repeat(n_commas - 1)));
    }

    #[test]
    fn numbers_stand_under_their_names() {
        let numbers: Vec<Option<f64>> = (0..COLUMNS.len()).map(|idx| Some(idx as f64)).collect();
        let map = ReadMap {
            path: "5.osu".to_owned(),
            facts: Some(texts(Some(7))),
            md5: Vec::new(),
            numbers: vec![vec![None; COLUMNS.len()], numbers],
        };
        let text = features_csv([map.row(0), map.row(1)]);
        let [head, plain, fast] = text.lines().collect::<Vec<_>>()[..] else {
            unreachable!("a head and two rows")
        };
        assert!(plain.starts_with("7,5.osu,t,\"a, b\",c,v,,,"), "{plain}");
        assert!(plain.contains(",unknown,,"), "{plain}");
        assert!(fast.contains(",5.0,6,7,8.0,9,10.0,11,unknown,,12,"), "{fast}");
        assert!(head.contains(",star_rating,hit_length,total_length,break_ratio,"), "{head}");
        assert_eq!(head.matches(',').count() + 1, fast.matches(',').count());
    }

    #[test]
    fn a_number_comes_from_the_map_before_its_name() {
        assert_eq!(id_of(Some(&texts(Some(3))), "4.osu"), Some(3));
        assert_eq!(id_of(Some(&texts(None)), "a/4.osu"), Some(4));
        assert_eq!(id_of(None, "4 b.osu"), None);
    }
}
