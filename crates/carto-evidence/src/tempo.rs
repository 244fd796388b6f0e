//! The main tempo of a map, and whether the beats of two maps lie on each other.

use std::collections::BTreeMap;

use carto_beatmap::beatmap::UninheritedPoint;

/// Beat lengths that a tempo may have, ms: 10 to 1,000 beats a minute.
const BEAT_LENGTHS_MS: std::ops::RangeInclusive<f64> = 60.0..=6000.0;

/// A map is steady where its main beat is in force for at least this share of its time.
const STEADY_SHARE: f64 = 0.97;

/// A map is steady where no point sets its main beat anew farther off than this, ms.
const STEADY_SPREAD_MS: f64 = 6.0;

/// Two beat lengths are one where they differ by at most this share of the first.
const SAME_BEAT: f64 = 1e-3;

/// Two beats lie on each other up to this distance, ms.
const SAME_PHASE_MS: f64 = 12.0;

/// The beat that is in force longest in a map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MainTempo {
    /// Duration of a beat, ms, in `[60, 6000]`.
    pub beat_ms: f64,
    /// Where a beat begins, ms: the time of the earliest point with it.
    pub offset_ms: f64,
    /// Beats in a bar, in `1..=16`.
    pub meter: u32,
    /// Share of the map's time in which it is in force, in `(0, 1]`.
    pub share: f64,
    /// How far a point sets the same beat anew beside the first one's beats, at most, ms.
    pub spread_ms: f64,
    /// Whether the map keeps beat and phase nearly throughout.
    pub is_steady: bool,
}

impl MainTempo {
    /// The main tempo between the first object's time and the latest end of one, ms.
    ///
    /// Points count as one where their beat lengths are equal to 0.01 ms. `None` where no
    /// point is in force for any time, and where the longest has no usable beat length.
    ///
    /// - `points`: by time
    #[must_use]
    pub fn of(points: &[UninheritedPoint], first_ms: f64, end_ms: f64) -> Option<Self> {
        let (mut groups, mut group_of) = (Vec::<Group<'_>>::new(), BTreeMap::new());
        for (idx, point) in points.iter().enumerate() {
            // The first one holds before itself too.
            let from_ms = if idx == 0 { first_ms } else { first_ms.max(point.time_ms) };
            let next = points.get(idx + 1);
            let in_force_ms = next.map_or(end_ms, |next| end_ms.min(next.time_ms)) - from_ms;
            if in_force_ms > 0.0 {
                let key = (point.beat_length_ms * 100.0 + 0.5).floor().to_bits();
                let group_idx = *group_of.entry(key).or_insert(groups.len());
                if group_idx == groups.len() {
                    groups.push(Group { in_force_ms: 0.0, points: Vec::new() });
                }
                groups[group_idx].in_force_ms += in_force_ms;
                groups[group_idx].points.push(point);
            }
        }
        let whole_ms: f64 = groups.iter().map(|group| group.in_force_ms).sum();
        let longer = |a, b: &Group<'_>| f64::max(a, b.in_force_ms);
        let longest_ms = groups.iter().fold(0.0, longer);
        let main = groups.iter().find(|group| group.in_force_ms == longest_ms)?;
        let first = *main.points.first()?;
        let (beat_ms, offset_ms) = (first.beat_length_ms, first.time_ms);
        if !is_usable_beat(beat_ms) {
            return None;
        }
        let distances = main.points.iter().map(|it| wrap(it.time_ms - offset_ms, beat_ms).abs());
        let spread_ms = distances.fold(0.0, f64::max);
        let share = longest_ms / whole_ms;
        let is_steady = share >= STEADY_SHARE && spread_ms <= STEADY_SPREAD_MS;
        Some(Self { beat_ms, offset_ms, meter: first.meter, share, spread_ms, is_steady })
    }

    /// Where its beats lie, ms, in `[0, beat_ms)`.
    #[must_use]
    pub fn phase_ms(&self) -> f64 {
        self.offset_ms.rem_euclid(self.beat_ms)
    }

    /// Whether another main tempo has the same beat length.
    #[must_use]
    pub fn is_that_of(&self, other: &Self) -> bool {
        (self.beat_ms - other.beat_ms).abs() <= SAME_BEAT * self.beat_ms
    }
}

/// The points of one beat length.
struct Group<'a> {
    in_force_ms: f64,
    points: Vec<&'a UninheritedPoint>,
}

/// Whether a beat length may be a tempo's: 10 to 1,000 beats a minute.
#[must_use]
pub fn is_usable_beat(beat_ms: f64) -> bool {
    BEAT_LENGTHS_MS.contains(&beat_ms)
}

/// `x` moved by whole periods into `(-period/2, period/2]`.
#[must_use]
pub fn wrap(x: f64, period: f64) -> f64 {
    let y = x - period * (x / period).floor();
    if y > period / 2.0 { y - period } else { y }
}

/// The point in force at a time: the last at or before it, before all of them the first.
fn in_force(points: &[UninheritedPoint], time_ms: f64) -> Option<&UninheritedPoint> {
    let n_begun = points.partition_point(|point| point.time_ms <= time_ms);
    points.get(n_begun.saturating_sub(1))
}

/// Whether the beats of `b`, moved by `lag_ms`, lie on those of `a` at a time of `a`.
///
/// One of the two may have half or double the beats of the other.
///
/// - `a`, `b`: by time
#[must_use]
pub(crate) fn beats_agree(
    a: &[UninheritedPoint],
    b: &[UninheritedPoint],
    lag_ms: f64,
    time_ms: f64,
) -> bool {
    let b_time_ms = time_ms - lag_ms;
    let (Some(a), Some(b)) = (in_force(a, time_ms), in_force(b, b_time_ms)) else { return false };
    let (beat_a, beat_b) = (a.beat_length_ms, b.beat_length_ms);
    let is_same = |factor: f64| (beat_a - factor * beat_b).abs() <= SAME_BEAT * beat_a;
    if ![1.0, 2.0, 0.5].into_iter().any(is_same) {
        return false;
    }
    let beat_ms = beat_a.min(beat_b);
    let phase = |from_ms: f64| from_ms.rem_euclid(beat_ms);
    wrap(phase(time_ms - a.time_ms) - phase(b_time_ms - b.time_ms), beat_ms).abs() <= SAME_PHASE_MS
}
