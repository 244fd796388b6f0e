//! The times at which channels are written.

use std::ops::Range;

use super::clock::FrameClock;

/// Ascending times, ms, known by index.
pub(super) trait Times: Copy {
    /// How many there are.
    fn n_times(self) -> usize;
    /// The times of some indices below [`Times::n_times`].
    fn times_ms(self, idxs: Range<usize>) -> impl Iterator<Item = f64>;
    /// The first index at or after `time_ms`; [`Times::n_times`] where none is, and for NaN.
    fn at_or_after(self, time_ms: f64) -> usize;
}

/// The first frames of a clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frames {
    pub(super) clock: FrameClock,
    pub(super) n_frames: usize,
}

impl Times for Frames {
    fn n_times(self) -> usize {
        self.n_frames
    }

    fn times_ms(self, idxs: Range<usize>) -> impl Iterator<Item = f64> {
        idxs.map(move |idx| self.clock.time_ms(idx))
    }

    fn at_or_after(self, time_ms: f64) -> usize {
        self.clock.frame_at_or_after(time_ms, self.n_frames)
    }
}

/// Steps from a guessed index after which the whole list is searched.
const MAX_STEPS: usize = 4;

impl Times for &[f64] {
    fn n_times(self) -> usize {
        self.len()
    }

    fn times_ms(self, idxs: Range<usize>) -> impl Iterator<Item = f64> {
        self[idxs].iter().copied()
    }

    /// Times are mostly frames at one distance, so a guess along the line is tried first.
    fn at_or_after(self, time_ms: f64) -> usize {
        let (Some(&first_ms), Some(&last_ms)) = (self.first(), self.last()) else { return 0 };
        if time_ms <= first_ms {
            return 0;
        }
        if time_ms > last_ms || time_ms.is_nan() {
            return self.len();
        }
        // Above the first and at most the last, so that neither division nor index fails.
        let share = (time_ms - first_ms) / (last_ms - first_ms);
        let mut idx = (share * (self.len() - 1) as f64) as usize;
        for _ in 0..MAX_STEPS {
            if self[idx] < time_ms {
                idx += 1;
            } else if self[idx - 1] >= time_ms {
                idx -= 1;
            } else {
                return idx;
            }
        }
        self.partition_point(|&other_ms| other_ms < time_ms)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_guess_finds_what_a_search_finds(
            mut times in prop::collection::vec(-50..200_i32, 0..80),
            asked in -60..220_i32,
        ) {
            times.sort_unstable();
            let times: Vec<_> = times.into_iter().map(f64::from).collect();
            let asked_ms = f64::from(asked) / 2.0;
            let expected = times.partition_point(|&time_ms| time_ms < asked_ms);
            prop_assert_eq!(times.at_or_after(asked_ms), expected);
            prop_assert_eq!(times.at_or_after(f64::NAN), times.len());
        }
    }
}
