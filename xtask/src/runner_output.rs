//! What test runners print, read while it streams by.

use std::fmt;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::process::line as command_line;

/// How many tests ended how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
}

impl Counts {
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

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

/// Understands the output of libtest (also `wasm-bindgen-test-runner`'s) and of
/// node's `spec` reporter.
#[derive(Debug, Default)]
pub(crate) struct OutputReader {
    counts: Counts,
    /// Inside the captured output of tests that passed, which libtest only
    /// shows when asked, and which we ask for to see what was skipped.
    in_successes: bool,
    /// The test whose output this is already counts as skipped.
    is_skip_counted: bool,
    n_self_skipped: usize,
}

impl OutputReader {
    /// Takes in one line; returns whether a person should see it.
    pub(crate) fn read(&mut self, line: &str) -> bool {
        if line == "successes:" {
            self.in_successes = true;
        } else if line == "failures:" || line.starts_with("test result: ") {
            self.in_successes = false;
        }
        if self.in_successes {
            return self.read_passed_test(line);
        }
        if let Some(result) = line.strip_prefix("test result: ") {
            self.counts.passed += count_before(result, "passed");
            self.counts.failed += count_before(result, "failed");
            self.counts.skipped += count_before(result, "ignored");
        }
        if let Some(result) = line.strip_prefix("ℹ ") {
            self.counts.passed += count_after(result, "pass ");
            self.counts.failed += count_after(result, "fail ") + count_after(result, "cancelled ");
            self.counts.skipped += count_after(result, "skipped ") + count_after(result, "todo ");
        }
        true
    }

    /// A test that says "skipped: ..." has passed for libtest; not for us.
    fn read_passed_test(&mut self, line: &str) -> bool {
        if line.starts_with("---- ") {
            self.is_skip_counted = false;
        }
        let is_skip = line.starts_with("skipped: ");
        if is_skip && !self.is_skip_counted {
            self.is_skip_counted = true;
            self.n_self_skipped += 1;
        }
        is_skip
    }

    /// The sum so far, with tests that skipped themselves taken out of the passed.
    pub(crate) fn counts(&self) -> Counts {
        Counts {
            passed: self.counts.passed.saturating_sub(self.n_self_skipped),
            failed: self.counts.failed,
            skipped: self.counts.skipped + self.n_self_skipped,
        }
    }
}

/// Runs a test runner, passing its output through and adding to `counts`.
///
/// # Errors
///
/// Fails when the runner does, and when it reports failures but success.
pub(crate) fn run_counting(command: &mut Command, counts: &mut Counts) -> Result<()> {
    let name = command_line(command);
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {name}"))?;
    let mut reader = OutputReader::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.with_context(|| format!("cannot read from {name}"))?;
            let line = String::from_utf8_lossy(&line);
            if reader.read(line.trim_end()) {
                println!("{line}");
            }
        }
    }
    let status = child.wait().with_context(|| format!("lost {name}"))?;
    let reported = reader.counts();
    counts.add(reported);
    if !status.success() || reported.failed > 0 {
        bail!("{name} ended with {status} ({reported})");
    }
    Ok(())
}

fn count_before(result: &str, word: &str) -> usize {
    result
        .split(['.', ';'])
        .filter_map(|part| part.trim().strip_suffix(word))
        .find_map(|count| count.trim().parse().ok())
        .unwrap_or(0)
}

fn count_after(result: &str, word: &str) -> usize {
    result.strip_prefix(word).and_then(|count| count.trim().parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts_of(output: &str) -> (Counts, Vec<&str>) {
        let mut reader = OutputReader::default();
        let shown = output.lines().filter(|line| reader.read(line)).collect();
        (reader.counts(), shown)
    }

    #[test]
    fn libtest_results_add_up() {
        let (counts, _) = counts_of(
            "running 2 tests\ntest a ... ok\n\
             test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\
             test result: FAILED. 1 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out\n",
        );
        assert_eq!(counts, Counts { passed: 3, failed: 3, skipped: 1 });
    }

    #[test]
    fn a_test_that_says_it_was_skipped_has_not_passed() {
        let (counts, shown) = counts_of(
            "successes:\n\n---- goldens stdout ----\nskipped: ../shared is not there\n\
             skipped: nor is this\n---- other stdout ----\nall is well\n\n\
             successes:\n    goldens\n    other\n\n\
             test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n",
        );
        assert_eq!(counts, Counts { passed: 1, failed: 0, skipped: 1 });
        assert!(shown.contains(&"skipped: ../shared is not there"));
        assert!(!shown.contains(&"all is well"));
    }

    #[test]
    fn node_results_count() {
        let (counts, _) = counts_of(
            "ℹ tests 4\nℹ suites 0\nℹ pass 2\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\nℹ todo 0\n",
        );
        assert_eq!(counts, Counts { passed: 2, failed: 1, skipped: 1 });
    }

    #[test]
    fn the_summary_names_skipped_tests_only_where_there_are_some() {
        let mut counts = Counts { passed: 12, failed: 0, skipped: 0 };
        assert_eq!(counts.to_string(), "12 passed, 0 failed");
        counts.skipped = 2;
        assert_eq!(counts.to_string(), "12 passed, 0 failed, 2 skipped");
    }
}
