//! The table as CSV, as the published program writes it.

use carto_features::COLUMNS;
use csv::{Terminator, WriterBuilder};

use crate::cell::Cell;
use crate::table::{Dataset, Row};

impl Dataset {
    /// The table as CSV: UTF-8, cells quoted where they must be, lines ended by
    /// CRLF, numbers as [`carto_features::Column::exact_text`] has them.
    ///
    /// A table that was read from the published file gives its bytes again.
    #[must_use]
    pub fn to_csv(&self) -> Vec<u8> {
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
        let head = self.columns.iter().map(|cell| cell.name().unwrap_or_default());
        let mut written = writer.write_record(head);
        for row in &self.rows {
            let cells = self.columns.iter().map(|cell| cell_text(row, *cell));
            written = written.and_then(|()| writer.write_record(cells));
        }
        // Neither can fail: the bytes are in memory and all rows have one length.
        debug_assert!(written.is_ok());
        writer.into_inner().unwrap_or_default()
    }
}

fn cell_text(row: &Row, cell: Cell) -> String {
    match cell {
        Cell::Label => row.label.clone(),
        Cell::Also => row.also.join(Cell::ALSO_SEPARATOR.to_string().as_str()),
        Cell::Id => row.id.map_or_else(String::new, |id| id.to_string()),
        Cell::Title => row.title.clone(),
        Cell::Artist => row.artist.clone(),
        Cell::Creator => row.creator.clone(),
        Cell::Genre => row.genre.clone(),
        Cell::Status => row.status.clone(),
        Cell::Md5 => row.md5.map_or_else(String::new, |md5| md5.to_string()),
        Cell::Mods => row.mods.acronym().to_owned(),
        Cell::Number(idx) => {
            let number = row.numbers.get(idx).copied().flatten();
            number.map_or_else(String::new, |value| COLUMNS[idx].exact_text(value))
        }
    }
}

#[cfg(test)]
mod tests {
    use carto_features::{Md5Sum, Mods, column_index};

    use super::*;
    use crate::Limits;

    fn dataset() -> Dataset {
        let mut row = Row::new("aim, \"slop\"");
        row.also = vec!["jump".to_owned(), "tech".to_owned()];
        row.id = Some(77);
        (row.title, row.artist) = ("two\nlines".to_owned(), "ÄÖ".to_owned());
        row.md5 = Some(Md5Sum::of(b"map"));
        for (name, value) in
            [("bpm", 180.0), ("star_rating", 0.138_415), ("hit_length", 92.0), ("ar_od_ratio", 0.0)]
        {
            row.numbers[column_index(name).unwrap()] = Some(value);
        }
        Dataset::new(vec![row, Row::new("alt")])
    }

    #[test]
    fn cells_are_written_as_in_the_published_file() {
        let text = String::from_utf8(dataset().to_csv()).unwrap();
        assert!(text.starts_with("label,also,id,title,artist,creator,total_length,star_rating,"));
        let row = "\r\n\"aim, \"\"slop\"\"\",jump|tech,77,\"two\nlines\",ÄÖ,,,0.138415,180.0,,,92,,unknown,";
        assert!(text.contains(row), "{text}");
        assert!(text.contains("\r\nalt,,,"), "{text}");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut dataset = dataset();
        dataset.columns.push(Cell::Mods);
        dataset.rows[1].mods = Mods::DoubleTime;
        let read = Dataset::from_csv(&dataset.to_csv(), &Limits::default()).unwrap();
        assert_eq!(read, dataset);
    }
}
