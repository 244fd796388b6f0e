use carto_types::{RESULT_FORMAT, json_fault};

/// Why figures could not be read as a result, or written.
///
/// The words follow the name of the file, but for those of links, which are whole
/// sentences: a link has no name.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ResultError {
    /// Not JSON, or JSON without what the layout asks for.
    #[error("it is no result file: {message}")]
    Json {
        /// What is wrong with the text, and where.
        message: String,
    },
    /// A later version of the result file.
    #[error(
        "it was written by a newer version of this program: its layout is {format:?}, this one \
         reads {RESULT_FORMAT:?}"
    )]
    Newer {
        /// What the file calls its layout.
        format: String,
    },
    /// JSON of another kind.
    #[error("it is neither a result file nor one of the published layouts")]
    Unknown,
    /// A value that cannot be.
    #[error("{at} is {value}, which is not between {low} and {high}")]
    OutOfRange {
        /// Name of the value and its place.
        at: String,
        /// The value itself.
        value: f64,
        /// The least value that a run gives.
        low: f64,
        /// The greatest value that a run gives.
        high: f64,
    },
    /// A list of the wrong length.
    #[error("{at} has {n} entries instead of {expected}")]
    WrongLength {
        /// Name of the list.
        at: String,
        /// Entries of the list.
        n: usize,
        /// Entries that it should have.
        expected: usize,
    },
    /// A list or a text that no run makes.
    #[error("{at} has a length of {n}, the limit is {limit}")]
    TooMany {
        /// Name of the list or text.
        at: String,
        /// Its length: entries or bytes.
        n: usize,
        /// The greatest length: entries or bytes.
        limit: usize,
    },
    /// A name or a number in the wrong place.
    #[error("{at} is {found:?} instead of {expected:?}")]
    Unexpected {
        /// The place of the value.
        at: String,
        /// The value at that place.
        found: String,
        /// The value that should be there.
        expected: String,
    },
    /// A ranking that names a latent twice or not at all.
    #[error("{at} does not name every latent once")]
    Ranking {
        /// Name of the ranking.
        at: String,
    },
    /// A pair of maps that are not there, or of one map with itself.
    #[error("{at} compares maps {a} and {b} of {n_maps}")]
    Pair {
        /// Place of the pair.
        at: String,
        /// Place of its first map in the song's maps.
        a: u32,
        /// Place of its second map in the song's maps.
        b: u32,
        /// Maps of the song.
        n_maps: usize,
    },
    /// Two files of one kind.
    #[error("two files hold {part}: give one of them")]
    Twice {
        /// The part that both files hold.
        part: &'static str,
    },
    /// A whole result among parts.
    #[error("a result file stands alone: give either it or files of the published layouts")]
    Mixed,
    /// A figure that is told twice and differs.
    #[error("{at} is {a} in one place and {b} in another")]
    Contradiction {
        /// Name of the figure.
        at: &'static str,
        /// The figure in one place.
        a: f64,
        /// The figure in another place.
        b: f64,
    },
    /// No file, or none with figures.
    #[error("there is no figure in it")]
    Empty,
    /// A figure that cannot be drawn.
    #[error("{name} cannot be drawn: {message}")]
    Figure {
        /// Name of the figure's file.
        name: &'static str,
        /// Why it cannot be drawn.
        message: String,
    },
    /// Files that no zip can hold.
    #[error("they do not fit into one zip: {message}; save the files one by one")]
    Archive {
        /// What does not fit.
        message: String,
    },
    /// One of several files.
    #[error("{name}: {error}")]
    InFile {
        /// Name of the file.
        name: String,
        /// What is wrong with the file.
        error: Box<ResultError>,
    },
    /// The fragment of an address is none of ours.
    #[error("This link holds no results. Ask for it again, or open the result file instead.")]
    NoLink,
    /// A later version of links.
    #[error(
        "This link was made by a newer version of this page, so its results cannot be read here. \
         Reload the page, or open the result file instead."
    )]
    NewerLink,
    /// Fewer characters than were written, or other ones.
    #[error(
        "This link is cut off, so its results cannot be read. Ask for it again, or open the \
         result file instead."
    )]
    CutLink,
    /// Whole, but what it says cannot be.
    #[error(
        "This link holds figures that no run gives, so it is not shown. Ask for it again, or open \
         the result file instead."
    )]
    BadLink,
    /// More than a link can hold.
    #[error("A link cannot hold this result: {what}. Share the result file instead.")]
    NotForLinks {
        /// What a link has no room for.
        what: String,
    },
}

impl From<serde_json::Error> for ResultError {
    fn from(error: serde_json::Error) -> Self {
        Self::Json { message: json_fault(&error) }
    }
}
