//! The table from CSV.

use std::collections::BTreeSet;

use carto_features::{Md5Sum, Mods};
use csv::{ErrorKind, ReaderBuilder, StringRecord};

use crate::cell::Cell;
use crate::error::DatasetError;
use crate::limits::Limits;
use crate::table::{Dataset, Row};

/// Without a label there is nothing to learn, and without the song no split
/// that keeps its maps together.
const REQUIRED: [Cell; 3] = [Cell::Label, Cell::Title, Cell::Artist];

/// The byte order mark that spreadsheets write in front of UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

impl Dataset {
    /// Reads a table: the published `dataset.csv`, what [`Dataset::to_csv`]
    /// wrote, or any CSV whose head names `label`, `title` and `artist`.
    ///
    /// Columns may come in any order; those that are missing stay empty, those
    /// that are not known are passed over. Lines may end with LF or CRLF.
    ///
    /// # Errors
    ///
    /// [`DatasetError`] with the line of the first thing that is wrong.
    pub fn from_csv(bytes: &[u8], limits: &Limits) -> Result<Self, DatasetError> {
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        let mut reader = ReaderBuilder::new().from_reader(bytes);
        let head = reader.headers().map_err(|error| fault(&error))?.clone();
        let cells = columns(&head)?;
        let mut rows = Vec::new();
        for record in reader.records() {
            if rows.len() == limits.max_rows {
                return Err(DatasetError::TooManyRows { limit: limits.max_rows });
            }
            rows.push(row(&record.map_err(|error| fault(&error))?, &cells)?);
        }
        Ok(Self { columns: cells.into_iter().flatten().collect(), rows })
    }
}

/// What stands in each column; `None` in one that is not known.
fn columns(head: &StringRecord) -> Result<Vec<Option<Cell>>, DatasetError> {
    if head.is_empty() {
        return Err(DatasetError::Empty);
    }
    let mut seen = BTreeSet::new();
    if let Some(name) = head.iter().find(|name| !seen.insert(*name)) {
        return Err(DatasetError::ColumnTwice { name: name.to_owned() });
    }
    let cells: Vec<_> = head.iter().map(Cell::named).collect();
    match REQUIRED.iter().find(|cell| !cells.contains(&Some(**cell))) {
        Some(cell) => Err(DatasetError::MissingColumn { name: cell.name().unwrap_or_default() }),
        None => Ok(cells),
    }
}

fn row(record: &StringRecord, cells: &[Option<Cell>]) -> Result<Row, DatasetError> {
    let line = record.position().map_or(0, csv::Position::line);
    let mut row = Row::new("");
    for (cell, text) in cells.iter().zip(record) {
        if let Some(cell) = cell {
            read_cell(&mut row, *cell, text, line)?;
        }
    }
    if row.label.is_empty() { Err(DatasetError::NoLabel { line }) } else { Ok(row) }
}

fn read_cell(row: &mut Row, cell: Cell, text: &str, line: u64) -> Result<(), DatasetError> {
    let column = cell.name().unwrap_or_default();
    let bad = || DatasetError::BadCell { line, column, text: excerpt(text) };
    match cell {
        Cell::Label => row.label = text.to_owned(),
        Cell::Also => {
            let labels = text.split(Cell::ALSO_SEPARATOR).filter(|label| !label.is_empty());
            row.also = labels.map(str::to_owned).collect();
        }
        Cell::Id if text.is_empty() => row.id = None,
        Cell::Id => row.id = Some(text.parse().map_err(|_| bad())?),
        Cell::Title => row.title = text.to_owned(),
        Cell::Artist => row.artist = text.to_owned(),
        Cell::Creator => row.creator = text.to_owned(),
        Cell::Genre => row.genre = text.to_owned(),
        Cell::Status => row.status = text.to_owned(),
        Cell::Md5 if text.is_empty() => row.md5 = None,
        Cell::Md5 => row.md5 = Some(Md5Sum::of_hex(text).ok_or_else(bad)?),
        Cell::Mods => row.mods = Mods::of_acronym(text).ok_or_else(bad)?,
        Cell::Number(idx) => {
            row.numbers[idx] = number(text).map_err(|()| DatasetError::NotANumber {
                line,
                column,
                text: excerpt(text),
            })?;
        }
    }
    Ok(())
}

fn number(text: &str) -> Result<Option<f64>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().ok().filter(|value: &f64| value.is_finite()).map(Some).ok_or(())
}

/// Enough of a text to find it again.
fn excerpt(text: &str) -> String {
    text.chars().take(40).collect()
}

fn fault(error: &csv::Error) -> DatasetError {
    let line = |pos: &Option<csv::Position>| pos.as_ref().map_or(1, csv::Position::line);
    match error.kind() {
        ErrorKind::UnequalLengths { pos, expected_len, len } => {
            DatasetError::UnequalCells { line: line(pos), n_cells: *len, n_columns: *expected_len }
        }
        // Bytes in memory fail in no third way.
        ErrorKind::Utf8 { pos, .. } => DatasetError::NotUtf8 { line: line(pos) },
        _ => DatasetError::NotUtf8 { line: 1 },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<Dataset, DatasetError> {
        Dataset::from_csv(text.as_bytes(), &Limits { max_rows: 3, ..Limits::default() })
    }

    #[test]
    fn columns_may_come_in_any_order_and_some_are_not_known() {
        let dataset = read("\u{feff}artist,bpm,x,label,title,also\na,180,7,jump,t,tech|alt\n");
        let dataset = dataset.unwrap();
        assert_eq!(dataset.columns.len(), 5);
        let row = &dataset.rows[0];
        assert_eq!(
            (row.label.as_str(), row.number("bpm"), row.number("ar")),
            ("jump", Some(180.0), None)
        );
        assert_eq!(row.also, ["tech", "alt"]);
        assert!(dataset.has("bpm") && !dataset.has("ar"));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let head = "label,title,artist,bpm,id";
        let row = |text: &str| read(&format!("{head}\n{text}\n"));
        let text = |text: &str| text.to_owned();
        assert_eq!(read(""), Err(DatasetError::Empty));
        assert_eq!(read("label,title\n"), Err(DatasetError::MissingColumn { name: "artist" }));
        assert_eq!(read("a,a\n"), Err(DatasetError::ColumnTwice { name: text("a") }));
        assert_eq!(row(",t,a,1,1"), Err(DatasetError::NoLabel { line: 2 }));
        for number in ["x", "NaN", "inf", " 1"] {
            let error = DatasetError::NotANumber { line: 2, column: "bpm", text: text(number) };
            assert_eq!(row(&format!("j,t,a,{number},1")), Err(error));
        }
        let error = DatasetError::BadCell { line: 3, column: "id", text: text("-1") };
        assert_eq!(row("j,t,a,1,1\nj,t,a,1,-1"), Err(error));
        let error = DatasetError::UnequalCells { line: 2, n_cells: 2, n_columns: 5 };
        assert_eq!(row("j,t"), Err(error));
        let n_rows = "j,t,a,1,1\n".repeat(4);
        assert_eq!(row(&n_rows), Err(DatasetError::TooManyRows { limit: 3 }));
        let bytes = [head.as_bytes(), b"\nj,\xFF,a,1,1\n"].concat();
        let error = Dataset::from_csv(&bytes, &Limits::default());
        assert_eq!(error, Err(DatasetError::NotUtf8 { line: 2 }));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, cells in prop::collection::vec("(x|a,\",,1.50|\"|\r|\n)*", 0..4)) {
            let _ = Dataset::from_csv(&bytes, &Limits::default());
            let rows: String = cells.iter().map(|cell| format!("a{cell},b,c,1,-0\n")).collect();
            let text = format!("label,title,artist,id,bpm\n{rows}");
            // What was read and written once is written again as it is.
            if let Ok(dataset) = Dataset::from_csv(text.as_bytes(), &Limits::default()) {
                let csv = dataset.to_csv();
                let again = Dataset::from_csv(&csv, &Limits::default());
                prop_assert_eq!(again.map(|dataset| dataset.to_csv()), Ok(csv));
            }
        }
    }
}
