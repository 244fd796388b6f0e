//! What is heard and stepped to: bars, beats, hitsounds on the clock of A.

use carto_sound::Beat;
use carto_types::{SongBar, TimedSound};

/// The begin of another bar; of the present one for a step back from within it. `None` without
/// bars.
pub(crate) fn bar_from(bars: &[SongBar], at_ms: f64, n_bars: i32) -> Option<f64> {
    /// A cursor that stands so near to a bar's begin stands on it, ms.
    const ON_BAR_MS: f64 = 30.0;
    let next = bars.partition_point(|bar| bar.start_ms <= at_ms + ON_BAR_MS) as i64;
    let is_within = usize::try_from(next - 1)
        .ok()
        .and_then(|idx| bars.get(idx))
        .is_some_and(|bar| at_ms > bar.start_ms + ON_BAR_MS);
    let back = i64::from(n_bars < 0 && is_within);
    let last = bars.len() as i64 - 1;
    let to = (next - 1 + i64::from(n_bars) + back).clamp(0, last.max(0));
    bars.get(usize::try_from(to).ok()?).map(|bar| bar.start_ms)
}

/// The hitsounds of a map on the clock of A.
///
/// - `lag_ms`: what is added to the map's times
pub(crate) fn ticks(sounds: &[TimedSound], lag_ms: f64) -> Vec<TimedSound> {
    let tick = |sound: &TimedSound| TimedSound { time_ms: sound.time_ms + lag_ms, ..*sound };
    sounds.iter().map(tick).collect()
}

/// The beats of the bars.
pub(crate) fn beats(bars: &[SongBar]) -> Vec<Beat> {
    let beats = bars.iter().flat_map(|bar| {
        (0..bar.n_beats).map(|beat| Beat {
            time_ms: bar.start_ms + f64::from(beat) * bar.beat_ms,
            is_bar_start: beat == 0,
        })
    });
    beats.collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use carto_types::SoundKind;

    use super::*;

    /// A bar of a second: bar 0 begins at 0.
    pub(crate) fn bar(number: i32) -> SongBar {
        SongBar {
            number,
            start_ms: f64::from(number) * 1_000.0,
            end_ms: f64::from(number + 1) * 1_000.0,
            beat_ms: 250.0,
            n_beats: 4,
            meter: 4,
        }
    }

    fn bars() -> Vec<SongBar> {
        (0..5).map(bar).collect()
    }

    #[test]
    fn brackets_go_from_bar_to_bar() {
        let from = |at_ms, n| bar_from(&bars(), at_ms, n);
        assert_eq!(from(1_000.0, 1), Some(2_000.0));
        assert_eq!(from(1_400.0, 1), Some(2_000.0));
        assert_eq!(from(1_400.0, -1), Some(1_000.0), "to its own begin");
        assert_eq!(from(1_010.0, -1), Some(0.0));
        assert_eq!(from(9_000.0, 1), Some(4_000.0));
        assert_eq!(from(-500.0, -1), Some(0.0));
        assert_eq!(bar_from(&[], 0.0, 1), None);
    }

    #[test]
    fn beats_are_those_of_the_bars_and_ticks_of_b_move_by_the_lag() {
        let beats = beats(&bars()[..2]);
        assert_eq!(beats.len(), 8);
        assert_eq!(beats[4], Beat { time_ms: 1_000.0, is_bar_start: true });
        assert!(!beats[5].is_bar_start);
        let sounds = [TimedSound { time_ms: 10.0, kind: SoundKind::Clap }];
        assert_eq!(ticks(&sounds, 24.0), [TimedSound { time_ms: 34.0, kind: SoundKind::Clap }]);
    }
}
