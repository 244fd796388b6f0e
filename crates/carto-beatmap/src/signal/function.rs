use carto_types::SignalChannel;

use super::cursor::{self, Ends};
use super::encode::{check_ends, event_times, write_channels};
use super::error::SignalError;
use super::hits::write_events;
use crate::beatmap::Beatmap;

/// The nine channels of a map as functions of time: what [`encode`](super::encode) has
/// on frames, at any other times.
///
/// A map whose times lie `lag` ms early is brought to another one's by asking for
/// `time - lag`. Moving its frames would not do: half a frame alone takes r of ONSET
/// of a map with itself from 1 to 0.95.
#[derive(Debug, Clone)]
pub struct SignalFunction {
    beatmap: Beatmap,
    ends: Vec<Ends>,
}

impl SignalFunction {
    /// # Errors
    ///
    /// [`SignalError::EndNotFinite`], [`SignalError::ArcWithoutLength`].
    pub fn new(beatmap: Beatmap) -> Result<Self, SignalError> {
        check_ends(&beatmap.hit_objects)?;
        let ends = cursor::ends(&beatmap.hit_objects)?;
        Ok(Self { beatmap, ends })
    }

    /// The map itself.
    #[must_use]
    pub fn beatmap(&self) -> &Beatmap {
        &self.beatmap
    }

    /// All channels at some times.
    ///
    /// # Shapes and units
    ///
    /// - `times_ms`: `[n]`, finite, ms, in any order; ascending ones are faster
    /// - returns: `[9, n]`, channel-major, dimensionless. X and Y are -1 before time 0,
    ///   where the published grid has no frame, and NaN on a slider of no length.
    #[must_use]
    pub fn sample(&self, times_ms: &[f64]) -> Vec<f64> {
        let n_times = times_ms.len();
        let mut values = vec![0.0; SignalChannel::COUNT * n_times];
        if times_ms.is_sorted() {
            write_channels(&self.beatmap, &self.ends, times_ms, &mut values);
            return values;
        }
        let mut order: Vec<usize> = (0..n_times).collect();
        order.sort_by(|&a, &b| times_ms[a].total_cmp(&times_ms[b]));
        let ascending: Vec<f64> = order.iter().map(|&idx| times_ms[idx]).collect();
        let sampled = self.sample(&ascending);
        for (values, sampled) in values.chunks_mut(n_times).zip(sampled.chunks(n_times)) {
            for (&idx, &value) in order.iter().zip(sampled) {
                values[idx] = value;
            }
        }
        values
    }

    /// One channel of events at ascending times, written into `values`; without events
    /// where the channel is no series of them.
    ///
    /// # Shapes and units
    ///
    /// - `times_ms`, `values`: `[n]`; ms and dimensionless
    pub fn sample_events(&self, channel: SignalChannel, times_ms: &[f64], values: &mut [f64]) {
        write_events(event_times(&self.beatmap.hit_objects, channel), times_ms, values);
    }
}
