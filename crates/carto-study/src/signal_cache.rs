//! Signals of a song's maps, and their comparison within a memory budget.

use std::collections::BTreeMap;

use carto_agreement::{MeasuredSignal, compare};
use carto_beatmap::beatmap::Beatmap;
use carto_beatmap::limits::Limits;
use carto_beatmap::signal::{self, BeatmapSignal};
use carto_types::{Cause, MapRefusal, PairAgreement, SignalChannel};

use crate::bounded_cache::BoundedCache;

/// Signals that one song may keep in memory, bytes: 40 maps of five minutes.
/// Beyond it, maps are encoded again for each of their pairs.
const SIGNAL_BUDGET_BYTES: usize = 144 << 20;

/// Keeps beatmaps, and as many of their signals as the budget allows.
pub(crate) struct SignalCache {
    n_frames: usize,
    /// By place in the plan.
    beatmaps: BTreeMap<u32, Beatmap>,
    signals: BoundedCache<MeasuredSignal>,
}

impl SignalCache {
    /// For signals of that many frames.
    pub(crate) fn new(n_frames: usize) -> Self {
        let n_bytes = SignalChannel::COUNT * n_frames * size_of::<f64>();
        let signals = BoundedCache::new(SIGNAL_BUDGET_BYTES, n_bytes);
        Self { n_frames, beatmaps: BTreeMap::new(), signals }
    }

    /// Encodes a map and keeps it.
    pub(crate) fn add(&mut self, map_idx: u32, beatmap: Beatmap) -> Result<(), MapRefusal> {
        let signal = signal_of(&beatmap, self.n_frames)?;
        self.beatmaps.insert(map_idx, beatmap);
        self.signals.keep(map_idx, MeasuredSignal::new(signal));
        Ok(())
    }

    /// The beatmaps that were added, without their signals.
    pub(crate) fn into_beatmaps(self) -> BTreeMap<u32, Beatmap> {
        self.beatmaps
    }

    /// Compares all pairs, in their order; a pair of which a map was not added is left out.
    pub(crate) fn compare(&mut self, pairs: &[(u32, u32)]) -> Vec<(u32, u32, PairAgreement)> {
        let mut outcomes = Vec::with_capacity(pairs.len());
        for &(a, b) in pairs {
            let (signal_a, signal_b) = (self.take(a), self.take(b));
            if let (Some(signal_a), Some(signal_b)) = (&signal_a, &signal_b) {
                outcomes.push((a, b, compare(signal_a, signal_b)));
            }
            for (idx, signal) in [(a, signal_a), (b, signal_b)] {
                if let Some(signal) = signal {
                    self.signals.keep(idx, signal);
                }
            }
        }
        outcomes
    }

    /// Takes a kept signal out, or encodes it again.
    fn take(&mut self, map_idx: u32) -> Option<MeasuredSignal> {
        self.signals.take(map_idx).or_else(|| {
            let beatmap = self.beatmaps.get(&map_idx)?;
            signal::encode(beatmap, self.n_frames, usize::MAX).ok().map(MeasuredSignal::new)
        })
    }
}

/// Encodes a map; a signal that is NaN somewhere refuses it (quirk 42).
pub(crate) fn signal_of(beatmap: &Beatmap, n_frames: usize) -> Result<BeatmapSignal, MapRefusal> {
    let signal = signal::encode(beatmap, n_frames, Limits::default().max_frames)
        .map_err(|error| MapRefusal::new(error.cause(), error.to_string()))?;
    let Some((channel, frame_idx)) = signal.first_non_finite() else { return Ok(signal) };
    let time_s = signal.clock().time_ms(frame_idx) / 1000.0;
    Err(MapRefusal::new(
        Cause::SignalNotFinite,
        format!(
            "its {} has no value at {time_s:.3} s, for want of a slider's direction; \
             published figures with such a map are NaN, so it is left out",
            channel.name()
        ),
    ))
}
