//! The table as CSV.

use std::borrow::Cow;

use carto_core::features::{BeatmapFeatures, COLUMNS};

use super::rows::MapRow;

/// Columns before the numbers.
const TEXTS: [&str; 6] = ["id", "path", "title", "artist", "creator", "version"];

/// The number after which genre and status stand, which only the site knows.
const BEFORE_GENRE: &str = "max_combo";

/// What the published dataset writes for a genre that is not known.
const UNKNOWN_GENRE: &str = "unknown";

/// Head and rows, each ended by a line feed, cells quoted as in RFC 4180.
pub(super) fn text(rows: &[&MapRow]) -> String {
    let mut text = line(&head());
    rows.iter().for_each(|row| text.push_str(&line(&cells(row))));
    text
}

fn head() -> Vec<String> {
    let mut head: Vec<String> = TEXTS.map(str::to_owned).into();
    for column in &COLUMNS {
        head.push(column.name.to_owned());
        if column.name == BEFORE_GENRE {
            head.extend(["genre", "status"].map(str::to_owned));
        }
    }
    head
}

fn cells(row: &MapRow) -> Vec<String> {
    let id = id(row).map_or_else(String::new, |id| id.to_string());
    let mut cells = vec![id, row.path.clone()];
    let Some(features) = &row.features else {
        cells.resize(head().len(), String::new());
        return cells;
    };
    let metadata = &features.metadata;
    let texts = [&metadata.title, &metadata.artist, &metadata.creator, &metadata.version];
    cells.extend(texts.map(String::clone));
    cells.extend(COLUMNS.iter().flat_map(|column| numbers(column, features)));
    cells
}

fn numbers(column: &carto_core::features::Column, features: &BeatmapFeatures) -> Vec<String> {
    let mut cells = vec![column.text(features)];
    if column.name == BEFORE_GENRE {
        cells.extend([UNKNOWN_GENRE.to_owned(), String::new()]);
    }
    cells
}

/// What the file says, else its name where that is a number, as of maps that
/// were fetched by their id.
fn id(row: &MapRow) -> Option<u64> {
    let stated = row.features.as_ref().and_then(|features| features.metadata.beatmap_id);
    stated.or_else(|| {
        let name = row.path.rsplit('/').next()?;
        name.get(..name.len().checked_sub(".osu".len())?)?.parse().ok()
    })
}

fn line(cells: &[String]) -> String {
    let cells: Vec<Cow<'_, str>> = cells.iter().map(|cell| quoted(cell)).collect();
    cells.join(",") + "\n"
}

/// Quotes where the cell holds a comma, a quote or a line end.
pub(crate) fn quoted(cell: &str) -> Cow<'_, str> {
    if cell.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let cells = ["a b", "a,b", "say \"b\"", "", "two\nlines"].map(str::to_owned);
        assert_eq!(line(&cells), "a b,\"a,b\",\"say \"\"b\"\"\",,\"two\nlines\"\n");
    }

    #[test]
    fn a_map_that_cannot_be_read_keeps_its_row() {
        let row = |path: &str| MapRow { path: path.to_owned(), features: None };
        let rows = [row("a/77.osu"), row("b,c.osu")];
        let text = text(&rows.iter().collect::<Vec<_>>());
        let lines: Vec<_> = text.lines().collect();
        let n_commas = lines[0].matches(',').count();
        assert_eq!(lines[1], format!("77,a/77.osu{}", ",".repeat(n_commas - 1)));
        assert_eq!(lines[2], format!(",\"b,c.osu\"{}", ",".repeat(n_commas - 1)));
    }
}
