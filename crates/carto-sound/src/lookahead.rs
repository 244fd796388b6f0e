//! Which stretch of the song is scheduled next.

use crate::timeline::Timeline;

/// How far ahead of the context's time sounds are scheduled, s: longer than the pauses between
/// two calls of a timer on a busy page.
const AHEAD_S: f64 = 0.2;

/// The same in a page that nobody sees, whose timers run once a second.
const AHEAD_HIDDEN_S: f64 = 2.5;

/// By how much a sound may be late and is played all the same, s.
const MAX_LATE_S: f64 = 0.03;

/// How far ahead of the context's time sounds are scheduled, s.
pub(crate) fn ahead_s(is_hidden: bool) -> f64 {
    if is_hidden { AHEAD_HIDDEN_S } else { AHEAD_S }
}

/// Up to which time the sounds of a stretch of playing are scheduled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Lookahead {
    /// Time of the song, ms.
    until_ms: f64,
}

impl Lookahead {
    /// Nothing is scheduled yet.
    pub(crate) fn from_begin(timeline: &Timeline) -> Self {
        Self { until_ms: timeline.begin_ms() }
    }

    /// What was scheduled after `context_s` was cancelled.
    pub(crate) fn back_to(&mut self, timeline: &Timeline, context_s: f64) {
        self.until_ms = self.until_ms.min(timeline.song_ms(context_s));
    }

    /// The stretch of the song to schedule now, `[from, to)` in ms, so that all is scheduled up
    /// to `ahead_s` after the context's time `current_s`; empty if it is.
    ///
    /// What is more than 30 ms late is left out: after a pause of the page its sounds would come
    /// all at once.
    pub(crate) fn next(&mut self, timeline: &Timeline, current_s: f64, ahead_s: f64) -> (f64, f64) {
        let earliest_ms = timeline.song_ms(current_s - MAX_LATE_S);
        let from_ms = self.until_ms.max(earliest_ms);
        let to_ms = timeline.song_ms(current_s + ahead_s).max(from_ms);
        self.until_ms = to_ms;
        (from_ms, to_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rate::Rate;

    #[test]
    fn stretches_meet_at_every_rate() {
        for rate in Rate::ALL {
            let timeline = Timeline::new(1.0, 5000.0, rate);
            let mut lookahead = Lookahead::from_begin(&timeline);
            let mut end_ms = 5000.0;
            for call in 0..400_u32 {
                let current_s = 0.95 + f64::from(call) * 0.025;
                let (from_ms, to_ms) = lookahead.next(&timeline, current_s, ahead_s(false));
                assert_eq!(from_ms, end_ms);
                assert!(to_ms >= from_ms);
                end_ms = to_ms;
            }
            let expected_ms = timeline.song_ms(0.95 + 399.0 * 0.025 + AHEAD_S);
            assert_eq!(end_ms, expected_ms);
        }
    }

    #[test]
    fn all_of_a_stretch_is_ahead_of_its_time() {
        let timeline = Timeline::new(0.0, 0.0, Rate::ThreeQuarters);
        let mut lookahead = Lookahead::from_begin(&timeline);
        lookahead.next(&timeline, 0.0, ahead_s(false));
        let (from_ms, _) = lookahead.next(&timeline, 0.15, ahead_s(false));
        assert!(timeline.context_s(from_ms) > 0.15);
    }

    #[test]
    fn after_a_pause_of_the_page_old_sounds_are_left_out() {
        let timeline = Timeline::new(0.0, 0.0, Rate::Full);
        let mut lookahead = Lookahead::from_begin(&timeline);
        lookahead.next(&timeline, 0.0, ahead_s(false));
        let (from_ms, to_ms) = lookahead.next(&timeline, 4.0, ahead_s(false));
        assert!((from_ms - 3970.0).abs() < 1e-9);
        assert!((to_ms - 4200.0).abs() < 1e-9);
    }

    #[test]
    fn a_page_that_nobody_sees_schedules_for_longer_than_its_timer_waits() {
        let timeline = Timeline::new(0.0, 0.0, Rate::Full);
        let mut lookahead = Lookahead::from_begin(&timeline);
        let (_, to_ms) = lookahead.next(&timeline, 0.0, ahead_s(true));
        assert!(to_ms > 1000.0);
    }

    #[test]
    fn cancelled_sounds_are_scheduled_again() {
        let timeline = Timeline::new(0.0, 0.0, Rate::Full);
        let mut lookahead = Lookahead::from_begin(&timeline);
        lookahead.next(&timeline, 1.0, ahead_s(false));
        lookahead.back_to(&timeline, 1.05);
        let (from_ms, to_ms) = lookahead.next(&timeline, 1.05, 0.1);
        assert!((from_ms - 1050.0).abs() < 1e-9);
        assert!((to_ms - 1150.0).abs() < 1e-9);
    }
}
