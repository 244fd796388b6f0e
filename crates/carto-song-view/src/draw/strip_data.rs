//! What mirrored strips are drawn from.

use std::ops::Range;

use carto_charts::strip_height;
use carto_types::{SignalChannel, Strips};

use super::palette::Palette;

/// Rows of values of two maps on one grid of steps, the first map at index 0.
pub(crate) trait StripData {
    /// How many rows there are.
    fn n_rows(&self) -> usize;

    /// The step at a time, with its fraction, counted from the first: below 0 before it.
    fn step_at(&self, time_ms: f64) -> f64;

    /// The values of a row of a map, one for each step; empty for a row that there is none of.
    fn values(&self, map_idx: usize, row: usize) -> &[f32];

    /// Least and greatest value of a row on some steps; `None` where there is none.
    fn extent(&self, map_idx: usize, row: usize, steps: Range<u32>) -> Option<[f32; 2]>;

    /// How high a value of a row stands in its strip, in `[0, 1]`.
    fn height(&self, row: usize, value: f32) -> f64;

    /// The colour of a row.
    fn colour<'a>(&self, row: usize, palette: &'a Palette) -> &'a str;

    /// Whether a value holds until the next, and stands as a step: else values are joined by lines.
    fn is_stepped(&self) -> bool;
}

/// A row for each channel, a step for each frame.
impl StripData for Strips {
    fn n_rows(&self) -> usize {
        SignalChannel::COUNT
    }

    fn step_at(&self, time_ms: f64) -> f64 {
        self.frame_at(time_ms)
    }

    fn values(&self, map_idx: usize, row: usize) -> &[f32] {
        channel(row).map_or(&[], |channel| self.channel(map_idx, channel))
    }

    fn extent(&self, map_idx: usize, row: usize, steps: Range<u32>) -> Option<[f32; 2]> {
        Strips::extent(self, map_idx, channel(row)?, steps)
    }

    fn height(&self, row: usize, value: f32) -> f64 {
        channel(row).map_or(0.0, |channel| strip_height(channel, value))
    }

    fn colour<'a>(&self, row: usize, palette: &'a Palette) -> &'a str {
        palette.channels.get(row).map_or("", String::as_str)
    }

    fn is_stepped(&self) -> bool {
        false
    }
}

fn channel(row: usize) -> Option<SignalChannel> {
    SignalChannel::ALL.get(row).copied()
}
