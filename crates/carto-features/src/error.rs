use carto_beatmap::limits::LimitError;

use super::fault::Fault;

/// Why a `.osu` has no features.
///
/// Lines are those of the file, from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FeatureError {
    /// No bytes at all: what the site sends for a map that was deleted.
    #[error("the file is empty")]
    Empty,
    /// A limit of ours: the published program has none.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// Neither a format line nor a section that is known.
    #[error("not a .osu file: it starts with {first_line:?}")]
    NotABeatmap {
        /// The first line that is not blank, shortened.
        first_line: String,
    },
    /// The features are defined for osu!standard.
    #[error("it is a map of game mode {mode}, not of osu!standard")]
    OtherMode {
        /// 1 taiko, 2 catch, 3 mania.
        mode: i64,
    },
    /// A field that the published program reads as a number.
    #[error("line {line}: {text:?} is not a number")]
    NotANumber {
        /// Line of the object or timing point.
        line: usize,
        /// What stands there.
        text: String,
    },
    /// A figure beyond what a float holds.
    #[error("{column} is not finite")]
    NotFinite {
        /// Name of the column.
        column: &'static str,
    },
    /// A panic of this program.
    #[error(transparent)]
    Fault(#[from] Fault),
}
