//! Tempo over time, as osu! has it.

use carto_beatmap::python;
use carto_beatmap::sections::ListLine;

use super::objects::HitObjectLine;
use super::rounding::{share, two_decimals};

/// What osu! holds beats to: `TimingControlPoint.BeatLengthBindable` (ppy/osu), ms.
const BEAT_RANGE_MS: (f64, f64) = (6.0, 60_000.0);

/// Gaps up to a tenth longer than a quarter of a beat belong to a stream.
pub(super) const STREAM_TOLERANCE: f64 = 1.1;

/// Timing points of any format, by time.
#[derive(Debug)]
pub(super) struct Tempo {
    /// Time and beat length, both ms.
    beats: Vec<(f64, f64)>,
    /// Time, ms, and how much faster than the map's own speed sliders are.
    velocities: Vec<(f64, f64)>,
}

impl Tempo {
    /// Points that cannot be read are passed over, as osu! does.
    pub(super) fn read(lines: &[ListLine<'_>]) -> Self {
        let (mut beats, mut velocities) = (Vec::new(), Vec::new());
        for (time_ms, point) in lines.iter().filter_map(|&(_, text)| read_point(text)) {
            match point {
                Point::Beat { length_ms } => {
                    beats.push((time_ms, length_ms));
                    velocities.push((time_ms, 1.0));
                }
                Point::Velocity(velocity) => velocities.push((time_ms, velocity)),
            }
        }
        beats.sort_by(|a, b| a.0.total_cmp(&b.0));
        velocities.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self { beats, velocities }
    }

    /// The tempo that the map keeps for most of its time, beats a minute with
    /// two decimals; `None` where it has none.
    ///
    /// - `end_ms`: end of the last object
    ///
    /// # Source
    ///
    /// `GetMostCommonBeatLength` (ppy/osu, `Beatmap.cs`): the first point counts
    /// from 0, beats are one where they are the same to a microsecond, and of
    /// two that last as long the earlier counts.
    pub(super) fn main_bpm(&self, end_ms: f64) -> Option<f64> {
        let mut durations: Vec<(f64, usize, f64)> = Vec::with_capacity(self.beats.len());
        for (idx, &(time_ms, beat_ms)) in self.beats.iter().enumerate() {
            let from_ms = if idx == 0 { 0.0 } else { time_ms };
            let until_ms = self.beats.get(idx + 1).map_or(end_ms, |next| next.0);
            let duration_ms = if time_ms > end_ms { 0.0 } else { until_ms - from_ms };
            let beat_ms = (beat_ms * 1000.0).round_ties_even() / 1000.0;
            durations.push((beat_ms, idx, duration_ms));
        }
        durations.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let tempos = durations.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()).filter_map(|tempo| {
            let &(beat_ms, first_idx, _) = tempo.first()?;
            Some((beat_ms, first_idx, tempo.iter().map(|&(.., ms)| ms).sum::<f64>()))
        });
        let longest = tempos.max_by(|a, b| a.2.total_cmp(&b.2).then(b.1.cmp(&a.1)));
        longest.map(|(beat_ms, ..)| two_decimals(60_000.0 / beat_ms))
    }

    /// When the object of a line ends, ms.
    ///
    /// - `slider_multiplier`: the map's own speed of sliders, 100 osu!pixels a beat
    pub(super) fn end_ms(&self, line: &str, slider_multiplier: f64) -> Option<f64> {
        let fields: Vec<&str> = line.split(',').take(8).collect();
        let number = |idx: usize| fields.get(idx).and_then(|text| python::float(text));
        let (start_ms, kind_bits) = (number(2)?, number(3)? as i64);
        let end_ms = if kind_bits & 2 != 0 {
            let velocity = at(&self.velocities, start_ms).unwrap_or(1.0);
            let pixels_a_beat = 100.0 * slider_multiplier * velocity;
            let n_beats = number(6)? * number(7)? / pixels_a_beat;
            start_ms + n_beats * at(&self.beats, start_ms)?
        } else if kind_bits & 8 != 0 {
            number(5)?
        } else {
            start_ms
        };
        Some(end_ms.max(start_ms)).filter(|end_ms| end_ms.is_finite())
    }

    /// Share of gaps that belong to a stream at the tempo where they begin; 0
    /// where there is no gap or no tempo.
    pub(super) fn stream_density(&self, objects: &[HitObjectLine]) -> f64 {
        let is_stream = |pair: &&[HitObjectLine]| {
            at(&self.beats, pair[0].time_ms).is_some_and(|beat_ms| {
                pair[1].time_ms - pair[0].time_ms <= beat_ms / 4.0 * STREAM_TOLERANCE
            })
        };
        let n_stream = objects.windows(2).filter(is_stream).count();
        two_decimals(share(n_stream as f64, objects.len().saturating_sub(1)))
    }
}

/// The value in effect; the first one also holds before it begins.
fn at(points: &[(f64, f64)], time_ms: f64) -> Option<f64> {
    let n_begun = points.partition_point(|&(begin_ms, _)| begin_ms <= time_ms);
    points.get(n_begun.saturating_sub(1)).map(|&(_, value)| value)
}

enum Point {
    Beat { length_ms: f64 },
    Velocity(f64),
}

/// Time, beat length and, from format 6 on, whether it sets a tempo.
fn read_point(text: &str) -> Option<(f64, Point)> {
    let mut fields = text.split(',');
    let time_ms = python::float(fields.next()?).filter(|time| time.is_finite())?;
    let beat_ms = python::float(fields.next()?).filter(|beat| !beat.is_nan())?;
    let is_inherited = fields.nth(4).is_some_and(|flag| !flag.starts_with('1'));
    if is_inherited || beat_ms < 0.0 {
        let velocity = if beat_ms < 0.0 { (-100.0 / beat_ms).clamp(0.1, 10.0) } else { 1.0 };
        return Some((time_ms, Point::Velocity(velocity)));
    }
    let (shortest_ms, longest_ms) = BEAT_RANGE_MS;
    let length_ms = beat_ms.clamp(shortest_ms, longest_ms);
    (beat_ms > 0.0).then_some((time_ms, Point::Beat { length_ms }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objects(times_ms: &[f64]) -> Vec<HitObjectLine> {
        let at = |&time_ms| HitObjectLine { x: 0.0, y: 0.0, time_ms, kind_bits: 1 };
        times_ms.iter().map(at).collect()
    }

    #[test]
    fn the_tempo_of_most_of_the_map_counts() {
        // 120 beats a minute up to 10 s, 200 up to 25 s, 120 again up to 28 s.
        let tempo = Tempo::read(&[
            (1, "0,500,4,1,0,60,1,0"),
            (2, "500,-50,4,1,0,60,0,0"),
            (3, "10000,300"),
            (4, "25000,500,4,1,0,60"),
            (5, "x,400"),
        ]);
        assert_eq!(tempo.main_bpm(28_000.0), Some(200.0));
        assert_eq!(tempo.main_bpm(31_000.0), Some(120.0));
        assert_eq!(Tempo::read(&[]).main_bpm(1.0), None);
    }

    #[test]
    fn of_tempos_that_last_as_long_the_earlier_counts() {
        let tempo = Tempo::read(&[(1, "0,500"), (2, "10000,400")]);
        assert_eq!(tempo.main_bpm(20_000.0), Some(120.0));
    }

    #[test]
    fn objects_end_where_they_are_let_go() {
        let tempo = Tempo::read(&[(1, "0,500,4,1,0,60,1,0"), (2, "900,-50,4,1,0,60,0,0")]);
        let end_ms = |line| tempo.end_ms(line, 1.5);
        assert_eq!(end_ms("0,0,300,5,0"), Some(300.0));
        assert_eq!(end_ms("0,0,300,12,0,700"), Some(700.0));
        // 150 osu!pixels a beat, then 300.
        assert_eq!(end_ms("0,0,100,2,0,L|9:9,2,75"), Some(600.0));
        assert_eq!(end_ms("0,0,1000,2,0,L|9:9,1,75"), Some(1125.0));
        assert_eq!(end_ms("0,0,1000,2,0,L|9:9"), None);
        assert_eq!(Tempo::read(&[]).end_ms("0,0,100,2,0,L|9:9,2,75", 1.4), None);
    }

    #[test]
    fn the_first_tempo_counts_from_the_begin_of_the_audio() {
        let tempo = Tempo::read(&[(1, "9000,500"), (2, "10000,400")]);
        assert_eq!(tempo.main_bpm(18_000.0), Some(120.0));
    }

    #[test]
    fn streams_follow_the_tempo() {
        // A quarter of 500 ms is 125 ms, with tolerance 137.5 ms; from 1 s on it is 250 and 275 ms.
        let tempo = Tempo::read(&[(1, "100,500"), (2, "1000,1000")]);
        let gaps = objects(&[0.0, 137.0, 275.0, 1000.0, 1275.0, 1551.0]);
        // Stream, not, not, stream, not.
        assert_eq!(tempo.stream_density(&gaps), 0.4);
        assert_eq!(Tempo::read(&[]).stream_density(&gaps), 0.0);
        assert_eq!(tempo.stream_density(&gaps[..1]), 0.0);
    }
}
