use carto_types::Cause;

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
        "the Bezier slider at {start_ms} ms lies on no frame: it is too short, or past the end of the audio"
    )]
    BezierWithoutFrame {
        /// Start of the slider.
        start_ms: f64,
    },
    /// Quirk 43: such an arc never gets an end.
    #[error("the arc slider at {start_ms} ms has no positive length")]
    ArcWithoutLength {
        /// Start of the slider.
        start_ms: f64,
    },
    /// NaN or infinite slider durations have no end.
    #[error("the object at {start_ms} ms has no finite end")]
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
