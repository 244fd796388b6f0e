//! From the time of an audio context to the time of a song, and back.

use crate::rate::Rate;

/// A stretch of playing: which time of the song is heard at which time of the context.
///
/// A seek, a pause and another rate each begin a new one, so no error adds up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Timeline {
    /// Time of the context at which it begins, s.
    begin_s: f64,
    /// Time of the song then, ms.
    begin_ms: f64,
    rate: Rate,
}

impl Timeline {
    /// The song from `begin_ms` on, at `begin_s` of the context.
    pub(crate) fn new(begin_s: f64, begin_ms: f64, rate: Rate) -> Self {
        Self { begin_s, begin_ms, rate }
    }

    /// Time of the song at which it begins, ms.
    pub(crate) fn begin_ms(&self) -> f64 {
        self.begin_ms
    }

    /// Its rate.
    pub(crate) fn rate(&self) -> Rate {
        self.rate
    }

    /// Time of the song at a time of the context, ms; before its begin, that of its begin: what
    /// is scheduled is not heard yet.
    pub(crate) fn song_ms(&self, context_s: f64) -> f64 {
        let since_s = (context_s - self.begin_s).max(0.0);
        self.begin_ms + since_s * 1000.0 * self.rate.factor()
    }

    /// Time of the context at which a time of the song is played, s.
    pub(crate) fn context_s(&self, song_ms: f64) -> f64 {
        self.begin_s + (song_ms - self.begin_ms) / 1000.0 / self.rate.factor()
    }
}

/// The sample at or after a time: starts on whole samples need no interpolation.
pub(crate) fn on_sample_s(time_s: f64, sample_rate_hz: f64) -> f64 {
    (time_s * sample_rate_hz).ceil() / sample_rate_hz
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_rate_takes_twice_as_long() {
        let timeline = Timeline::new(10.0, 60_000.0, Rate::Half);
        assert_eq!(timeline.song_ms(12.0), 61_000.0);
        assert_eq!(timeline.context_s(61_000.0), 12.0);
    }

    #[test]
    fn the_song_waits_for_its_begin() {
        let timeline = Timeline::new(10.0, 500.0, Rate::Full);
        assert_eq!(timeline.song_ms(9.9), 500.0);
    }

    #[test]
    fn there_and_back_is_the_same_time() {
        for rate in Rate::ALL {
            let timeline = Timeline::new(3.25, -1200.0, rate);
            for song_ms in [-1200.0, 0.0, 1.0, 300_000.125] {
                let back = timeline.song_ms(timeline.context_s(song_ms));
                assert!((back - song_ms).abs() < 1e-6, "{back} for {song_ms}");
            }
        }
    }

    #[test]
    fn a_begin_lies_on_a_sample() {
        let begin_s = on_sample_s(1.000_01, 44_100.0);
        assert_eq!(begin_s, 44_101.0 / 44_100.0);
    }
}
