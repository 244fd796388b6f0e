use carto_types::RESULT_FORMAT;

/// Why figures could not be read as a result, or written.
///
/// The words follow the name of the file, but for those of links, which are whole
/// sentences: a link has no name.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ResultError {
    /// Not JSON, or JSON without what the layout asks for.
    #[error("it is no result: {message}")]
    Json {
        /// What is wrong and where.
        message: String,
    },
    /// A later version of the result file.
    #[error(
        "it was written by a newer version of this program: its layout is {format:?}, this one \
         reads {RESULT_FORMAT:?}"
    )]
    Newer {
        /// What it calls its layout.
        format: String,
    },
    /// JSON of another kind.
    #[error("it is neither a result file nor one of the published layouts")]
    Unknown,
    /// A value that cannot be.
    #[error("{at} is {value}, which is not between {low} and {high}")]
    OutOfRange {
        /// Which one.
        at: String,
        /// What stands there.
        value: f64,
        /// The least that can be.
        low: f64,
        /// The most that can be.
        high: f64,
    },
    /// A list of the wrong length.
    #[error("{at} has {n} entries instead of {expected}")]
    WrongLength {
        /// Which one.
        at: String,
        /// How long it is.
        n: usize,
        /// How long it should be.
        expected: usize,
    },
    /// A list or a text that no run makes.
    #[error("{at} has a length of {n}, the limit is {limit}")]
    TooMany {
        /// Which one.
        at: String,
        /// How long it is.
        n: usize,
        /// How long it may be.
        limit: usize,
    },
    /// A name or a number in the wrong place.
    #[error("{at} is {found:?} instead of {expected:?}")]
    Unexpected {
        /// Where.
        at: String,
        /// What stands there.
        found: String,
        /// What should.
        expected: String,
    },
    /// A ranking that names a latent twice or not at all.
    #[error("{at} does not name every latent once")]
    Ranking {
        /// Which one.
        at: String,
    },
    /// A pair of maps that are not there, or of one map with itself.
    #[error("{at} compares maps {a} and {b} of {n_maps}")]
    Pair {
        /// Which one.
        at: String,
        /// The first.
        a: u32,
        /// The second.
        b: u32,
        /// Maps of the song.
        n_maps: usize,
    },
    /// Two files of one kind.
    #[error("two files hold {part}: give one of them")]
    Twice {
        /// What both hold.
        part: &'static str,
    },
    /// A whole result among parts.
    #[error("a result file stands alone: give either it or files of the published layouts")]
    Mixed,
    /// A figure that is told twice and differs.
    #[error("{at} is {a} in one place and {b} in another")]
    Contradiction {
        /// Which figure.
        at: &'static str,
        /// In the one place.
        a: f64,
        /// In the other.
        b: f64,
    },
    /// No file, or none with figures.
    #[error("there is no figure in it")]
    Empty,
    /// A figure that cannot be drawn.
    #[error("{name} cannot be drawn: {message}")]
    Figure {
        /// Name of its file.
        name: &'static str,
        /// Why.
        message: String,
    },
    /// One of several files.
    #[error("{name}: {error}")]
    InFile {
        /// Its name.
        name: String,
        /// What is wrong with it.
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
        /// What is in the way.
        what: String,
    },
}

impl From<serde_json::Error> for ResultError {
    fn from(error: serde_json::Error) -> Self {
        Self::Json { message: error.to_string() }
    }
}
