//! What a run of named steps found: how many tests passed, how long each took, which are
//! unreliable.

use std::fmt;
use std::time::Instant;

use anyhow::{Context, Result};

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

/// How many tests are named as the slowest.
const N_SLOWEST: usize = 10;

/// Prints each step with its time, and adds up what test runners report.
pub(crate) struct Steps {
    started: Instant,
    /// Seconds of each step so far.
    seconds: Vec<(String, f64)>,
    report: Report,
}

impl Steps {
    pub(crate) fn new() -> Self {
        Self { started: Instant::now(), seconds: Vec::new(), report: Report::default() }
    }

    /// A step that either works or does not.
    ///
    /// # Errors
    ///
    /// Names the step; the run should end.
    pub(crate) fn step<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.test_step(name, |_| work())
    }

    /// A step that counts tests.
    ///
    /// # Errors
    ///
    /// Names the step; the run should end.
    pub(crate) fn test_step<T>(
        &mut self,
        name: &str,
        work: impl FnOnce(&mut Report) -> Result<T>,
    ) -> Result<T> {
        println!("== {name}");
        let started = Instant::now();
        let mut report = Report::default();
        let result = work(&mut report);
        if result.is_err() && report.counts.failed == 0 {
            report.counts.failed = 1; // A runner that could not even report is a failure too.
        }
        self.report.add(report);
        let verdict = if result.is_ok() { "ok" } else { "FAILED" };
        let seconds = started.elapsed().as_secs_f64();
        println!("== {name}: {verdict} after {seconds:.1} s\n");
        self.seconds.push((name.to_owned(), seconds));
        result.with_context(|| format!("step \"{name}\" failed"))
    }

    /// The last lines of a run: the time of each step, the slowest tests, those that are
    /// unreliable, and how many passed.
    pub(crate) fn print_summary(&self) {
        println!("seconds  step");
        for (name, seconds) in &self.seconds {
            println!("{seconds:>7.1}  {name}");
        }
        println!("{:>7.1}  all", self.started.elapsed().as_secs_f64());
        println!("\nseconds  slowest tests");
        for test in self.report.slowest(N_SLOWEST) {
            println!("{:>7.1}  {}", test.seconds, test.name);
        }
        for name in &self.report.flaky {
            println!("\nflaky, failed once and passed when run again alone: {name}");
        }
        println!("\n{}", self.report.counts);
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
