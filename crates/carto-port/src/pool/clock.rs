use std::collections::VecDeque;

/// How far back throughput looks. Longer than the largest song takes, short
/// enough to follow when large songs give way to small ones.
const WINDOW_S: f64 = 10.0;

/// Shortest span from which throughput is told: below it one lucky archive
/// would promise the end within a second.
const MIN_SPAN_S: f64 = 1.0;

/// Time and throughput of work, such as one stage of a run.
///
/// Times are seconds of the page's own clock; what passes while the work
/// stands still counts for nothing.
#[derive(Debug, Clone, Default)]
pub struct WorkClock {
    worked_s: f64,
    since_s: Option<f64>,
    samples: VecDeque<(f64, usize)>,
}

impl WorkClock {
    /// Says that work goes on, or stands still, from now on.
    pub fn set_running(&mut self, is_running: bool, now_s: f64) {
        match (self.since_s, is_running) {
            (None, true) => self.since_s = Some(now_s),
            (Some(since_s), false) => {
                self.worked_s += now_s - since_s;
                self.since_s = None;
                self.samples.clear();
            }
            _ => {}
        }
    }

    /// Notes how many are done now; a smaller number than before starts afresh.
    pub fn note(&mut self, n_done: usize, now_s: f64) {
        if self.since_s.is_none() {
            return;
        }
        if self.samples.back().is_some_and(|(_, n_before)| n_done < *n_before) {
            self.samples.clear();
        }
        self.samples.push_back((now_s, n_done));
        // One sample at or before the window's edge stays, to span all of it.
        while self.samples.get(1).is_some_and(|(at_s, _)| *at_s <= now_s - WINDOW_S) {
            self.samples.pop_front();
        }
    }

    /// Seconds worked.
    pub fn elapsed_s(&self, now_s: f64) -> f64 {
        self.worked_s + self.since_s.map_or(0.0, |since_s| now_s - since_s)
    }

    /// Done per second over the last seconds; `None` until it can be told.
    pub fn per_s(&self, now_s: f64) -> Option<f64> {
        let (first_s, n_first) = self.samples.front()?;
        let (_, n_last) = self.samples.back()?;
        let span_s = now_s - first_s;
        (span_s >= MIN_SPAN_S && n_last > n_first).then(|| (n_last - n_first) as f64 / span_s)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may fail loudly")]
mod tests {
    use super::*;

    fn running_clock() -> WorkClock {
        let mut clock = WorkClock::default();
        clock.set_running(true, 0.0);
        clock
    }

    #[test]
    fn throughput_is_told_after_a_second_and_follows_the_last_ten() {
        let mut clock = running_clock();
        for tick in 0..=5 {
            clock.note(tick * 2, tick as f64 / 10.0);
        }
        assert_eq!(clock.per_s(0.5), None);
        // 20 a second for 20 s, then 2 a second for 20 s.
        let mut clock = running_clock();
        for tick in 0..=400_usize {
            let n_done = if tick <= 200 { tick * 2 } else { 400 + (tick - 200) / 5 };
            clock.note(n_done, tick as f64 / 10.0);
        }
        let per_s = clock.per_s(40.0).unwrap();
        assert!((per_s - 2.0).abs() < 0.05, "{per_s}");
    }

    #[test]
    fn throughput_falls_while_nothing_is_done() {
        let mut clock = running_clock();
        clock.note(0, 0.0);
        clock.note(10, 1.0);
        assert!((clock.per_s(1.0).unwrap() - 10.0).abs() < 1e-9);
        assert!((clock.per_s(5.0).unwrap() - 2.0).abs() < 1e-9);
    }

    #[test]
    fn pauses_count_for_nothing() {
        let mut clock = running_clock();
        clock.note(0, 0.0);
        clock.set_running(false, 2.0);
        clock.set_running(false, 5.0);
        assert!((clock.elapsed_s(100.0) - 2.0).abs() < 1e-9);
        clock.set_running(true, 100.0);
        clock.note(1, 100.0);
        clock.note(4, 101.5);
        assert!((clock.elapsed_s(101.5) - 3.5).abs() < 1e-9);
        assert!((clock.per_s(101.5).unwrap() - 2.0).abs() < 1e-9);
    }

    #[test]
    fn work_that_starts_over_forgets_its_speed() {
        let mut clock = running_clock();
        clock.note(0, 0.0);
        clock.note(50, 5.0);
        clock.note(0, 5.1);
        assert_eq!(clock.per_s(5.2), None);
    }
}
