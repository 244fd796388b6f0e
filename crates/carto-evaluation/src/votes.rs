//! Votes for points in time, and where they pile up.

use carto_beatmap::signal::FrameClock;

/// Votes on a fine grid of time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Votes {
    /// Time of the first cell, ms.
    start_ms: f64,
    cell_ms: f64,
    cells: Vec<f64>,
}

impl Votes {
    /// Without votes, from a frame before the first to the last of `n_frames`.
    pub(super) fn new(clock: FrameClock, n_frames: usize, cell_ms: f64) -> Self {
        let frame_ms = clock.time_ms(1);
        let n_cells = if n_frames == 0 { 0.0 } else { clock.time_ms(n_frames) / cell_ms };
        Self { start_ms: -frame_ms, cell_ms, cells: vec![0.0; n_cells as usize + 1] }
    }

    /// Adds a triangle of height `weight` that reaches `reach_ms` to both
    /// sides; what lies beyond the grid is lost.
    pub(super) fn add(&mut self, time_ms: f64, weight: f64, reach_ms: f64) {
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
    pub(super) fn peaks(&self, least: f64, min_distance_ms: f64) -> Vec<f64> {
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
