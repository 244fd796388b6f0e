use std::ops::Range;

use carto_beatmap::beatmap::{Beatmap, HitObject, HitObjectKind, HitSound, Position};
use carto_beatmap::signal::SignalFunction;
use carto_random::SplitMix64;
use carto_types::SignalChannel;

use crate::bars::TWELFTHS;
use crate::map::CLOCK;
use crate::phi::phi_r_on;
use crate::statistics::pearson;
use crate::{Bars, EvidenceMap};

/// The events of one map in one channel, with all its onsets, which say on which grid it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Events {
    pub(super) onsets_ms: Vec<f64>,
    pub(super) events_ms: Vec<f64>,
}

impl Events {
    /// Those of a map that have a slot of the bars.
    pub(super) fn of(map: &EvidenceMap, channel: SignalChannel, lag_ms: f64, bars: &Bars) -> Self {
        let on_bars = |channel| {
            let moved = map.events_ms(channel).iter().map(|time_ms| time_ms + lag_ms);
            moved.filter(|&time_ms| bars.slot(time_ms, TWELFTHS).is_some()).collect()
        };
        Self { onsets_ms: on_bars(SignalChannel::Onset), events_ms: on_bars(channel) }
    }

    /// Without what lies in a span of time, ms.
    pub(super) fn without(&self, break_ms: &Range<f64>) -> Self {
        let rest = |times_ms: &[f64]| {
            times_ms.iter().copied().filter(|time_ms| !break_ms.contains(time_ms)).collect()
        };
        Self { onsets_ms: rest(&self.onsets_ms), events_ms: rest(&self.events_ms) }
    }

    /// Drawn anew from what it has in each slot over all bars: in every bar as many events as
    /// some bar has, without two in a slot.
    ///
    /// - `keeps_counts`: whether every bar keeps its own count, or gets another bar's
    pub(super) fn redrawn(&self, bars: &Bars, keeps_counts: bool, seed: u64) -> Self {
        let mut random = SplitMix64::new(seed);
        let onsets_ms = redrawn(&self.onsets_ms, bars, keeps_counts, &mut random);
        let events_ms = if self.events_ms == self.onsets_ms {
            onsets_ms.clone()
        } else {
            redrawn(&self.events_ms, bars, keeps_counts, &mut random)
        };
        Self { onsets_ms, events_ms }
    }
}

/// Phi of the events of two maps, as of any pair.
pub(super) fn phi_of(a: &Events, b: &Events, bars: &Bars) -> Option<f64> {
    let grid = bars.grid([&a.onsets_ms, &b.onsets_ms]);
    let [u, v] = [a, b].map(|map| bars.occupied(map.events_ms.iter().copied(), grid));
    phi_r_on(&u, &v, &u.rows_with_both(&v))
}

/// Pearson's r of the channel that the events of two maps make, as published, over the frames
/// of a span; 0 where a side is constant.
pub(super) fn published_r(a: &Events, b: &Events, span_ms: [f64; 2]) -> f64 {
    let frames = CLOCK.frames_between(span_ms[0], span_ms[1], usize::MAX);
    let times_ms: Vec<f64> = frames.map(|idx| CLOCK.time_ms(idx)).collect();
    let [a, b] = [a, b].map(|map| {
        let mut values = vec![0.0; times_ms.len()];
        if let Ok(signal) = SignalFunction::new(circles(&map.events_ms)) {
            signal.sample_events(SignalChannel::Onset, &times_ms, &mut values);
        }
        values
    });
    pearson(&a, &b).unwrap_or(0.0)
}

/// A map with a circle at each time, for the channel that they make.
fn circles(times_ms: &[f64]) -> Beatmap {
    let mut times_ms = times_ms.to_vec();
    times_ms.sort_by(f64::total_cmp);
    let circle = |start_ms| HitObject {
        start_ms,
        end_ms: start_ms,
        new_combo: false,
        hit_sound: HitSound::default(),
        kind: HitObjectKind::Circle(Position::CENTRE),
    };
    Beatmap {
        approach_rate: 9.0,
        timing_points: Vec::new(),
        uninherited_points: Vec::new(),
        hit_objects: times_ms.into_iter().map(circle).collect(),
    }
}

fn redrawn(times_ms: &[f64], bars: &Bars, keeps_counts: bool, random: &mut SplitMix64) -> Vec<f64> {
    let occupied = bars.occupied(times_ms.iter().copied(), TWELFTHS);
    let n_slots = occupied.n_slots();
    let cells = occupied.cells();
    let mut counts: Vec<usize> =
        cells.chunks(n_slots).map(|row| row.iter().sum::<f64>() as usize).collect();
    if !keeps_counts {
        shuffle(&mut counts, random);
    }
    let mut profile = vec![0.0; n_slots];
    for row in cells.chunks(n_slots) {
        profile.iter_mut().zip(row).for_each(|(sum, cell)| *sum += cell);
    }
    let slot_ms = bars.main_beat_ms() / f64::from(TWELFTHS);
    let mut drawn = Vec::with_capacity(times_ms.len());
    for (&start_ms, &n_events) in bars.start_ms().iter().zip(&counts) {
        let mut slots = draw_slots(&profile, n_events, random);
        slots.sort_unstable();
        drawn.extend(slots.into_iter().map(|slot| start_ms + slot as f64 * slot_ms));
    }
    drawn
}

/// Slots by their weights, without one twice; fewer where fewer have a weight.
fn draw_slots(weights: &[f64], n_slots: usize, random: &mut SplitMix64) -> Vec<usize> {
    let mut weights = weights.to_vec();
    let mut drawn = Vec::with_capacity(n_slots);
    for _ in 0..n_slots {
        let mut left = random.unit() * weights.iter().sum::<f64>();
        let reached = weights.iter().position(|&weight| {
            left -= weight;
            weight > 0.0 && left < 0.0
        });
        // Rounding may leave the last one unreached.
        let last = || weights.iter().rposition(|&weight| weight > 0.0);
        let Some(slot) = reached.or_else(last) else { break };
        weights[slot] = 0.0;
        drawn.push(slot);
    }
    drawn
}

fn shuffle<T>(values: &mut [T], random: &mut SplitMix64) {
    for last in (1..values.len()).rev() {
        values.swap(last, (random.unit() * (last + 1) as f64) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars() -> Bars {
        let starts: Vec<(f64, f64)> = (0..24).map(|n| (f64::from(n) * 2000.0, 500.0)).collect();
        Bars::new(&starts, 4, 500.0)
    }

    /// As many events in a bar as its number says, in its first slots of a quarter beat.
    fn events() -> Events {
        let in_bar = |bar: u32| (0..=bar % 6).map(move |n| f64::from(bar * 2000 + n * 125));
        let events_ms: Vec<f64> = (0..24).flat_map(in_bar).collect();
        Events { onsets_ms: events_ms.clone(), events_ms }
    }

    fn counts(events: &Events) -> Vec<usize> {
        let cells = bars().occupied(events.events_ms.iter().copied(), TWELFTHS);
        cells.cells().chunks(48).map(|row| row.iter().sum::<f64>() as usize).collect()
    }

    #[test]
    fn events_are_redrawn_with_the_counts_of_their_bars_or_of_others() {
        let (bars, events) = (bars(), events());
        let kept = events.redrawn(&bars, true, 1);
        assert_eq!(counts(&kept), counts(&events));
        assert_ne!(kept, events);
        assert_eq!(kept.onsets_ms, kept.events_ms);
        let moved = events.redrawn(&bars, false, 1);
        assert_ne!(counts(&moved), counts(&events));
        let sorted = |events: &Events| {
            let mut counts = counts(events);
            counts.sort_unstable();
            counts
        };
        assert_eq!(sorted(&moved), sorted(&events));
        assert_eq!(moved, events.redrawn(&bars, false, 1), "a seed decides");
        // Only slots that the map uses are drawn.
        assert!(moved.events_ms.iter().all(|time_ms| time_ms % 2000.0 < 6.0 * 125.0));
    }

    #[test]
    fn likelier_slots_are_drawn_more_often() {
        let mut random = SplitMix64::new(4);
        let mut n_first = 0;
        for _ in 0..10_000 {
            let drawn = draw_slots(&[3.0, 0.0, 1.0], 1, &mut random);
            n_first += usize::from(drawn == [0]);
            assert_ne!(drawn, [1]);
        }
        // Five standard errors.
        assert!((7283..=7717).contains(&n_first), "{n_first}");
        assert_eq!(draw_slots(&[3.0, 0.0, 1.0], 5, &mut random).len(), 2);
    }

    #[test]
    fn a_break_takes_onsets_and_events() {
        let rest = events().without(&(10_000.0..20_000.0));
        assert_eq!(counts(&rest)[5..10], [0; 5]);
        assert_eq!(counts(&rest)[10..], counts(&events())[10..]);
        assert_eq!(rest.onsets_ms, rest.events_ms);
    }

    #[test]
    fn a_map_agrees_with_itself() {
        let (bars, events) = (bars(), events());
        assert!((phi_of(&events, &events, &bars).unwrap() - 1.0).abs() < 1e-12);
        assert!((published_r(&events, &events, [0.0, 48_000.0]) - 1.0).abs() < 1e-12);
    }
}
