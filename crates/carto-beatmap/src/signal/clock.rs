use std::ops::Range;

use carto_types::{HOP_SAMPLES, SAMPLE_RATE_HZ};

/// Maps frame indices to time.
///
/// Kept as an exact ratio: one frame is 98/16384 s = 5.981 ms, and rounding it
/// to 6 ms drifts by more than half a second in three minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameClock {
    hop_samples: u32,
    sample_rate_hz: u32,
}

impl FrameClock {
    /// The grid of the published encoding.
    pub const OSU_DREAMER: Self = Self { hop_samples: HOP_SAMPLES, sample_rate_hz: SAMPLE_RATE_HZ };

    /// Start of a frame, ms. Exact for the published grid below 2^33 frames.
    #[must_use]
    #[inline]
    pub fn time_ms(self, frame_idx: usize) -> f64 {
        frame_idx as f64 * f64::from(self.hop_samples) / f64::from(self.sample_rate_hz) * 1000.0
    }

    /// The first frame at or after `time_ms`, at most `n_frames`.
    #[must_use]
    pub fn frame_at_or_after(self, time_ms: f64, n_frames: usize) -> usize {
        let guess =
            time_ms * f64::from(self.sample_rate_hz) / (f64::from(self.hop_samples) * 1000.0);
        if guess.is_nan() || guess >= n_frames as f64 + 1.0 {
            return n_frames;
        }
        // The product is rounded: step to the exact border.
        let mut frame_idx = guess.max(0.0) as usize;
        while frame_idx > 0 && self.time_ms(frame_idx - 1) >= time_ms {
            frame_idx -= 1;
        }
        while frame_idx < n_frames && self.time_ms(frame_idx) < time_ms {
            frame_idx += 1;
        }
        frame_idx.min(n_frames)
    }

    /// The frames from `first_ms` to `last_ms`, both included, below `n_frames`.
    #[must_use]
    pub fn frames_between(self, first_ms: f64, last_ms: f64, n_frames: usize) -> Range<usize> {
        let first = self.frame_at_or_after(first_ms, n_frames);
        let mut end = self.frame_at_or_after(last_ms, n_frames);
        if end < n_frames && self.time_ms(end) <= last_ms {
            end += 1;
        }
        first..end.max(first)
    }

    /// Frames of an audio of `n_samples` at the clock's sample rate.
    #[must_use]
    pub fn frames_of_samples(self, n_samples: u64) -> u64 {
        n_samples / u64::from(self.hop_samples) + 1
    }

    /// Frames that reach to `time_ms`.
    #[must_use]
    pub fn frames_until_ms(self, time_ms: f64) -> u64 {
        let n_samples = time_ms.max(0.0) / 1000.0 * f64::from(self.sample_rate_hz);
        self.frames_of_samples(n_samples as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_frame_at_or_after_a_time_is_exact() {
        let clock = FrameClock::OSU_DREAMER;
        for time_ms in [-5.0, 0.0, 0.1, 5.981_445_312_5, 5.981_445_312_6, 1000.0, 61_250.0] {
            let frame_idx = clock.frame_at_or_after(time_ms, 100_000);
            assert!(clock.time_ms(frame_idx) >= time_ms);
            assert!(frame_idx == 0 || clock.time_ms(frame_idx - 1) < time_ms);
        }
        assert_eq!(clock.frames_between(-5.0, clock.time_ms(3), 100), 0..4);
        assert_eq!(clock.frames_between(0.1, clock.time_ms(3) - 0.1, 100), 1..3);
        assert_eq!(clock.frames_between(9.0, 8.0, 100), 2..2);
        assert_eq!(clock.frame_at_or_after(f64::NAN, 7), 7);
        assert_eq!(clock.frame_at_or_after(1e300, 7), 7);
    }
}
