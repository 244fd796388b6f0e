//! What is heard now: the time of an audio context, less what lies between it and the ear.

/// Time until a difference between the clocks is made up for, s. A context's time goes in steps
/// of up to 20 ms, which a picture drawn by it would show.
const SETTLING_S: f64 = 0.5;

/// A difference from which the time is taken over at once, s: a context that was suspended.
const JUMP_S: f64 = 0.06;

/// The longest latency that is believed, s. Wireless headphones report 0.2 to 0.3.
const MAX_LATENCY_S: f64 = 1.0;

/// By how much a time stamp may be ahead of its context, s: the page may read the context's time
/// a step late.
const MAX_AHEAD_S: f64 = 0.05;

/// What the browser says at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ClockReading {
    /// `performance.now()`, ms.
    pub(crate) machine_ms: f64,
    /// `AudioContext.currentTime`, s: what is computed next.
    pub(crate) current_s: f64,
    /// `AudioContext.getOutputTimestamp()` where there is one: which time of the context left
    /// the device, s, at which machine time, ms.
    pub(crate) stamp: Option<(f64, f64)>,
    /// `outputLatency` or else `baseLatency`, s; 0 where there is neither.
    pub(crate) latency_s: f64,
}

impl ClockReading {
    /// Time of the context that is heard now, s.
    ///
    /// By the time stamp where it is plausible, since it includes the device; else by the
    /// latency that the browser states.
    pub(crate) fn heard_s(&self) -> f64 {
        self.stamped_s().unwrap_or(self.current_s - self.latency_s.clamp(0.0, MAX_LATENCY_S))
    }

    fn stamped_s(&self) -> Option<f64> {
        let (context_s, machine_ms) = self.stamp?;
        let age_s = (self.machine_ms - machine_ms) / 1000.0;
        // A context that has not begun stamps zeros.
        if context_s <= 0.0 || !(-MAX_AHEAD_S..=MAX_LATENCY_S).contains(&age_s) {
            return None;
        }
        let heard_s = context_s + age_s;
        let earliest_s = self.current_s - MAX_LATENCY_S;
        (earliest_s..=self.current_s + MAX_AHEAD_S).contains(&heard_s).then_some(heard_s)
    }
}

/// The time of the context that is heard, without steps: it runs with the machine's clock and
/// follows the context's.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct OutputClock {
    /// Machine time and heard time of the last reading.
    last: Option<(f64, f64)>,
}

impl OutputClock {
    /// Time of the context that is heard at the moment of `reading`, s. Never earlier than at the
    /// reading before.
    pub(crate) fn heard_s(&mut self, reading: &ClockReading) -> f64 {
        let measured_s = reading.heard_s();
        let heard_s = match self.last {
            None => measured_s,
            Some((machine_ms, before_s)) => {
                let passed_s = ((reading.machine_ms - machine_ms) / 1000.0).max(0.0);
                let expected_s = before_s + passed_s;
                let error_s = measured_s - expected_s;
                if error_s.abs() > JUMP_S {
                    measured_s.max(before_s)
                } else {
                    let weight = (passed_s / SETTLING_S).min(1.0);
                    (expected_s + error_s * weight).max(before_s)
                }
            }
        };
        self.last = Some((reading.machine_ms, heard_s));
        heard_s
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(machine_ms: f64, current_s: f64) -> ClockReading {
        ClockReading { machine_ms, current_s, stamp: None, latency_s: 0.0 }
    }

    #[test]
    fn the_stated_latency_is_taken_off() {
        let reading = ClockReading { latency_s: 0.12, ..reading(0.0, 5.0) };
        assert!((reading.heard_s() - 4.88).abs() < 1e-12);
    }

    #[test]
    fn a_time_stamp_is_better_than_the_stated_latency() {
        let reading =
            ClockReading { stamp: Some((4.7, 990.0)), latency_s: 0.01, ..reading(1000.0, 5.0) };
        assert!((reading.heard_s() - 4.71).abs() < 1e-12);
    }

    #[test]
    fn implausible_time_stamps_are_not_believed() {
        for stamp in [(0.0, 0.0), (2.0, 990.0), (5.2, 1000.0), (4.9, 5000.0)] {
            let reading =
                ClockReading { stamp: Some(stamp), latency_s: 0.02, ..reading(1000.0, 5.0) };
            assert!((reading.heard_s() - 4.98).abs() < 1e-12, "{stamp:?}");
        }
    }

    #[test]
    fn steps_of_the_context_are_smoothed_and_the_mean_is_kept() {
        let mut clock = OutputClock::default();
        let mut before_s = 0.0;
        // The context's time goes in steps of 20 ms, it is read every 5 ms.
        for frame in 0..2000_u32 {
            let true_s = f64::from(frame) * 0.005;
            let stepped_s = (true_s / 0.02 + 1e-9).floor() * 0.02;
            let heard_s = clock.heard_s(&reading(true_s * 1000.0, stepped_s));
            if frame > 400 {
                let step_s: f64 = heard_s - before_s;
                assert!((step_s - 0.005).abs() < 0.0005, "a step of {step_s} s");
                // The stepped time is 7.5 ms behind on average.
                assert!((heard_s - true_s + 0.0075).abs() < 0.005);
            }
            before_s = heard_s;
        }
    }

    #[test]
    fn time_stands_still_with_its_context_and_never_goes_back() {
        let mut clock = OutputClock::default();
        clock.heard_s(&reading(0.0, 1.0));
        let playing_s = clock.heard_s(&reading(1000.0, 2.0));
        let stalled_s = clock.heard_s(&reading(3000.0, 2.0));
        assert!(stalled_s >= playing_s);
        assert!(stalled_s < 2.1, "a context that stands still is followed at once: {stalled_s}");
    }
}
