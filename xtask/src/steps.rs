//! A run of named steps that stops at the first failure.

use std::time::Instant;

use anyhow::{Context, Result};

use crate::runner_output::Counts;

/// Prints each step with its time, and adds up what test runners report.
pub(crate) struct Steps {
    started: Instant,
    counts: Counts,
}

impl Steps {
    pub(crate) fn new() -> Self {
        Self { started: Instant::now(), counts: Counts::default() }
    }

    /// A step that either works or does not.
    ///
    /// # Errors
    ///
    /// Names the step; the run should end.
    pub(crate) fn step(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        self.test_step(name, |_| work())
    }

    /// A step that counts tests.
    ///
    /// # Errors
    ///
    /// Names the step; the run should end.
    pub(crate) fn test_step(
        &mut self,
        name: &str,
        work: impl FnOnce(&mut Counts) -> Result<()>,
    ) -> Result<()> {
        println!("== {name}");
        let started = Instant::now();
        let mut counts = Counts::default();
        let result = work(&mut counts);
        if result.is_err() && counts.failed == 0 {
            counts.failed = 1; // A runner that could not even report is a failure too.
        }
        self.counts.add(counts);
        let verdict = if result.is_ok() { "ok" } else { "FAILED" };
        println!("== {name}: {verdict} after {:.1} s\n", started.elapsed().as_secs_f64());
        result.with_context(|| format!("step \"{name}\" failed"))
    }

    /// The last line of a run.
    pub(crate) fn print_summary(&self) {
        println!("took {:.0} s", self.started.elapsed().as_secs_f64());
        println!("{}", self.counts);
    }
}
