//! What a run of tests found: how many passed, how long each took, which are unreliable.

use std::fmt;

/// How many tests ended how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl Counts {
    pub(crate) fn total(self) -> usize {
        self.passed + self.failed + self.skipped
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

/// How long one test took.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TestTime {
    pub(crate) seconds: f64,
    /// With what it belongs to: a crate and its file, or a file of browser tests.
    pub(crate) name: String,
}

/// Everything that test runners said.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) counts: Counts,
    pub(crate) times: Vec<TestTime>,
    /// Names of tests that failed once and passed when they were run again, alone.
    pub(crate) flaky: Vec<String>,
}

impl Report {
    pub(crate) fn add(&mut self, other: Self) {
        self.counts.passed += other.counts.passed;
        self.counts.failed += other.counts.failed;
        self.counts.skipped += other.counts.skipped;
        self.times.extend(other.times);
        self.flaky.extend(other.flaky);
    }

    /// The `n` tests that took longest, the longest first.
    pub(crate) fn slowest(&self, n: usize) -> Vec<&TestTime> {
        let mut times: Vec<_> = self.times.iter().collect();
        times.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
        times.truncate(n);
        times
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_names_skipped_tests_only_where_there_are_some() {
        let mut counts = Counts { passed: 12, failed: 0, skipped: 0 };
        assert_eq!(counts.to_string(), "12 passed, 0 failed");
        counts.skipped = 2;
        assert_eq!(counts.to_string(), "12 passed, 0 failed, 2 skipped");
    }

    #[test]
    fn the_slowest_of_all_runners_come_first() {
        let time = |seconds, name: &str| TestTime { seconds, name: name.to_owned() };
        let mut report =
            Report { times: vec![time(1.0, "a"), time(3.0, "b")], ..Report::default() };
        report.add(Report {
            times: vec![time(2.0, "c")],
            flaky: vec!["c".to_owned()],
            ..Report::default()
        });
        let names: Vec<_> = report.slowest(2).iter().map(|time| time.name.as_str()).collect();
        assert_eq!(names, ["b", "c"]);
        assert_eq!(report.flaky, ["c"]);
    }
}
