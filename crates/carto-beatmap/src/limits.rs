//! Bounds on what one file may ask for.

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
