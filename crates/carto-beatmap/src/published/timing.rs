//! Timing points as `beatmap.py:126-160` keeps them.

use super::refusal::Refusal;
use crate::beatmap::{TimingPoint, UninheritedPoint};
use crate::python;
use crate::sections::ListLine;
use crate::text::excerpt;

/// Bounds of the slider speed factor (`beatmap.py:143`).
const MIN_SLIDER_VELOCITY: f64 = 0.1;
const MAX_SLIDER_VELOCITY: f64 = 10.0;

/// Reads and thins out timing points: an inherited point replaces the kept
/// one of the same time, and a point equal to the last kept one is dropped
/// (quirks 30 to 33).
///
/// # Errors
///
/// [`Refusal::TimingPointTooShort`], [`Refusal::NotANumber`],
/// [`Refusal::NoTimingPoints`].
pub(super) fn read(lines: &[ListLine<'_>]) -> Result<Vec<TimingPoint>, Refusal> {
    let mut points: Vec<TimingPoint> = Vec::new();
    let mut tempo = (0.0, 0.0);
    for &(line, text) in lines {
        let [time_ms, beat_length_ms, meter] = first_three(line, text)?;
        let slider_velocity = if beat_length_ms < 0.0 {
            let Some(last) = points.last() else { continue };
            if last.time_ms == time_ms {
                points.pop();
            }
            slider_velocity(beat_length_ms)
        } else {
            tempo = (beat_length_ms, meter);
            1.0
        };
        if !time_ms.is_finite() {
            let text = excerpt(text);
            return Err(Refusal::NotANumber { line, text, source_at: "beatmap.py:154" });
        }
        let (beat_length_ms, meter) = tempo;
        let is_repeat = points.last().is_some_and(|last| {
            last.beat_length_ms == beat_length_ms
                && last.slider_velocity == slider_velocity
                && last.meter == meter
        });
        if !is_repeat {
            let time_ms = libm::trunc(time_ms);
            points.push(TimingPoint { time_ms, beat_length_ms, slider_velocity, meter });
        }
    }
    if points.is_empty() { Err(Refusal::NoTimingPoints) } else { Ok(points) }
}

/// The points with a beat length of their own, none left out, by time.
///
/// # Errors
///
/// [`Refusal::TimingPointTooShort`], [`Refusal::NotANumber`].
pub(super) fn uninherited(lines: &[ListLine<'_>]) -> Result<Vec<UninheritedPoint>, Refusal> {
    let mut points = Vec::new();
    for &(line, text) in lines {
        let [time_ms, beat_length_ms, meter] = first_three(line, text)?;
        if beat_length_ms > 0.0 {
            points.push(UninheritedPoint::new(time_ms, beat_length_ms, meter));
        }
    }
    points.sort_by(|a, b| a.time_ms.total_cmp(&b.time_ms));
    Ok(points)
}

/// Tempo and slider speed at a time, as `bisect` finds them in *file order*:
/// on unsorted points its answer depends on the exact probes (quirk 34).
///
/// Before the first point: its beat length, with a factor of 1.
pub(super) fn active_at(points: &[TimingPoint], time_ms: f64) -> (f64, f64) {
    let (mut low, mut high) = (0, points.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        if time_ms < points[middle].time_ms {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    match low.checked_sub(1) {
        Some(idx) => (points[idx].beat_length_ms, points[idx].slider_velocity),
        None => (points.first().map_or(f64::NAN, |first| first.beat_length_ms), 1.0),
    }
}

/// All fields must be numbers, and there must be three.
fn first_three(line: usize, text: &str) -> Result<[f64; 3], Refusal> {
    let mut values = [0.0; 3];
    let mut n_fields = 0;
    for field in text.split(',') {
        let value = python::float(field).ok_or_else(|| Refusal::NotANumber {
            line,
            text: excerpt(field),
            source_at: "beatmap.py:131",
        })?;
        if let Some(slot) = values.get_mut(n_fields) {
            *slot = value;
        }
        n_fields += 1;
    }
    if n_fields < values.len() {
        return Err(Refusal::TimingPointTooShort { line, n_fields });
    }
    Ok(values)
}

/// `min(10, max(0.1, round(-100 / x, 3)))`, where Python rounds the exact
/// decimal expansion.
fn slider_velocity(beat_length: f64) -> f64 {
    let exact = -100.0 / beat_length;
    let thousandths = exact * 1000.0;
    let distance_to_tie = (thousandths - libm::floor(thousandths) - 0.5).abs();
    let rounded = if distance_to_tie > 1e-6 && thousandths < 1e12 {
        libm::rint(thousandths) / 1000.0
    } else {
        format!("{exact:.3}").parse().unwrap_or(exact)
    };
    rounded.clamp(MIN_SLIDER_VELOCITY, MAX_SLIDER_VELOCITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slider_velocity_rounds_the_decimal_expansion() {
        // -100 / -80 = 1.25; 1 / 1.6 = 0.0625 is a tie that goes to even.
        assert_eq!(slider_velocity(-80.0), 1.25);
        assert_eq!(slider_velocity(-1600.0), 0.1);
        assert_eq!(slider_velocity(-133.333_333_333_333), 0.75);
        assert_eq!(slider_velocity(-5.0), 10.0);
        assert_eq!(slider_velocity(-800.0), 0.125);
        // 100 / 4.1558441558 ... keeps three decimals.
        assert_eq!(slider_velocity(-77.0), 1.299);
    }

    #[test]
    fn an_inherited_point_replaces_the_point_of_its_time() {
        let points = read(&[(1, "0,500,4"), (2, "0,-50,4"), (3, "10,-50,4")]).unwrap();
        assert_eq!(points.len(), 1);
        assert_eq!(points[0].slider_velocity, 2.0);
    }

    #[test]
    fn tempos_are_kept_as_they_are_written() {
        let lines = [
            (1, "90.5,400,3"),
            (2, "10.75,500,4"),
            (3, "10.75,500,4"),
            (4, "20,-50,4"),
            (5, "30,500,17"),
        ];
        let points = uninherited(&lines).unwrap();
        let expected = [(10.75, 500.0, 4), (10.75, 500.0, 4), (30.0, 500.0, 4), (90.5, 400.0, 3)];
        let points = points.iter().map(|it| (it.time_ms, it.beat_length_ms, it.meter));
        assert_eq!(points.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn before_the_first_point_the_factor_is_one() {
        let points = read(&[(1, "100,500,4"), (2, "100,-50,4")]).unwrap();
        assert_eq!(active_at(&points, 99.0), (500.0, 1.0));
        assert_eq!(active_at(&points, 100.0), (500.0, 2.0));
    }
}
