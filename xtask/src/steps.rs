//! A run of named steps that stops at the first failure.

use std::time::Instant;

use anyhow::{Context, Result};

use crate::report::Report;

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
