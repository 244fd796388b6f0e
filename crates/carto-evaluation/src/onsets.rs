use carto_beatmap::signal::{FrameClock, LOG_OFFSET_MS};

/// How a channel of onsets is turned back into times.
///
/// The defaults were chosen on 172 real maps with 96,702 onsets, whose
/// channels were blurred over 1 to 9 frames and given noise of up to 0.1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OnsetDecoderConfig {
    /// Frames farther than this from their onset do not vote, ms. An error of
    /// 0.05 moves a vote by 12 % of `d + 16 ms`, from here by 12 ms, and late
    /// frames that go astray would make onsets of their own.
    pub max_since_ms: f64,
    /// How far a vote reaches to both sides, ms: as far as the error of the
    /// latest frames that vote, and half as far as two onsets are apart.
    pub reach_ms: f64,
    /// Votes that make an onset, where a frame right at it has one. An onset
    /// 40 ms before the next one has three, stray ones have rarely one.
    pub least_votes: f64,
    /// Two onsets are at least this far apart, ms; the fastest streams that
    /// people play have about 35 ms. What is closer is found as one.
    pub min_distance_ms: f64,
    /// Resolution of the found times, ms: far below the tolerance of a match.
    pub cell_ms: f64,
}

impl Default for OnsetDecoderConfig {
    fn default() -> Self {
        Self {
            max_since_ms: 80.0,
            reach_ms: 14.0,
            least_votes: 1.1,
            min_distance_ms: 28.0,
            cell_ms: 1.0,
        }
    }
}

/// Onset times of a channel that was made from events and may have been
/// through an encoder since.
///
/// Every frame says how long ago its onset was, so it votes for a time, the
/// less the longer ago: an error in the channel is one of the logarithm of
/// `d + 16 ms`. Blurred frames at the edge of an onset vote for all sorts of
/// times, those after it for one, which is where the votes pile up.
///
/// # Shapes and units
///
/// - `channel`: `[n_frames]`, as [`carto_beatmap::signal::encode`] writes channels of
///   events; values that are not finite do not vote
/// - returns: ascending, ms since the start of frame 0, from a frame before it
///   to the last frame
#[must_use]
pub fn decode_onsets<T: Copy + Into<f64>>(
    channel: &[T],
    clock: FrameClock,
    config: &OnsetDecoderConfig,
) -> Vec<f64> {
    let mut votes = Votes::new(clock, channel.len(), config.cell_ms);
    for (frame_idx, &value) in channel.iter().enumerate() {
        let since_ms = since_ms(value.into());
        // Written so that NaN does not vote.
        if since_ms <= config.max_since_ms {
            let weight = LOG_OFFSET_MS / (since_ms + LOG_OFFSET_MS);
            votes.add(clock.time_ms(frame_idx) - since_ms, weight, config.reach_ms);
        }
    }
    votes.peaks(config.least_votes, config.min_distance_ms)
}

/// The time since the latest event that a value stands for, ms: the inverse of
/// `2 (log2(d + 16) - 4) / 7 - 1`. Values out of range are those at its ends.
fn since_ms(value: f64) -> f64 {
    let log2 = ((value + 1.0) / 2.0 * 7.0 + 4.0).clamp(4.0, 11.0);
    libm::exp2(log2) - LOG_OFFSET_MS
}

/// Votes for points in time, on a fine grid.
#[derive(Debug, Clone, PartialEq)]
struct Votes {
    /// Time of the first cell, ms.
    start_ms: f64,
    cell_ms: f64,
    cells: Vec<f64>,
}

impl Votes {
    /// Without votes, from a frame before the first to the last of `n_frames`.
    fn new(clock: FrameClock, n_frames: usize, cell_ms: f64) -> Self {
        let frame_ms = clock.time_ms(1);
        let n_cells = if n_frames == 0 { 0.0 } else { clock.time_ms(n_frames) / cell_ms };
        Self { start_ms: -frame_ms, cell_ms, cells: vec![0.0; n_cells as usize + 1] }
    }

    /// Adds a triangle of height `weight` that reaches `reach_ms` to both
    /// sides; what lies beyond the grid is lost.
    fn add(&mut self, time_ms: f64, weight: f64, reach_ms: f64) {
        let middle = (time_ms - self.start_ms) / self.cell_ms;
        let reach = reach_ms / self.cell_ms;
        // A cast takes what is below 0 or beyond all cells to the ends.
        let from = (middle - reach).ceil() as usize;
        let end = ((middle + reach).floor() + 1.0) as usize;
        let end = end.min(self.cells.len());
        for (idx, cell) in self.cells.iter_mut().enumerate().take(end).skip(from) {
            *cell += weight * (1.0 - (idx as f64 - middle).abs() / reach);
        }
    }

    /// Where at least `least` votes stand and nowhere near more do, ascending.
    ///
    /// The highest goes first and keeps all others `min_distance_ms` away; of
    /// equals the earliest.
    fn peaks(&self, least: f64, min_distance_ms: f64) -> Vec<f64> {
        let at = |idx: usize| self.cells.get(idx).copied().unwrap_or(0.0);
        let is_peak =
            |&idx: &usize| at(idx) >= least && at(idx) > at(idx - 1) && at(idx) >= at(idx + 1);
        // The first cell may be the flank of a peak before it.
        let mut candidates: Vec<usize> = (1..self.cells.len()).filter(is_peak).collect();
        candidates.sort_by(|&a, &b| at(b).total_cmp(&at(a)));
        let n_apart = (min_distance_ms / self.cell_ms).ceil() as usize;
        let mut is_taken = vec![false; self.cells.len()];
        let mut peaks = Vec::new();
        for idx in candidates {
            if is_taken[idx] {
                continue;
            }
            let end = (idx + n_apart).min(is_taken.len());
            is_taken[(idx + 1).saturating_sub(n_apart)..end].fill(true);
            peaks.push(idx);
        }
        peaks.sort_unstable();
        peaks.into_iter().map(|idx| self.start_ms + idx as f64 * self.cell_ms).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use carto_agreement::{ONSET_TOLERANCE_MS, onset_counts};
    use proptest::prelude::*;

    const CLOCK: FrameClock = FrameClock::OSU_DREAMER;

    /// Onsets from the distances between them, 40 ms and more.
    fn onsets_ms() -> impl Strategy<Value = Vec<f64>> {
        let distance_ms = prop_oneof![40.0..60.0_f64, 60.0..400.0_f64, 400.0..4000.0_f64];
        prop::collection::vec(distance_ms, 1..60).prop_map(|distances_ms| {
            let sums = distances_ms.into_iter().scan(0.0, |time_ms, distance_ms| {
                *time_ms += distance_ms;
                Some(*time_ms)
            });
            sums.collect()
        })
    }

    /// The channel by its definition, until 150 ms after the last onset.
    fn channel(onsets_ms: &[f64]) -> Vec<f32> {
        let end_ms = onsets_ms.last().copied().unwrap_or(0.0) + 150.0;
        let value = |frame_idx: usize| {
            let time_ms = CLOCK.time_ms(frame_idx);
            let latest = onsets_ms.iter().rev().find(|&&onset_ms| onset_ms <= time_ms);
            let since_ms = latest.map_or(2048.0, |onset_ms| time_ms - onset_ms);
            (2.0 * ((since_ms + 16.0).log2().clamp(4.0, 11.0) - 4.0) / 7.0 - 1.0) as f32
        };
        (0..CLOCK.frames_until_ms(end_ms) as usize).map(value).collect()
    }

    /// Averages over three frames, then adds noise of this standard deviation.
    fn spoilt(channel: &[f32], noise: f64, seed: u64) -> Vec<f64> {
        let mut rng = fastrand::Rng::with_seed(seed);
        let spoil = |idx: usize| {
            let around = &channel[idx.saturating_sub(1)..(idx + 2).min(channel.len())];
            let mean = around.iter().copied().map(f64::from).sum::<f64>() / around.len() as f64;
            // Twelve of variance 1/12: near enough to a normal distribution.
            let normal = (0..12).map(|_| rng.f64()).sum::<f64>() - 6.0;
            mean + noise * normal
        };
        (0..channel.len()).map(spoil).collect()
    }

    fn decode<T: Copy + Into<f64>>(channel: &[T]) -> Vec<f64> {
        decode_onsets(channel, CLOCK, &OnsetDecoderConfig::default())
    }

    #[test]
    fn a_value_stands_for_its_time() {
        for (value, expected_ms) in [(-1.0, 0.0), (1.0, 2032.0), (-7.0, 0.0), (3.0, 2032.0)] {
            assert!((since_ms(value) - expected_ms).abs() < 1e-9, "{value}");
        }
        assert!((since_ms(-5.0 / 7.0) - 16.0).abs() < 1e-9);
    }

    #[test]
    fn what_holds_no_onset_gives_none() {
        assert_eq!(decode::<f32>(&[]), Vec::<f64>::new());
        assert_eq!(decode(&[1.0_f32; 500]), Vec::<f64>::new());
        assert_eq!(decode(&[f32::NAN; 500]), Vec::<f64>::new());
    }

    #[test]
    fn an_onset_before_the_channel_is_not_found() {
        let channel = channel(&[500.0, 700.0]);
        let from = CLOCK.frame_at_or_after(520.0, channel.len());
        let found_ms = decode(&channel[from..]);
        let expected_ms = 700.0 - CLOCK.time_ms(from);
        assert!(found_ms.len() == 1 && (found_ms[0] - expected_ms).abs() < 1.0, "{found_ms:?}");
    }

    proptest! {
        #[test]
        fn an_exact_channel_gives_its_onsets_back(onsets_ms in onsets_ms()) {
            let found_ms = decode(&channel(&onsets_ms));
            prop_assert_eq!(found_ms.len(), onsets_ms.len());
            for (found_ms, onset_ms) in found_ms.iter().zip(&onsets_ms) {
                prop_assert!((found_ms - onset_ms).abs() <= 1.0, "{} {}", found_ms, onset_ms);
            }
        }

        #[test]
        fn a_blurred_and_noisy_channel_gives_nearly_all(onsets_ms in onsets_ms(), seed: u64) {
            let found_ms = decode(&spoilt(&channel(&onsets_ms), 0.05, seed));
            let counts = onset_counts(&found_ms, &onsets_ms, ONSET_TOLERANCE_MS);
            // One of a handful is more than three per cent.
            let n_wrong = counts.n_found + counts.n_expected - 2 * counts.n_matched;
            prop_assert!(n_wrong <= 1 || counts.f_measure() > 0.97, "{:?}", counts);
        }
    }

    fn votes(votes: &[(f64, f64)]) -> Votes {
        let mut grid = Votes::new(FrameClock::OSU_DREAMER, 100, 1.0);
        votes.iter().for_each(|&(time_ms, weight)| grid.add(time_ms, weight, 10.0));
        grid
    }

    fn peaks(grid: &Votes, least: f64, min_distance_ms: f64) -> Vec<i32> {
        let peaks = grid.peaks(least, min_distance_ms);
        peaks.into_iter().map(|time_ms| time_ms.round() as i32).collect()
    }

    #[test]
    fn votes_pile_up_where_most_meet() {
        let grid = votes(&[(100.0, 1.0), (103.0, 1.0), (105.0, 1.0), (300.0, 0.9)]);
        assert_eq!(peaks(&grid, 1.0, 20.0), [103]);
        assert_eq!(peaks(&grid, 0.5, 20.0), [103, 300]);
    }

    #[test]
    fn the_highest_peak_keeps_others_away() {
        let grid = votes(&[(100.0, 1.0), (124.0, 2.0), (150.0, 1.5)]);
        assert_eq!(peaks(&grid, 0.5, 20.0), [100, 124, 150]);
        assert_eq!(peaks(&grid, 0.5, 26.0), [124, 150]);
        assert_eq!(peaks(&grid, 0.5, 30.0), [124]);
    }

    #[test]
    fn what_lies_beyond_the_grid_is_lost() {
        let times_ms = [-1e9, -17.0, 603.0, f64::MAX, f64::NAN];
        assert_eq!(peaks(&votes(&times_ms.map(|time_ms| (time_ms, 1.0))), 0.1, 20.0), [0; 0]);
    }
}
