//! Bounds on what one file may ask for.

use rosu_map::section::Section;

/// What a single beatmap may cost.
///
/// Real maps stay far below every number; a file above one is refused with
/// the number in the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one `.osu`. The largest ranked ones, with storyboards, reach
    /// about 10 MB.
    pub max_bytes: usize,
    /// Lines of one list section. The longest map of the study's kind, an hour
    /// of music, has 8,713 objects.
    pub max_lines: usize,
    /// Control points of one slider, head included. The evaluation of one
    /// frame costs at least as many steps, and shortening costs their square.
    /// Real maps reach 5,475.
    pub max_control_points: usize,
    /// Control points of all sliders together: each costs memory.
    pub max_total_control_points: usize,
    /// Sum over all sliders of the square of their control points: the steps
    /// that shortening them may take, within a second.
    pub max_slider_work: usize,
    /// Length of a signal. 2^20 frames are 104 minutes.
    pub max_frames: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 32 << 20,
            max_lines: 200_000,
            max_control_points: 8_000,
            max_total_control_points: 1_000_000,
            max_slider_work: 500_000_000,
            max_frames: 1 << 20,
        }
    }
}

/// A file has more of something than every reader of `.osu` files takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// More bytes than a beatmap has.
    #[error("{n_bytes} bytes, limit is {limit}")]
    TooManyBytes {
        /// Size of the file.
        n_bytes: usize,
        /// [`Limits::max_bytes`].
        limit: usize,
    },
    /// More lines than a list section has.
    #[error("[{section:?}] has more than {limit} lines")]
    TooManyLines {
        /// The section.
        section: Section,
        /// [`Limits::max_lines`].
        limit: usize,
    },
}

impl Limits {
    /// # Errors
    ///
    /// [`LimitError::TooManyBytes`] for a file above [`Limits::max_bytes`].
    pub fn check_bytes(&self, n_bytes: usize) -> Result<(), LimitError> {
        let limit = self.max_bytes;
        if n_bytes > limit { Err(LimitError::TooManyBytes { n_bytes, limit }) } else { Ok(()) }
    }

    /// # Errors
    ///
    /// [`LimitError::TooManyLines`] above [`Limits::max_lines`].
    pub fn check_lines(&self, section: Section, n_lines: usize) -> Result<(), LimitError> {
        let limit = self.max_lines;
        if n_lines > limit { Err(LimitError::TooManyLines { section, limit }) } else { Ok(()) }
    }
}
