//! Comma-separated values (RFC 4180), safe to open in a spreadsheet.

use std::borrow::Cow;

/// One value of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Words of any origin.
    Text(&'a str),
    /// A number with as many digits as it takes to read the same number again.
    Number(f64),
    /// A number that has been written out already.
    Written(&'a str),
    /// A count or a number of something.
    Count(u32),
    /// What is not known.
    Empty,
}

impl From<Option<f64>> for Cell<'_> {
    fn from(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Number)
    }
}

/// A table in the making.
#[derive(Debug)]
pub struct Csv {
    text: String,
    line_end: &'static str,
}

impl Csv {
    /// A table with a first row of names, whose lines end as the standard has it.
    pub fn new<'a>(heads: impl IntoIterator<Item = &'a str>) -> Self {
        Self::with_line_end("\r\n", heads)
    }

    /// A table with a first row of names, whose lines end with a line feed alone.
    pub fn with_line_feeds<'a>(heads: impl IntoIterator<Item = &'a str>) -> Self {
        Self::with_line_end("\n", heads)
    }

    fn with_line_end<'a>(line_end: &'static str, heads: impl IntoIterator<Item = &'a str>) -> Self {
        let mut csv = Self { text: String::new(), line_end };
        csv.row(heads.into_iter().map(Cell::Text));
        csv
    }

    /// Adds a row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.text.push(',');
            }
            match cell {
                Cell::Text(text) => self.text.push_str(&text_cell(text)),
                Cell::Number(value) => self.text.push_str(&format!("{value:?}")),
                Cell::Written(value) => self.text.push_str(value),
                Cell::Count(value) => self.text.push_str(&value.to_string()),
                Cell::Empty => {}
            }
        }
        self.text.push_str(self.line_end);
    }

    /// The whole table.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }
}

/// A text as a cell: in quotes where it holds a comma, a quote or a line end.
///
/// A text that begins like a formula gets an apostrophe before it: spreadsheets
/// compute what begins with `=`, `+`, `-` or `@`, also behind a tab or a line end,
/// and a title is anybody's.
#[must_use]
pub fn text_cell(text: &str) -> Cow<'_, str> {
    let first = text.trim_start_matches([' ', '\t', '\r', '\n']).chars().next();
    let is_formula =
        matches!(first, Some('=' | '+' | '-' | '@')) || text.starts_with(['\t', '\r', '\n']);
    let apostrophe = if is_formula { "'" } else { "" };
    if text.contains(['"', ',', '\r', '\n']) {
        Cow::Owned(format!("\"{apostrophe}{}\"", text.replace('"', "\"\"")))
    } else if is_formula {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        for (text, cell) in [
            ("plain", "plain"),
            ("a, b", "\"a, b\""),
            ("say \"x\"", "\"say \"\"x\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("", ""),
            ("=1+1", "'=1+1"),
            ("=\"a\",1", "\"'=\"\"a\"\",1\""),
            ("@cmd", "'@cmd"),
            ("-Remix-", "'-Remix-"),
            (" +1", "' +1"),
            ("\t=1", "'\t=1"),
            ("\r=1", "\"'\r=1\""),
            ("a=b", "a=b"),
        ] {
            assert_eq!(text_cell(text), cell);
        }
    }

    #[test]
    fn numbers_are_read_back_as_they_were() {
        let mut csv = Csv::new(["x", "y"]);
        let values = [0.1 + 0.2, -1.0 / 3.0, 1e-300, 5.0];
        for value in values {
            csv.row([Cell::Number(value), Cell::Empty]);
        }
        let text = csv.into_text();
        let rows: Vec<_> = text.split_terminator("\r\n").collect();
        assert_eq!(rows[0], "x,y");
        for (row, value) in rows[1..].iter().zip(values) {
            assert_eq!(row.strip_suffix(',').unwrap().parse(), Ok(value));
        }
        assert_eq!(rows[2], "-0.3333333333333333,", "a number is no formula");
    }
}
