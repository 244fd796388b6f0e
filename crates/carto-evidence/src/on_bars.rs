//! All that is measured bar by bar: of a pair of maps, and of a map with another song's.

use carto_types::{
    BarAgreement, ByChannel, ByEventChannel, OtherSongAgreement, ShiftCounts, SignalChannel,
};

use crate::EvidenceMap;
use crate::bar_onsets::{bar_f, bar_f_measure};
use crate::bars::Bars;
use crate::phi::{phi_on, phi_r_on, phi_with_shifts};
use crate::shifts::{MIN_BARS, bar_pearson_with_shifts, bar_r};
use crate::slots::SlotRows;
use crate::span::both_have;

/// A map on its bars, sampled once for all that it is compared with there.
pub struct MapOnBars<'a> {
    map: &'a EvidenceMap,
    bars: Bars,
    /// `[9, n_bars * n_samples]`
    samples: Vec<f64>,
}

impl<'a> MapOnBars<'a> {
    /// Samples a map on bars of its own.
    #[must_use]
    pub fn new(map: &'a EvidenceMap, bars: Bars) -> Self {
        let samples = map.signal().sample(&bars.sample_times_ms());
        Self { map, bars, samples }
    }

    /// The bars.
    #[must_use]
    pub fn bars(&self) -> &Bars {
        &self.bars
    }

    /// Compares it with another map of the song.
    ///
    /// - `lag_ms`: added to the times of `b`
    #[must_use]
    pub fn compare(&self, b: &EvidenceMap, lag_ms: f64) -> BarAgreement {
        self.compare_with_shifts(b, lag_ms).0
    }

    /// The same, with the figure that is judged of each channel at all shifts by whole bars:
    /// phi for events, r on bars for the others.
    #[must_use]
    pub fn compare_with_shifts(
        &self,
        b: &EvidenceMap,
        lag_ms: f64,
    ) -> (BarAgreement, ByChannel<Option<ShiftCounts>>) {
        let both = Both::of(self, b, lag_ms, self.bars.len());
        let n_samples = self.bars.n_samples();
        let pearson_bars = both.by_channel(|x, y| bar_pearson_with_shifts(x, y, n_samples));
        let phi = both.phi(phi_with_shifts);
        let shifts = ByChannel::from_fn(|channel| {
            let shifted = match phi.get(channel) {
                Some(phi) => phi.as_ref().map(|(_, shifted)| shifted),
                None => pearson_bars.get(channel).as_ref().map(|(_, shifted)| shifted),
            };
            shifted.map(|shifted| ShiftCounts::of(shifted))
        });
        let found = BarAgreement {
            bars: self.bars.len() as u32,
            active_bars: both.active.len() as u32,
            meter: self.bars.meter(),
            grid: both.grid,
            pearson_bars: pearson_bars.map(|found| found.as_ref().map(|(r, _)| *r)),
            phi: phi.map(|found| found.as_ref().map(|(phi, _)| *phi)),
            phi_object_bars: both.phi_object_bars(phi_on),
            f50_bars: bar_f_measure(&both.active_bars, both.onsets_ms()),
        };
        (found, shifts)
    }

    /// Compares it with a map of another song, moved onto these bars: one that is steady
    /// and reaches over 12 bars and 60 % of them, else `None`.
    ///
    /// - `name`: what the result calls the map
    #[must_use]
    pub fn compare_other_song(&self, c: &EvidenceMap, name: &str) -> Option<OtherSongAgreement> {
        let (moved, n_bars) = self.moved_here(c)?;
        let both = Both::of(self, &moved, 0.0, n_bars);
        let n_samples = self.bars.n_samples();
        Some(OtherSongAgreement {
            c: name.to_owned(),
            bars: n_bars as u32,
            active_bars: both.active.len() as u32,
            grid: both.grid,
            phi: both.phi(phi_r_on),
            phi_object_bars: both.phi_object_bars(phi_r_on),
            pearson_bars: both.by_channel(|x, y| bar_r(x, y, n_samples)),
            f50_bars: bar_f(&both.active_bars, both.onsets_ms()),
        })
    }

    /// A map of another song, its first bar on the first of these and its beats as long
    /// as theirs, with the number of bars that it reaches over.
    #[must_use]
    pub fn moved_here(&self, c: &EvidenceMap) -> Option<(EvidenceMap, usize)> {
        let tempo = c.tempo().filter(|tempo| tempo.is_steady)?;
        let (&start_ms, bar_ms) = (self.bars.start_ms().first()?, self.bars.bar_ms());
        let bar_of_c_ms = f64::from(self.bars.meter()) * tempo.beat_ms;
        let n_bars_before = (c.first_ms() - tempo.offset_ms - EARLY_MS) / bar_of_c_ms;
        let zero_ms = tempo.offset_ms + n_bars_before.ceil() * bar_of_c_ms;
        let factor = self.bars.main_beat_ms() / tempo.beat_ms;
        let moved = c.stretched(zero_ms, factor, start_ms).ok()?;
        let n_reached = ((moved.end_ms() - start_ms) / bar_ms).floor() as usize;
        let n_bars = n_reached.min(self.bars.len());
        let is_enough = n_bars >= MIN_BARS && n_bars as f64 >= MIN_SHARE * self.bars.len() as f64;
        is_enough.then_some((moved, n_bars))
    }
}

/// An object this much before a bar line may still be the bar's first, ms.
const EARLY_MS: f64 = 5.0;

/// A map of another song reaches over at least this share of the bars.
const MIN_SHARE: f64 = 0.6;

/// Two maps on the bars of the first, or on the first some of them.
struct Both<'a> {
    a: &'a MapOnBars<'a>,
    b: &'a EvidenceMap,
    lag_ms: f64,
    bars: Bars,
    grid: u32,
    onsets_b_ms: Vec<f64>,
    /// Numbers of the bars in which both have an object, and those bars.
    active: Vec<usize>,
    active_bars: Bars,
}

impl<'a> Both<'a> {
    fn of(a: &'a MapOnBars<'a>, b: &'a EvidenceMap, lag_ms: f64, n_bars: usize) -> Self {
        let bars = a.bars.take(&(0..n_bars).collect::<Vec<_>>());
        let onsets_a_ms = a.map.events_ms(SignalChannel::Onset);
        let onsets_b_ms: Vec<_> =
            b.events_ms(SignalChannel::Onset).iter().map(|time_ms| time_ms + lag_ms).collect();
        let (grid, active) = bars.active([onsets_a_ms, &onsets_b_ms]);
        let active_bars = bars.take(&active);
        Self { a, b, lag_ms, bars, grid, onsets_b_ms, active, active_bars }
    }

    fn onsets_ms(&self) -> [&[f64]; 2] {
        [self.a.map.events_ms(SignalChannel::Onset), &self.onsets_b_ms]
    }

    /// What a measure makes of the samples of both on the active bars; missing below 12 of
    /// them, and for a channel of events where a map has none.
    fn by_channel<T>(&self, measure: impl Fn(&[f64], &[f64]) -> Option<T>) -> ByChannel<Option<T>> {
        if self.active.len() < MIN_BARS {
            return ByChannel::from_fn(|_| None);
        }
        let n_samples = self.a.bars.n_samples();
        let times_ms = self.active_bars.sample_times_ms();
        let times_b_ms: Vec<_> = times_ms.iter().map(|time_ms| time_ms - self.lag_ms).collect();
        let samples_b = self.b.signal().sample(&times_b_ms);
        let n_all = self.a.bars.len() * n_samples;
        let mut x = Vec::with_capacity(times_ms.len());
        ByChannel::from_fn(|channel| {
            if !both_have(self.a.map, self.b, channel) {
                return None;
            }
            let all = &self.a.samples[channel as usize * n_all..][..n_all];
            x.clear();
            for &bar_idx in &self.active {
                x.extend_from_slice(&all[bar_idx * n_samples..][..n_samples]);
            }
            measure(&x, &samples_b[channel as usize * times_ms.len()..][..times_ms.len()])
        })
    }

    /// Slots of both in a channel of events, on all bars.
    fn slots(&self, channel: SignalChannel) -> [SlotRows; 2] {
        let events_b = self.b.events_ms(channel).iter().map(|time_ms| time_ms + self.lag_ms);
        let events_a = self.a.map.events_ms(channel).iter().copied();
        [self.bars.occupied(events_a, self.grid), self.bars.occupied(events_b, self.grid)]
    }

    fn phi<T>(
        &self,
        measure: impl Fn(&SlotRows, &SlotRows, &[usize]) -> Option<T>,
    ) -> ByEventChannel<Option<T>> {
        ByEventChannel::from_fn(|channel| {
            let [u, v] = self.slots(channel);
            measure(&u, &v, &u.rows_with_both(&v))
        })
    }

    fn phi_object_bars<T>(
        &self,
        measure: impl Fn(&SlotRows, &SlotRows, &[usize]) -> Option<T>,
    ) -> ByEventChannel<Option<T>> {
        ByEventChannel::from_fn(|channel| {
            // Of ONSET they are the same bars.
            if channel == SignalChannel::Onset {
                return None;
            }
            let [u, v] = self.slots(channel);
            measure(&u, &v, &self.active)
        })
    }
}
