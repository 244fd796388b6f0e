/// Why a text is not a table of labelled maps.
///
/// Lines are those of the text, from 1; a row whose cells hold line ends counts
/// from its first one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DatasetError {
    /// Not even a head.
    #[error("it is empty; its first line should name the columns")]
    Empty,
    /// A column that nothing can be done without.
    #[error("it has no column {name:?}")]
    MissingColumn {
        /// The column.
        name: &'static str,
    },
    /// Two columns of one name.
    #[error("it has the column {name:?} twice")]
    ColumnTwice {
        /// The column.
        name: String,
    },
    /// A row with more or fewer cells than the head.
    #[error("line {line}: {n_cells} cells, but the head has {n_columns}")]
    UnequalCells {
        /// Where the row begins.
        line: u64,
        /// Cells of the row.
        n_cells: u64,
        /// Cells of the head.
        n_columns: u64,
    },
    /// Bytes that are no text.
    #[error("line {line}: it is not UTF-8")]
    NotUtf8 {
        /// Where the row begins.
        line: u64,
    },
    /// A cell that should be a finite number or empty.
    #[error("line {line}, {column}: {text:?} is not a number")]
    NotANumber {
        /// Where the row begins.
        line: u64,
        /// The column.
        column: &'static str,
        /// What stands there.
        text: String,
    },
    /// A cell with a text that means nothing in its column.
    #[error("line {line}, {column}: {text:?} cannot be read")]
    BadCell {
        /// Where the row begins.
        line: u64,
        /// The column.
        column: &'static str,
        /// What stands there.
        text: String,
    },
    /// A row that is of no label.
    #[error("line {line}: the row has no label")]
    NoLabel {
        /// Where the row begins.
        line: u64,
    },
    /// More rows than a table has.
    #[error("it has more than {limit} rows")]
    TooManyRows {
        /// [`crate::Limits::max_rows`].
        limit: usize,
    },
}
