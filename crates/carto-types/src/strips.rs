//! The nine channels of two maps on one grid of frames, with what drawing them at any zoom takes.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::{SignalChannel, f32_bytes, frames_ms};

/// Nine channels of both maps over the span that is compared, B moved by the lag.
///
/// Frame `i` stands at frame `first_frame + i` of the clock of A.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Strips {
    /// Where the span begins on the published grid.
    pub first_frame: u32,
    /// Frames of the span.
    pub n_frames: u32,
    /// A and B.
    pub maps: [MapStrips; 2],
}

/// Nine channels of one map.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MapStrips {
    /// `[9, n_frames]`, channel-major, dimensionless; NaN on a slider of no length.
    #[serde(with = "f32_bytes")]
    pub values: Vec<f32>,
    /// Least and greatest values of longer and longer bins, from fine to coarse.
    pub levels: Vec<StripLevel>,
}

/// Least and greatest values of bins of frames.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct StripLevel {
    /// Frames of a bin; the last one may have fewer.
    pub bin_frames: u32,
    /// Bins of a channel.
    pub n_bins: u32,
    /// `[9, n_bins]`, channel-major; NaN where all frames of a bin are.
    #[serde(with = "f32_bytes")]
    pub least: Vec<f32>,
    /// `[9, n_bins]`, likewise.
    #[serde(with = "f32_bytes")]
    pub greatest: Vec<f32>,
}

impl Strips {
    /// Start of a frame, ms on the clock of A.
    #[must_use]
    pub fn time_ms(&self, frame_idx: u32) -> f64 {
        frames_ms(self.first_frame.saturating_add(frame_idx))
    }

    /// The frame at a time, with its fraction, counted from the first of the span: below 0 before
    /// it, above `n_frames` behind it.
    #[must_use]
    pub fn frame_at(&self, time_ms: f64) -> f64 {
        time_ms / frames_ms(1) - f64::from(self.first_frame)
    }

    /// One channel of a map, `[n_frames]`; empty for a map that there is none of.
    ///
    /// - `map_idx`: 0 is A, 1 is B
    #[must_use]
    pub fn channel(&self, map_idx: usize, channel: SignalChannel) -> &[f32] {
        let map = self.maps.get(map_idx);
        map.map_or(&[], |map| row(&map.values, channel, self.n_frames))
    }

    /// Least and greatest value of a channel on some frames, from the coarsest bins that fit: as
    /// fast for a whole song as for a second of it, and nothing is allocated.
    ///
    /// `None` where no frame of the span is among them, and where all are NaN.
    ///
    /// - `map_idx`: 0 is A, 1 is B
    #[must_use]
    pub fn extent(
        &self,
        map_idx: usize,
        channel: SignalChannel,
        frames: Range<u32>,
    ) -> Option<[f32; 2]> {
        let map = self.maps.get(map_idx)?;
        let end = frames.end.min(self.n_frames);
        let mut extent = Extent::NONE;
        let mut at = frames.start;
        while at < end {
            // The coarsest bin that begins here and lies inside as a whole.
            let fits = |level: &&StripLevel| {
                level.bin_frames > 0
                    && at.is_multiple_of(level.bin_frames)
                    && level.bin_frames <= end - at
            };
            match map.levels.iter().rev().find(fits) {
                Some(level) => {
                    let bin = (at / level.bin_frames) as usize;
                    let of = |values| row(values, channel, level.n_bins).get(bin).copied();
                    extent.add(of(&level.least));
                    extent.add(of(&level.greatest));
                    at += level.bin_frames;
                }
                None => {
                    let values = row(&map.values, channel, self.n_frames);
                    extent.add(values.get(at as usize).copied());
                    at += 1;
                }
            }
        }
        extent.found()
    }
}

/// A row of a channel-major matrix; empty where the matrix is too small.
fn row(values: &[f32], channel: SignalChannel, width: u32) -> &[f32] {
    let width = width as usize;
    let start = channel as usize * width;
    values.get(start..start + width).unwrap_or(&[])
}

/// Least and greatest of what was added.
struct Extent([f32; 2]);

impl Extent {
    const NONE: Self = Self([f32::INFINITY, f32::NEG_INFINITY]);

    /// NaN changes nothing.
    fn add(&mut self, value: Option<f32>) {
        if let Some(value) = value {
            self.0 = [self.0[0].min(value), self.0[1].max(value)];
        }
    }

    fn found(self) -> Option<[f32; 2]> {
        (self.0[0] <= self.0[1]).then_some(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A map of some frames, whose every channel holds the frame's number, in bins of 2 and 4.
    fn strips(n_frames: u32) -> Strips {
        let values: Vec<f32> = (0..9 * n_frames).map(|idx| (idx % n_frames) as f32).collect();
        let level = |bin_frames: u32| {
            let n_bins = n_frames.div_ceil(bin_frames);
            let of = |value_of: fn(u32, u32) -> u32| -> Vec<f32> {
                (0..9 * n_bins).map(|idx| value_of(idx % n_bins, bin_frames) as f32).collect()
            };
            StripLevel {
                bin_frames,
                n_bins,
                least: of(|bin, frames| bin * frames),
                // One too many, to see that the bins are used.
                greatest: of(|bin, frames| (bin + 1) * frames),
            }
        };
        let map = MapStrips { values, levels: vec![level(2), level(4)] };
        Strips { first_frame: 100, n_frames, maps: [map.clone(), map] }
    }

    #[test]
    fn an_extent_is_made_of_the_coarsest_bins_that_fit() {
        let strips = strips(11);
        let extent = |frames| strips.extent(1, SignalChannel::Y, frames);
        assert_eq!(extent(0..8), Some([0.0, 8.0]), "two bins of four");
        assert_eq!(extent(1..4), Some([1.0, 4.0]), "a frame and a bin of two");
        assert_eq!(extent(9..10), Some([9.0, 9.0]), "a frame alone");
        assert_eq!(extent(8..99), Some([8.0, 10.0]), "a bin of two and the last frame");
        assert_eq!(extent(11..12), None);
        assert_eq!(strips.extent(2, SignalChannel::Y, 0..1), None, "there are two maps");
    }

    #[test]
    fn frames_stand_on_the_grid_of_a() {
        let strips = strips(11);
        assert_eq!(strips.time_ms(3), frames_ms(103));
        assert!((strips.frame_at(frames_ms(103)) - 3.0).abs() < 1e-9);
        assert!(strips.frame_at(0.0) < 0.0);
    }
}
