//! The table of features, as `carto features` writes it.

use carto_types::csv::{Cell, Csv};
use carto_types::{MapTexts, Mods, ReadMap};

use super::columns::{COLUMNS, Column};

/// Columns before the numbers.
const TEXTS: [&str; 6] = ["id", "path", "title", "artist", "creator", "version"];

/// The number after which genre and status stand, which only the site knows.
const BEFORE_GENRE: &str = "max_combo";

/// The last column: with which mods the numbers are, empty for none.
pub(crate) const MODS: &str = "mods";

/// What the published dataset writes for a genre that is not known.
pub const UNKNOWN_GENRE: &str = "unknown";

/// Head and rows, each ended by a line feed, cells quoted as in RFC 4180; a text that
/// would be a formula in a spreadsheet begins with an apostrophe. A map that cannot be
/// read has a row of empty cells but for its path and the mods.
///
/// - `mods_idx`: place in [`ReadMap::numbers`]
/// - `mods`: those that the maps were read with at that place
#[must_use]
pub fn features_csv<'a>(
    maps: impl IntoIterator<Item = &'a ReadMap>,
    mods_idx: usize,
    mods: Mods,
) -> String {
    let head = head();
    let mut csv = Csv::with_line_feeds(head.iter().copied());
    for map in maps {
        let texts = map.facts.as_ref();
        let id = id_of(texts, &map.path).map_or_else(String::new, |id| id.to_string());
        let numbers = match (texts, map.numbers.get(mods_idx)) {
            (Some(_), Some(values)) => numbers(values),
            (Some(_), None) => numbers(&[]),
            (None, _) => Vec::new(),
        };
        let texts = texts.map(|it| [&it.title, &it.artist, &it.creator, &it.version]);
        let cells = [Cell::Written(&id), Cell::Text(&map.path)]
            .into_iter()
            .chain(texts.into_iter().flatten().map(|text| Cell::Text(text)))
            .chain(numbers.iter().map(|number| Cell::Written(number)))
            .chain(std::iter::repeat(Cell::Empty))
            .take(head.len() - 1);
        csv.row(cells.chain([Cell::Written(mods.acronym())]));
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
    head.push(MODS);
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
        let map = |path: &str| ReadMap {
            path: path.to_owned(),
            facts: None,
            md5: Vec::new(),
            numbers: Vec::new(),
            overlap_share: 0.0,
        };
        let maps = [map("a/77.osu"), map("b,c.osu")];
        let text = features_csv(&maps, 0, Mods::None);
        let lines: Vec<_> = text.lines().collect();
        let n_commas = lines[0].matches(',').count();
        assert_eq!(lines[1], format!("77,a/77.osu{}", ",".repeat(n_commas - 1)));
        assert_eq!(lines[2], format!(",\"b,c.osu\"{}", ",".repeat(n_commas - 1)));
        let fast = features_csv(&maps, 1, Mods::DoubleTime);
        assert!(fast.lines().skip(1).all(|line| line.ends_with(",,DT")), "{fast}");
    }

    #[test]
    fn numbers_stand_under_their_names() {
        let numbers: Vec<Option<f64>> = (0..COLUMNS.len()).map(|idx| Some(idx as f64)).collect();
        let map = ReadMap {
            path: "5.osu".to_owned(),
            facts: Some(texts(Some(7))),
            md5: Vec::new(),
            numbers: vec![vec![None; COLUMNS.len()], numbers],
            overlap_share: 0.0,
        };
        let texts = [(0, Mods::None), (1, Mods::HardRock)]
            .map(|(mods_idx, mods)| features_csv([&map], mods_idx, mods));
        let [[head, plain], [_, fast]] = texts.each_ref().map(|text| {
            let mut lines = text.lines();
            [lines.next().unwrap_or_default(), lines.next().unwrap_or_default()]
        });
        assert!(plain.starts_with("7,5.osu,t,\"a, b\",c,v,,,"), "{plain}");
        assert!(plain.contains(",unknown,,"), "{plain}");
        assert!(fast.contains(",5.0,6,7,8.0,9,10.0,11,unknown,,12,"), "{fast}");
        assert!(head.contains(",star_rating,hit_length,total_length,break_ratio,"), "{head}");
        assert!(head.ends_with(",mods") && plain.ends_with(',') && fast.ends_with(",43.0,HR"));
        assert_eq!(head.matches(',').count() + 1, fast.matches(',').count());
    }

    #[test]
    fn a_number_comes_from_the_map_before_its_name() {
        assert_eq!(id_of(Some(&texts(Some(3))), "4.osu"), Some(3));
        assert_eq!(id_of(Some(&texts(None)), "a/4.osu"), Some(4));
        assert_eq!(id_of(None, "4 b.osu"), None);
    }
}
