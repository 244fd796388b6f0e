use crate::limits::LimitError;
use crate::text::game_time;
use carto_types::Cause;

/// Why osu! would make no beatmap of a file.
///
/// A bad line is none of these: osu! skips it, and so it is counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OsuError {
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// Neither a format line nor a section of a `.osu`.
    #[error("not a .osu file: it starts with {first_line:?} and has no section")]
    NotABeatmap {
        /// The first line that is not blank, shortened.
        first_line: String,
    },
    /// No line of `[HitObjects]` that osu! can read.
    #[error("there is no hit object that osu! can read ({n_lines} lines in [HitObjects])")]
    NoObjects {
        /// Lines of `[HitObjects]`, comments and blank lines aside.
        n_lines: usize,
    },
    /// A limit of ours.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// A limit of ours.
    #[error("line {line}: a slider brings the control points to {n_points}, limit is {limit}")]
    TooManyControlPoints {
        /// Line of the slider.
        line: usize,
        /// Control points of this slider, or of all so far.
        n_points: usize,
        /// The limit that is exceeded.
        limit: usize,
    },
    /// A limit of ours: each point out of order moves all that follow it.
    #[error("line {line}: too many timing points are out of order")]
    UnsortedTimingPoints {
        /// Line of the timing point.
        line: usize,
    },
    /// A limit of ours on the work of drawing slider paths.
    #[error("the slider at {} has a path that takes too long to draw", game_time(*start_ms as f64))]
    PathTooCostly {
        /// Start of the slider that exceeds it, ms, rounded down.
        start_ms: i64,
    },
    /// A limit of ours on the memory of slider paths.
    #[error(
        "the sliders up to {} have {n_vertices} vertices, limit is {limit}",
        game_time(*start_ms as f64)
    )]
    TooManyVertices {
        /// Start of the slider that exceeds it, ms, rounded down.
        start_ms: i64,
        /// Vertices of all paths so far.
        n_vertices: usize,
        /// The limit.
        limit: usize,
    },
}

impl OsuError {
    /// The cause by name, that of [`crate::published::Refusal::cause`] where it is the same.
    #[must_use]
    pub fn cause(&self) -> Cause {
        match self {
            Self::Empty => Cause::EmptyFile,
            Self::NotABeatmap { .. } => Cause::NotABeatmap,
            Self::NoObjects { .. } => Cause::NoObjects,
            Self::Limit(_)
            | Self::TooManyControlPoints { .. }
            | Self::UnsortedTimingPoints { .. }
            | Self::PathTooCostly { .. }
            | Self::TooManyVertices { .. } => Cause::OverALimit,
        }
    }
}
