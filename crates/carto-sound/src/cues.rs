//! What is heard besides the recording: the hitsounds of both maps, and the beats.

use carto_types::{SoundKind, TimedSound, rising_places};

/// Which of the two maps: A is heard left, B right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The map on top.
    A,
    /// The map below.
    B,
}

/// One beat of the timing points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Beat {
    /// Time of the song on map A's clock, ms.
    pub time_ms: f64,
    /// Whether a bar begins with it; such beats are accented.
    pub is_bar_start: bool,
}

/// When the beats are heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Metronome {
    /// Where there is no recording, or none that the browser can decode.
    #[default]
    WithoutRecording,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A sound that we make ourselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Voice {
    /// A hitsound of one of the maps.
    Tick(Side, SoundKind),
    /// A beat within a bar.
    Beat,
    /// The first beat of a bar.
    BarStart,
}

impl Voice {
    /// All of them.
    pub(crate) const ALL: [Self; 12] = [
        Self::Tick(Side::A, SoundKind::Hit),
        Self::Tick(Side::A, SoundKind::Whistle),
        Self::Tick(Side::A, SoundKind::Finish),
        Self::Tick(Side::A, SoundKind::Clap),
        Self::Tick(Side::A, SoundKind::SliderTick),
        Self::Tick(Side::B, SoundKind::Hit),
        Self::Tick(Side::B, SoundKind::Whistle),
        Self::Tick(Side::B, SoundKind::Finish),
        Self::Tick(Side::B, SoundKind::Clap),
        Self::Tick(Side::B, SoundKind::SliderTick),
        Self::Beat,
        Self::BarStart,
    ];
}

/// A sound at a time of the song.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cue {
    pub(crate) time_ms: f64,
    pub(crate) voice: Voice,
}

/// Sounds in the order of their times, each of them once.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct CueTrack(Vec<Cue>);

impl CueTrack {
    /// The hitsounds of one map, in any order. Times that are not finite are left out, and of
    /// equal sounds at one time (two stacked objects) one is kept.
    pub(crate) fn of_ticks(side: Side, ticks: &[TimedSound]) -> Self {
        Self::of(ticks.iter().map(|tick| (tick.time_ms, Voice::Tick(side, tick.kind))))
    }

    /// The beats, in any order.
    pub(crate) fn of_beats(beats: &[Beat]) -> Self {
        Self::of(beats.iter().map(|beat| {
            (beat.time_ms, if beat.is_bar_start { Voice::BarStart } else { Voice::Beat })
        }))
    }

    fn of(sounds: impl Iterator<Item = (f64, Voice)>) -> Self {
        let found: Vec<Cue> = sounds
            .filter(|(time_ms, _)| time_ms.is_finite())
            .map(|(time_ms, voice)| Cue { time_ms, voice })
            .collect();
        let times_ms: Vec<f64> = found.iter().map(|cue| cue.time_ms).collect();
        let in_order = rising_places(&times_ms).into_iter();
        let mut cues: Vec<Cue> = in_order.filter_map(|place| found.get(place).copied()).collect();
        // Equal sounds of one time may have others between them.
        let mut of_this_time: Vec<Voice> = Vec::new();
        let mut time_ms = f64::NAN;
        cues.retain(|cue| {
            if cue.time_ms != time_ms {
                time_ms = cue.time_ms;
                of_this_time.clear();
            }
            let is_new = !of_this_time.contains(&cue.voice);
            of_this_time.push(cue.voice);
            is_new
        });
        Self(cues)
    }

    /// The sounds from `from_ms` on and before `to_ms`.
    pub(crate) fn within(&self, from_ms: f64, to_ms: f64) -> &[Cue] {
        let from = self.0.partition_point(|cue| cue.time_ms < from_ms);
        let to = self.0.partition_point(|cue| cue.time_ms < to_ms);
        self.0.get(from..to).unwrap_or_default()
    }

    /// The time of the last sound, ms.
    pub(crate) fn last_ms(&self) -> Option<f64> {
        self.0.last().map(|cue| cue.time_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tick(time_ms: f64, kind: SoundKind) -> TimedSound {
        TimedSound { time_ms, kind }
    }

    #[test]
    fn windows_that_meet_give_every_tick_once() {
        let ticks: Vec<TimedSound> =
            (0..100).map(|i| tick(f64::from(i) * 25.0, SoundKind::Hit)).collect();
        let track = CueTrack::of_ticks(Side::A, &ticks);
        let n: usize = (0..26)
            .map(|i| track.within(f64::from(i) * 100.0, f64::from(i + 1) * 100.0).len())
            .sum();
        assert_eq!(n, 100);
    }

    #[test]
    fn equal_sounds_of_one_time_are_one() {
        let ticks = [
            tick(20.0, SoundKind::Clap),
            tick(10.0, SoundKind::Hit),
            tick(10.0, SoundKind::Clap),
            tick(10.0, SoundKind::Hit),
            tick(f64::NAN, SoundKind::Hit),
        ];
        let track = CueTrack::of_ticks(Side::B, &ticks);
        let expected = [(10.0, SoundKind::Hit), (10.0, SoundKind::Clap), (20.0, SoundKind::Clap)]
            .map(|(time_ms, kind)| Cue { time_ms, voice: Voice::Tick(Side::B, kind) });
        assert_eq!(track.0, expected);
        assert_eq!(track.last_ms(), Some(20.0));
    }

    #[test]
    fn bars_are_accented() {
        let beats = [
            Beat { time_ms: 0.0, is_bar_start: true },
            Beat { time_ms: 500.0, is_bar_start: false },
        ];
        let voices: Vec<Voice> = CueTrack::of_beats(&beats).0.iter().map(|cue| cue.voice).collect();
        assert_eq!(voices, [Voice::BarStart, Voice::Beat]);
    }
}
