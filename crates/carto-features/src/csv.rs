//! Cells and lines of tables, as in RFC 4180.

use std::borrow::Cow;

/// Quotes a cell where it holds a comma, a quote or a line end.
#[must_use]
pub fn quoted(cell: &str) -> Cow<'_, str> {
    if cell.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}

/// One line of cells, ended by a line feed.
pub(crate) fn line<S: AsRef<str>>(cells: &[S]) -> String {
    let cells: Vec<Cow<'_, str>> = cells.iter().map(|cell| quoted(cell.as_ref())).collect();
    cells.join(",") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let cells = ["a b", "a,b", "say \"b\"", "", "two\nlines"];
        assert_eq!(line(&cells), "a b,\"a,b\",\"say \"\"b\"\"\",,\"two\nlines\"\n");
    }
}
