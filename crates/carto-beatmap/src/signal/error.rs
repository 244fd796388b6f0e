use carto_types::Cause;

use crate::text::game_time;

/// Why a beatmap has no signal on a frame grid.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SignalError {
    /// A limit of ours, on memory.
    #[error("{n_frames} frames, limit is {limit}")]
    TooManyFrames {
        /// What was asked for.
        n_frames: usize,
        /// [`crate::limits::Limits::max_frames`].
        limit: usize,
    },
    /// Quirk 46: the published code cannot stack an empty list of positions.
    #[error(
        "the Bezier slider at {} lies on no frame: it is too short, or past the end of the audio",
        game_time(*start_ms)
    )]
    BezierWithoutFrame {
        /// Start of the slider.
        start_ms: f64,
    },
    /// Quirk 43: such an arc never gets an end.
    #[error("the arc slider at {} has no positive length", game_time(*start_ms))]
    ArcWithoutLength {
        /// Start of the slider.
        start_ms: f64,
    },
    /// NaN or infinite slider durations have no end.
    #[error("the object at {} has no finite end", game_time(*start_ms))]
    EndNotFinite {
        /// Start of the object.
        start_ms: f64,
    },
}

impl SignalError {
    /// The cause by name.
    #[must_use]
    pub fn cause(&self) -> Cause {
        match self {
            Self::TooManyFrames { .. } => Cause::OverALimit,
            Self::BezierWithoutFrame { .. } => Cause::BezierWithoutFrame,
            Self::ArcWithoutLength { .. } => Cause::ArcWithoutLength,
            Self::EndNotFinite { .. } => Cause::EndNotFinite,
        }
    }

    /// Where the published code raises for this, `file:line` below
    /// `osu_dreamer/osu` at commit `7ec522b`; `None` for limits of ours.
    #[must_use]
    pub fn source_at(&self) -> Option<&'static str> {
        match self {
            Self::TooManyFrames { .. } => None,
            Self::BezierWithoutFrame { .. } => Some("sliders.py:235"),
            Self::ArcWithoutLength { .. } => Some("sliders.py:143"),
            Self::EndNotFinite { .. } => Some("hit_objects.py:127"),
        }
    }
}
