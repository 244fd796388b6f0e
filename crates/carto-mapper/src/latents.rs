//! The mean of each latent while a map is active.

use carto_beatmap::limits::Limits;
use carto_beatmap::signal::FrameClock;
use carto_evidence::EvidenceMap;

use crate::levels::{MIN_FRAMES, REST_AFTER_MS, active_spans_ms};

/// The signal of one map for an encoder to read, and when the map is active.
#[derive(Debug, Clone, PartialEq)]
pub struct LatentSignal {
    /// `[9, n_frames]`.
    values: Vec<f32>,
    /// Ascending, and apart from each other, ms.
    active_ms: Vec<[f64; 2]>,
}

impl LatentSignal {
    /// Samples a map from the start of its audio to 2,048 ms beyond its end: as long as an event is
    /// remembered.
    #[must_use]
    pub fn new(map: &EvidenceMap) -> Self {
        let clock = FrameClock::OSU_DREAMER;
        let end_ms = map.end_ms() + REST_AFTER_MS;
        let frames = clock.frames_between(0.0, end_ms, Limits::default().max_frames);
        let times_ms: Vec<f64> = frames.map(|idx| clock.time_ms(idx)).collect();
        let values = map.signal().sample(&times_ms).into_iter().map(|value| value as f32);
        Self { values: values.collect(), active_ms: active_spans_ms(map) }
    }

    /// The nine channels, `[9, n_frames]`, channel by channel; not finite on a slider of no length.
    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The mean of each latent over the columns at whose middle the map is active, by the rule of
    /// the mean level of a channel: an object lasts, or the latest ended at most 2,048 ms before, and
    /// the map is not over.
    ///
    /// - `mu`: `[n_latents, n_columns]`, what the encoder made of [`Self::values`]
    /// - `frames_per_latent`: frames of a column, 1 or more
    /// - returns: `[n_latents]`; `None` where fewer than 1,000 frames lie in such columns, and where
    ///   the mean is no number
    #[must_use]
    pub fn means(&self, mu: &[f32], n_latents: u32, frames_per_latent: u32) -> Vec<Option<f64>> {
        let n_columns = mu.len().checked_div(n_latents as usize).unwrap_or_default();
        let active = self.active_columns(n_columns, frames_per_latent);
        if active.len() * (frames_per_latent as usize) < MIN_FRAMES {
            return vec![None; n_latents as usize];
        }
        let mean = |latent: &[f32]| {
            let values = active.iter().filter_map(|&column| latent.get(column));
            let mean = values.map(|&z| f64::from(z)).sum::<f64>() / active.len() as f64;
            mean.is_finite().then_some(mean)
        };
        mu.chunks_exact(n_columns).map(mean).collect()
    }

    /// The columns at whose middle the map is active, ascending.
    fn active_columns(&self, n_columns: usize, frames_per_latent: u32) -> Vec<usize> {
        let column_ms = FrameClock::OSU_DREAMER.time_ms(frames_per_latent as usize);
        let mut spans = self.active_ms.iter().peekable();
        let is_active = |column: &usize| {
            let middle_ms = (*column as f64 + 0.5) * column_ms;
            while spans.next_if(|[_, to_ms]| *to_ms < middle_ms).is_some() {}
            spans.peek().is_some_and(|[from_ms, _]| *from_ms <= middle_ms)
        };
        (0..n_columns).filter(is_active).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::levels::tests::{circles, map};

    #[test]
    fn means_are_over_the_columns_at_which_the_map_is_active() {
        // Active from 1 s to 12.548 s, and from 30 s to 39.5 s.
        let signal = LatentSignal::new(&map(&(circles(1000, 20, 0) + &circles(30_000, 20, 0))));
        let n_frames = signal.values().len() / 9;
        let column_ms = FrameClock::OSU_DREAMER.time_ms(18);
        assert_eq!(n_frames, (41_548.0 / FrameClock::OSU_DREAMER.time_ms(1)) as usize + 1);
        let n_columns = n_frames.div_ceil(18);
        let is_in = |column: usize| {
            let middle_ms = (column as f64 + 0.5) * column_ms;
            (1000.0..=12_548.0).contains(&middle_ms) || (30_000.0..=39_500.0).contains(&middle_ms)
        };
        let first = |column| if is_in(column) { column as f32 } else { f32::NAN };
        let mu: Vec<f32> =
            (0..n_columns).map(first).chain((0..n_columns).map(|it| it as f32 / 8.0)).collect();
        let active: Vec<usize> = (0..n_columns).filter(|&it| is_in(it)).collect();
        let mean = active.iter().sum::<usize>() as f64 / active.len() as f64;
        let found = signal.means(&mu, 2, 18);
        assert!((found[0].unwrap() - mean).abs() < 1e-9, "{found:?} {mean}");
        assert!((found[1].unwrap() - mean / 8.0).abs() < 1e-9);
        let odd = vec![f32::NAN; n_columns];
        assert_eq!(signal.means(&odd, 1, 18), [None]);
    }

    #[test]
    fn a_map_of_few_seconds_has_no_means() {
        let signal = LatentSignal::new(&map(&circles(0, 12, 0)));
        let mu = vec![1.0; 3 * (signal.values().len() / 9).div_ceil(18)];
        assert_eq!(signal.means(&mu, 3, 18), [None; 3]);
        assert_eq!(signal.means(&[], 0, 18), []);
    }
}
