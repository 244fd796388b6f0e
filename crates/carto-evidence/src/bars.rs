//! The bars of a map, and the slots of them that events fall into.

use crate::EvidenceMap;
use crate::lag::shared_span;
use crate::map::CLOCK;
use crate::shifts::MIN_BARS;
use crate::slots::SlotRows;
use crate::tempo::{beats_agree, is_usable_beat};

/// A bar may stick out of the span by this much, ms.
const BAR_SLACK_MS: f64 = 5.0;

/// Slots of a beat: sixteenths, and where a map has them triplets too.
const SIXTEENTHS: u32 = 4;
/// See [`SIXTEENTHS`].
pub(crate) const TWELFTHS: u32 = 12;

/// Share of onsets on a twelfth that is no sixteenth from which a map has triplets.
const MIN_TRIPLETS: f64 = 0.1;

/// Bars that are looked at; beyond it there is no music, and memory is not to be spent on it.
const MAX_BARS: usize = 1 << 17;

/// Samples of one channel on all bars: twice as many as the longest signal has frames.
const MAX_SAMPLES: usize = 1 << 21;

/// Bars from a point's time to the first that counts, at most: beyond it they are no longer exact.
const MAX_BARS_FROM_POINT: f64 = 1e9;

/// Bars of one meter, ascending, on the time line of A.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// Where each begins, ms.
    start_ms: Vec<f64>,
    /// Beat length of each, ms.
    beat_ms: Vec<f64>,
    meter: u32,
    main_beat_ms: f64,
}

impl Bars {
    /// Bars that begin at `start_ms`, each with its beat length, in ms and ascending.
    ///
    /// - `meter`: beats in each of them, in `1..=16`
    /// - `main_beat_ms`: the beat length by which all are sampled alike
    #[must_use]
    pub fn new(starts_and_beats_ms: &[(f64, f64)], meter: u32, main_beat_ms: f64) -> Self {
        let (start_ms, beat_ms) = starts_and_beats_ms.iter().copied().unzip();
        Self { start_ms, beat_ms, meter, main_beat_ms }
    }

    /// The bars of A that lie where both maps have begun and none has ended.
    ///
    /// Of two steady maps they are one series. Else every uninherited point begins bars of
    /// its own; those are left out in whose middle the beats of both maps differ, and
    /// those whose meter is not the commonest. `None` where A has no main tempo, and
    /// where there are more bars than music has.
    #[must_use]
    pub fn shared(a: &EvidenceMap, b: &EvidenceMap, lag_ms: f64) -> Option<Self> {
        let main = a.tempo()?;
        let is_steady = main.is_steady && b.tempo().is_some_and(|tempo| tempo.is_steady);
        let [start_ms, end_ms] = shared_span(a, b, lag_ms);
        let mut found: Vec<(f64, f64, u32)> = Vec::new();
        if is_steady {
            let (offset_ms, beat_ms) = (main.offset_ms, main.beat_ms);
            for start_ms in bars_of_point(offset_ms, beat_ms, main.meter, start_ms, end_ms) {
                if found.len() == MAX_BARS {
                    return None;
                }
                found.push((start_ms, beat_ms, main.meter));
            }
        } else {
            let points = a.points();
            for (idx, point) in points.iter().enumerate() {
                let (beat_ms, meter) = (point.beat_length_ms, point.meter);
                let from_ms = if idx == 0 { start_ms } else { start_ms.max(point.time_ms) };
                let to_ms = points.get(idx + 1).map_or(end_ms, |next| end_ms.min(next.time_ms));
                let middle_ms = beat_ms * f64::from(meter) / 2.0;
                for start_ms in bars_of_point(point.time_ms, beat_ms, meter, from_ms, to_ms) {
                    if found.len() == MAX_BARS {
                        return None;
                    }
                    if beats_agree(a.points(), b.points(), lag_ms, start_ms + middle_ms) {
                        found.push((start_ms, beat_ms, meter));
                    }
                }
            }
        }
        let meter = commonest(found.iter().map(|bar| bar.2)).unwrap_or(main.meter);
        let bars: Vec<_> =
            found.iter().filter(|bar| bar.2 == meter).map(|it| (it.0, it.1)).collect();
        let bars = Self::new(&bars, meter, main.beat_ms);
        (bars.len() * bars.n_samples() <= MAX_SAMPLES).then_some(bars)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.start_ms.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.start_ms.is_empty()
    }

    /// Where each begins, ms.
    #[must_use]
    pub fn start_ms(&self) -> &[f64] {
        &self.start_ms
    }

    /// Beats in a bar.
    #[must_use]
    pub fn meter(&self) -> u32 {
        self.meter
    }

    /// Duration of a bar of the main beat, ms.
    #[must_use]
    pub fn bar_ms(&self) -> f64 {
        self.main_beat_ms * f64::from(self.meter)
    }

    /// Whether there are enough of them to say anything: 12.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.len() >= MIN_BARS
    }

    /// The beat length by which all are sampled alike, ms.
    #[must_use]
    pub fn main_beat_ms(&self) -> f64 {
        self.main_beat_ms
    }

    /// Some of the bars, by their numbers.
    #[must_use]
    pub fn take(&self, bar_idxs: &[usize]) -> Self {
        let of = |values: &[f64]| bar_idxs.iter().map(|&idx| values[idx]).collect();
        Self { start_ms: of(&self.start_ms), beat_ms: of(&self.beat_ms), ..*self }
    }

    /// Samples of a bar: as many as a bar of the main beat has published frames.
    #[must_use]
    pub fn n_samples(&self) -> usize {
        ((self.bar_ms() / CLOCK.time_ms(1) + 0.5).floor() as usize).max(1)
    }

    /// The times at which bars are sampled, `[n_bars * n_samples]`, ms: equal steps in
    /// every bar, so that a shift by bars needs no other times.
    #[must_use]
    pub fn sample_times_ms(&self) -> Vec<f64> {
        self.times_ms(self.n_samples(), 0.0)
    }

    /// So many times in every bar, in equal steps, `[n_bars * n_samples]`, ms.
    ///
    /// - `first`: of each bar, in steps from its start
    #[must_use]
    pub(crate) fn times_ms(&self, n_samples: usize, first: f64) -> Vec<f64> {
        let bars = self.start_ms.iter().zip(&self.beat_ms);
        let of_bar = |(&start_ms, &beat_ms): (&f64, &f64)| {
            let step_ms = beat_ms * f64::from(self.meter) / n_samples as f64;
            (0..n_samples).map(move |idx| start_ms + (idx as f64 + first) * step_ms)
        };
        bars.flat_map(of_bar).collect()
    }

    /// Bar and slot of the nearest slot to an event; `None` outside the bars.
    ///
    /// - `grid`: slots of a beat
    #[must_use]
    pub fn slot(&self, time_ms: f64, grid: u32) -> Option<(usize, usize)> {
        let grid_f64 = f64::from(grid);
        let begins_ms = |idx: usize| self.start_ms[idx] - self.beat_ms[idx] / grid_f64 / 2.0;
        // Half a slot before its start an event belongs to a bar already.
        let guess = self.start_ms.partition_point(|&start_ms| start_ms <= time_ms);
        let bar_idx = if guess < self.len() && begins_ms(guess) <= time_ms {
            guess
        } else {
            guess.checked_sub(1)?
        };
        let slot_ms = self.beat_ms[bar_idx] / grid_f64;
        let slot = ((time_ms - self.start_ms[bar_idx]) / slot_ms + 0.5).floor();
        let n_slots = self.meter * grid;
        (0.0..f64::from(n_slots)).contains(&slot).then_some((bar_idx, slot as usize))
    }

    /// Which slots of every bar hold an event.
    #[must_use]
    pub fn occupied(&self, times_ms: impl Iterator<Item = f64>, grid: u32) -> SlotRows {
        let mut rows = SlotRows::empty(self.len(), (self.meter * grid) as usize);
        for (bar_idx, slot) in times_ms.filter_map(|time_ms| self.slot(time_ms, grid)) {
            rows.occupy(bar_idx, slot);
        }
        rows
    }

    /// Slots of a beat that the onsets of two maps need: 12 where a tenth of either's lie
    /// on a triplet, else 4.
    ///
    /// - `maps_ms`: onsets of each map, ms, on the time line of the bars
    #[must_use]
    pub fn grid(&self, maps_ms: [&[f64]; 2]) -> u32 {
        let has_triplets = |onsets_ms: &[f64]| {
            let (mut n_onsets, mut n_triplets) = (0, 0);
            for &time_ms in onsets_ms {
                let Some((bar_idx, slot)) = self.slot(time_ms, TWELFTHS) else { continue };
                let beat_ms = self.beat_ms[bar_idx];
                let slot_ms = slot as f64 * beat_ms / f64::from(TWELFTHS);
                let off_ms = (time_ms - self.start_ms[bar_idx] - slot_ms).abs();
                n_onsets += 1;
                n_triplets += u32::from(slot % 3 != 0 && off_ms <= beat_ms / 48.0);
            }
            n_onsets > 0 && f64::from(n_triplets) / f64::from(n_onsets) >= MIN_TRIPLETS
        };
        if maps_ms.into_iter().any(has_triplets) { TWELFTHS } else { SIXTEENTHS }
    }

    /// The grid that the onsets of two maps need, and the numbers of the bars in which both have
    /// one.
    ///
    /// - `maps_ms`: as of [`Self::grid`]
    #[must_use]
    pub(crate) fn active(&self, maps_ms: [&[f64]; 2]) -> (u32, Vec<usize>) {
        let grid = self.grid(maps_ms);
        let [a, b] = maps_ms.map(|onsets_ms| self.occupied(onsets_ms.iter().copied(), grid));
        (grid, a.rows_with_both(&b))
    }

    /// Where an event lies in a bar, ms, as if the bar had the main beat.
    #[must_use]
    pub(crate) fn inside_ms(&self, bar_idx: usize, time_ms: f64) -> f64 {
        (time_ms - self.start_ms[bar_idx]) / self.beat_ms[bar_idx] * self.main_beat_ms
    }
}

/// Starts of the bars that a point begins, ms, from and to these times.
fn bars_of_point(
    time_ms: f64,
    beat_ms: f64,
    meter: u32,
    from_ms: f64,
    to_ms: f64,
) -> impl Iterator<Item = f64> {
    let bar_ms = beat_ms * f64::from(meter);
    let first = ((from_ms - time_ms - BAR_SLACK_MS) / bar_ms).ceil();
    let is_exact = is_usable_beat(beat_ms) && first.abs() < MAX_BARS_FROM_POINT;
    (0..if is_exact { u32::MAX } else { 0 })
        .map(move |idx| first + f64::from(idx))
        .take_while(move |n| time_ms + (n + 1.0) * bar_ms <= to_ms + BAR_SLACK_MS)
        .map(move |n| time_ms + n * bar_ms)
}

/// The commonest; of equally common ones the first.
fn commonest(meters: impl Iterator<Item = u32>) -> Option<u32> {
    let mut counts: Vec<(u32, usize)> = Vec::new();
    for meter in meters {
        match counts.iter_mut().find(|count| count.0 == meter) {
            Some(count) => count.1 += 1,
            None => counts.push((meter, 1)),
        }
    }
    let most = counts.iter().map(|count| count.1).max()?;
    counts.iter().find(|count| count.1 == most).map(|count| count.0)
}
