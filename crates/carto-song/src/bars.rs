//! The bars of a map by all of its timing points.

use carto_beatmap::beatmap::UninheritedPoint;
use carto_evidence::is_usable_beat;
use carto_types::SongBar;

/// Bars of a window of agreement: a phrase of most music. Longer ones would smooth a section of
/// eight bars away.
pub(crate) const WINDOW_BARS: usize = 4;

/// More bars than music has, as in the evidence of pairs: a map with more of them gets none.
const MAX_BARS: usize = 1 << 17;

/// Bars from a point's time to the first that counts, at most: beyond it they are no longer exact.
const MAX_BARS_FROM_POINT: f64 = 1e9;

/// The points that bars begin at: those with a usable beat, and of two that are less than half a
/// beat apart the later.
///
/// - `points`: by time
pub(crate) fn usable_points(points: &[UninheritedPoint]) -> Vec<UninheritedPoint> {
    let mut usable: Vec<UninheritedPoint> = Vec::with_capacity(points.len());
    for point in points.iter().filter(|point| is_usable_beat(point.beat_length_ms)) {
        let is_replaced =
            |last: &mut UninheritedPoint| point.time_ms - last.time_ms < last.beat_length_ms / 2.0;
        while usable.pop_if(is_replaced).is_some() {}
        usable.push(*point);
    }
    usable
}

/// The bars of a map that lie in a stretch of time or reach into it, ascending and without gaps.
///
/// Every timing point begins a bar, the first one those before it too. What is left of a bar at the
/// next point is a bar cut short, or where it is less than half a beat a part of the bar before.
/// Empty without a usable tempo, and where there are more bars than music has.
///
/// - `points`: by time
pub(crate) fn bars(points: &[UninheritedPoint], from_ms: f64, to_ms: f64) -> Vec<SongBar> {
    let points = usable_points(points);
    let mut bars = Vec::new();
    // Number of the bar that begins at the point.
    let mut number = 1.0;
    for (idx, point) in points.iter().enumerate() {
        let UninheritedPoint { time_ms, beat_length_ms: beat_ms, meter } = *point;
        let bar_ms = beat_ms * f64::from(meter);
        let end_ms = points.get(idx + 1).map_or(f64::INFINITY, |next| next.time_ms);
        let first = ((from_ms - time_ms) / bar_ms).floor();
        let first = if idx == 0 { first } else { first.max(0.0) };
        if first.is_nan() || first.abs() >= MAX_BARS_FROM_POINT {
            return Vec::new();
        }
        let start_of = |n: f64| time_ms + n * bar_ms;
        let begins_before = |limit_ms: f64, n: f64| start_of(n) < limit_ms - beat_ms / 2.0;
        let mut n = first;
        while begins_before(end_ms, n) && start_of(n) < to_ms {
            if bars.len() == MAX_BARS {
                return Vec::new();
            }
            let start_ms = start_of(n);
            let next = n + 1.0;
            let bar_end_ms = if begins_before(end_ms, next) { start_of(next) } else { end_ms };
            let n_beats = ((bar_end_ms - start_ms) / beat_ms - 0.5).ceil() as u32;
            bars.push(SongBar {
                number: (number + n) as i32,
                start_ms,
                end_ms: bar_end_ms,
                beat_ms,
                n_beats: n_beats.clamp(1, meter),
                meter,
            });
            n = next;
        }
        if end_ms >= to_ms {
            break;
        }
        // Bars between two points: those that begin before the second one.
        number += ((end_ms - time_ms - beat_ms / 2.0) / bar_ms).ceil().max(1.0);
    }
    bars.retain(|bar| bar.end_ms > from_ms);
    bars
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(points: &[(f64, f64)]) -> Vec<UninheritedPoint> {
        points
            .iter()
            .map(|&(time_ms, beat_ms)| UninheritedPoint::new(time_ms, beat_ms, 4.0))
            .collect()
    }

    fn shown(bars: &[SongBar]) -> Vec<(i32, f64, f64, u32)> {
        bars.iter().map(|bar| (bar.number, bar.start_ms, bar.end_ms, bar.n_beats)).collect()
    }

    #[test]
    fn bars_are_counted_from_the_first_point_in_both_directions() {
        let bars = bars(&points(&[(1000.0, 500.0)]), 0.0, 5000.0);
        let expected = [(0, -1000.0, 1000.0, 4), (1, 1000.0, 3000.0, 4), (2, 3000.0, 5000.0, 4)];
        assert_eq!(shown(&bars), expected);
    }

    #[test]
    fn a_point_cuts_the_bar_before_it_short() {
        let bars = bars(&points(&[(0.0, 500.0), (5000.0, 250.0), (5999.9, 250.0)]), 0.0, 6500.0);
        let expected = [
            (1, 0.0, 2000.0, 4),
            (2, 2000.0, 4000.0, 4),
            (3, 4000.0, 5000.0, 2),
            (4, 5000.0, 5999.9, 4),
            (5, 5999.9, 6999.9, 4),
        ];
        assert_eq!(shown(&bars), expected);
    }

    #[test]
    fn what_is_left_of_less_than_half_a_beat_belongs_to_the_bar_before() {
        let bars = bars(&points(&[(0.0, 500.0), (2100.0, 500.0)]), 0.0, 3000.0);
        assert_eq!(shown(&bars), [(1, 0.0, 2100.0, 4), (2, 2100.0, 4100.0, 4)]);
        let twice = points(&[(0.0, 500.0), (2000.0, 500.0), (2001.0, 400.0)]);
        let starts: Vec<_> =
            super::bars(&twice, 0.0, 3000.0).iter().map(|it| it.start_ms).collect();
        assert_eq!(starts, [0.0, 2001.0]);
    }

    #[test]
    fn bars_before_the_stretch_are_counted_and_left_out() {
        let found = bars(&points(&[(-8000.0, 500.0), (1000.0, 500.0)]), 0.0, 3000.0);
        assert_eq!(shown(&found), [(5, 0.0, 1000.0, 2), (6, 1000.0, 3000.0, 4)]);
    }

    #[test]
    fn odd_points_give_no_bars() {
        assert_eq!(bars(&[], 0.0, 1000.0), []);
        assert_eq!(bars(&points(&[(0.0, 1e-9), (5.0, 1e9)]), 0.0, 1000.0), []);
        assert_eq!(bars(&points(&[(-1e18, 60.0)]), 0.0, 1000.0), []);
        assert_eq!(bars(&points(&[(0.0, 60.0)]), 0.0, 1e9), []);
    }
}
