//! Whether a sound device runs at all.

/// How long a sound device may stand still, ms, until playing goes on without it.
const STALL_MS: f64 = 1000.0;

/// The longest time between two looks that counts, ms: while a computer sleeps nobody looks, and
/// its device needs a moment afterwards.
const MAX_LOOK_MS: f64 = 100.0;

/// Watches whether the time of an audio context moves.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StallWatch {
    /// Time of the context at the last look, s, and of the machine, ms.
    seen: (f64, f64),
    /// For how long it has stood still, ms.
    still_ms: f64,
}

impl StallWatch {
    /// From now on.
    pub(crate) fn new(context_s: f64, machine_ms: f64) -> Self {
        Self { seen: (context_s, machine_ms), still_ms: 0.0 }
    }

    /// Whether the context has stood still for a second in which it was looked at.
    pub(crate) fn is_stalled(&mut self, context_s: f64, machine_ms: f64) -> bool {
        let (seen_s, seen_ms) = self.seen;
        let passed_ms = (machine_ms - seen_ms).clamp(0.0, MAX_LOOK_MS);
        self.still_ms = if context_s > seen_s { 0.0 } else { self.still_ms + passed_ms };
        self.seen = (context_s, machine_ms);
        self.still_ms > STALL_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_stands_still_for_a_second_is_stalled() {
        let mut watch = StallWatch::new(0.5, 0.0);
        let stalled_at = (1..100).find(|look| watch.is_stalled(0.5, f64::from(*look) * 25.0));
        assert_eq!(stalled_at, Some(41));
    }

    #[test]
    fn a_device_that_moves_in_steps_is_not() {
        let mut watch = StallWatch::new(0.0, 0.0);
        let is_stalled = (1..1000)
            .any(|look| watch.is_stalled(f64::from(look / 20) * 0.5, f64::from(look) * 25.0));
        assert!(!is_stalled);
    }

    #[test]
    fn sleep_is_no_stall() {
        let mut watch = StallWatch::new(0.0, 0.0);
        assert!(!watch.is_stalled(0.0, 3_600_000.0));
        assert!(!watch.is_stalled(0.01, 3_600_100.0));
    }
}
