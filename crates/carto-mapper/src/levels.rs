//! The mean level of each channel while a map is active.

use carto_beatmap::limits::Limits;
use carto_beatmap::signal::FrameClock;
use carto_evidence::EvidenceMap;
use carto_types::{ByChannel, SignalChannel};

/// A map stays active this long after an object, ms: as long as an event is remembered.
pub(crate) const REST_AFTER_MS: f64 = 2048.0;

/// Fewer frames than this (6 s) say nothing.
pub(crate) const MIN_FRAMES: usize = 1000;

/// The mean of each channel over the frames at which the map is active: an object lasts, or the
/// latest ended at most 2,048 ms before, and the map is not over. So breaks do not count, which
/// would raise all channels of events.
///
/// - returns: in `[-1, 1]`. Of a channel of events it is low where events are dense, and 1 where
///   there are none; of SLIDE and SUSTAIN it is high where much is held; of X and Y it is a place.
///   `None` for a map of fewer than 1,000 active frames, and of X and Y for one with a slider of no
///   length
pub(crate) fn levels(map: &EvidenceMap) -> ByChannel<Option<f64>> {
    let times_ms = active_times_ms(map);
    let n_times = times_ms.len();
    if n_times < MIN_FRAMES {
        return ByChannel::default();
    }
    let values = map.signal().sample(&times_ms);
    let mean = |channel: SignalChannel| {
        let values = values.chunks_exact(n_times).nth(channel as usize)?;
        let mean = values.iter().sum::<f64>() / n_times as f64;
        mean.is_finite().then_some(mean)
    };
    ByChannel::from_fn(mean)
}

/// Times of the active frames, ms, ascending.
fn active_times_ms(map: &EvidenceMap) -> Vec<f64> {
    let clock = FrameClock::OSU_DREAMER;
    let limit = Limits::default().max_frames;
    let mut times_ms = Vec::new();
    let mut next_frame = 0;
    for [from_ms, to_ms] in active_spans_ms(map) {
        let frames = clock.frames_between(from_ms, to_ms, limit);
        times_ms.extend((frames.start.max(next_frame)..frames.end).map(|it| clock.time_ms(it)));
        next_frame = next_frame.max(frames.end);
    }
    times_ms
}

/// From when to when a map is active, ms; ascending, and apart from each other.
pub(crate) fn active_spans_ms(map: &EvidenceMap) -> Vec<[f64; 2]> {
    let last_ms = map.end_ms();
    let objects = map.signal().beatmap().hit_objects.iter();
    let mut spans: Vec<[f64; 2]> = objects
        .map(|object| {
            [object.start_ms, last_ms.min(object.end_ms.max(object.start_ms) + REST_AFTER_MS)]
        })
        .collect();
    spans.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let mut merged: Vec<[f64; 2]> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(before) if span[0] <= before[1] => before[1] = before[1].max(span[1]),
            _ => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
pub(crate) mod tests {
    use carto_beatmap::osu;

    use super::*;

    pub(crate) fn map(objects: &str) -> EvidenceMap {
        let text = format!(
            "osu file format v14\n[Difficulty]\nSliderMultiplier:1\n[TimingPoints]\n\
             0,500,4,1,0,60,1,0\n[HitObjects]\n{objects}"
        );
        EvidenceMap::new(osu::read(text.as_bytes(), &Limits::default()).unwrap().beatmap).unwrap()
    }

    pub(crate) fn circles(from_ms: usize, n: usize, x: usize) -> String {
        (0..n).map(|idx| format!("{x},96,{},1,0\n", from_ms + 500 * idx)).collect()
    }

    #[test]
    fn a_break_is_not_active() {
        let map = map(&(circles(1000, 20, 0) + &circles(30_000, 20, 0)));
        assert_eq!(active_spans_ms(&map), [[1000.0, 12_548.0], [30_000.0, 39_500.0]]);
        let times_ms = active_times_ms(&map);
        assert!(times_ms.is_sorted_by(|a, b| a < b));
        let in_break = |&&time_ms: &&f64| time_ms > 12_548.0 && time_ms < 30_000.0;
        assert_eq!(times_ms.iter().filter(in_break).count(), 0);
        let n = (11_548.0 + 9500.0) / FrameClock::OSU_DREAMER.time_ms(1);
        assert!((times_ms.len() as f64 - n).abs() <= 2.0);
    }

    #[test]
    fn levels_are_where_the_cursor_is_and_how_dense_events_are() {
        let sparse = levels(&map(&circles(0, 40, 0)));
        let dense = levels(&map(&(0..160)
            .map(|idx| format!("512,192,{},1,2\n", idx * 125))
            .collect::<String>()));
        let value = |of: &ByChannel<Option<f64>>, channel| of.get(channel).unwrap();
        assert!(value(&dense, SignalChannel::Onset) < value(&sparse, SignalChannel::Onset));
        // The mean of 2 (log2(d + 16) - 4) / 7 - 1 for d from 0 to 500 ms, by its integral.
        let integral = |u: f64| u * u.log2() - u / std::f64::consts::LN_2;
        let mean_log = (integral(516.0) - integral(16.0)) / 500.0;
        let expected = 2.0 * (mean_log - 4.0) / 7.0 - 1.0;
        assert!((value(&sparse, SignalChannel::Onset) - expected).abs() < 5e-3);
        assert_eq!(value(&sparse, SignalChannel::Whistle), 1.0, "none at all");
        assert!(value(&dense, SignalChannel::Whistle) < 0.0);
        assert_eq!(
            (value(&sparse, SignalChannel::X), value(&dense, SignalChannel::X)),
            (-1.0, 1.0)
        );
        assert_eq!(value(&sparse, SignalChannel::Sustain), -1.0);
        assert_eq!(*levels(&map(&circles(0, 12, 0))).get(SignalChannel::X), None, "5.5 s");
    }
}
