//! Rust's own test programs: what they print, read while it streams by.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::process::line as command_line;
use crate::report::{Counts, Report, TestTime};

/// Understands the output of one test program.
#[derive(Debug, Default)]
struct OutputReader {
    /// Stands before each test's name.
    program: String,
    report: Report,
    /// Inside the captured output of tests that passed, which libtest only
    /// shows when asked, and which we ask for to see what was skipped.
    in_successes: bool,
    /// The test whose output this is already counts as skipped.
    is_skip_counted: bool,
    n_self_skipped: usize,
}

impl OutputReader {
    /// Takes in one line; returns whether a person should see it.
    fn read(&mut self, line: &str) -> bool {
        if line == "successes:" {
            self.in_successes = true;
        } else if line == "failures:" || line.starts_with("test result: ") {
            self.in_successes = false;
        }
        if self.in_successes {
            return self.read_passed_test(line);
        }
        if let Some(result) = line.strip_prefix("test result: ") {
            let counts = &mut self.report.counts;
            counts.passed += count_before(result, "passed");
            counts.failed += count_before(result, "failed");
            counts.skipped += count_before(result, "ignored");
        }
        match self.time_of_test(line) {
            // One line a test is for the slow and the failed.
            Some(time) => {
                self.report.times.push(time);
                !line.contains(" ... ok")
            }
            None => !line.is_empty(),
        }
    }

    /// `test NAME ... ok <0.012s>`
    fn time_of_test(&self, line: &str) -> Option<TestTime> {
        let (name, outcome) = line.strip_prefix("test ")?.split_once(" ... ")?;
        let seconds = outcome.split_once('<')?.1.strip_suffix("s>")?.parse().ok()?;
        Some(TestTime { seconds, name: format!("{} {name}", self.program) })
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

    /// What was read, with tests that skipped themselves taken out of the passed.
    fn report(mut self) -> Report {
        let Counts { passed, failed, skipped } = self.report.counts;
        self.report.counts = Counts {
            passed: passed.saturating_sub(self.n_self_skipped),
            failed,
            skipped: skipped + self.n_self_skipped,
        };
        self.report
    }
}

/// Runs a test program, passing on what a person should see, and adds to `report`.
///
/// - `name`: what the program tests, for the names of its tests
///
/// # Errors
///
/// Fails when the program does, and when it reports failures but success.
pub(crate) fn run_test_program(name: &str, test: &mut Command, report: &mut Report) -> Result<()> {
    // Times are for nightly toolchains, unless a program is told that it is one: this
    // reaches the running test alone, and nothing that is compiled.
    test.args(["--show-output", "-Zunstable-options", "--report-time"]).env("RUSTC_BOOTSTRAP", "1");
    let line = command_line(test);
    let mut child =
        test.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {line}"))?;
    let mut reader = OutputReader { program: name.to_owned(), ..OutputReader::default() };
    if let Some(stdout) = child.stdout.take() {
        for text in BufReader::new(stdout).split(b'\n') {
            let text = text.with_context(|| format!("cannot read from {line}"))?;
            let text = String::from_utf8_lossy(&text);
            if reader.read(text.trim_end()) {
                println!("{text}");
            }
        }
    }
    let status = child.wait().with_context(|| format!("lost {line}"))?;
    let found = reader.report();
    let counts = found.counts;
    report.add(found);
    if !status.success() || counts.failed > 0 {
        bail!("{name}: ended with {status} ({counts})");
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(output: &str) -> (Report, Vec<&str>) {
        let mut reader = OutputReader { program: "core".to_owned(), ..OutputReader::default() };
        let shown = output.lines().filter(|line| reader.read(line)).collect();
        (reader.report(), shown)
    }

    #[test]
    fn results_and_times_add_up() {
        let (report, shown) = read(
            "running 2 tests\ntest a::b ... ok <0.250s>\ntest c ... FAILED <1.500s>\n\
             test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\
             test result: FAILED. 1 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out\n",
        );
        assert_eq!(report.counts, Counts { passed: 3, failed: 3, skipped: 1 });
        let slowest = report.slowest(9);
        assert_eq!(slowest[0], &TestTime { seconds: 1.5, name: "core c".to_owned() });
        assert_eq!(slowest[1].name, "core a::b");
        assert!(shown.contains(&"test c ... FAILED <1.500s>"));
        assert!(!shown.iter().any(|line| line.starts_with("test a::b")), "{shown:?}");
    }

    #[test]
    fn a_test_that_says_it_was_skipped_has_not_passed() {
        let (report, shown) = read(
            "successes:\n\n---- goldens stdout ----\nskipped: ../shared is not there\n\
             skipped: nor is this\n---- other stdout ----\nall is well\n\n\
             successes:\n    goldens\n    other\n\n\
             test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n",
        );
        assert_eq!(report.counts, Counts { passed: 1, failed: 0, skipped: 1 });
        assert!(shown.contains(&"skipped: ../shared is not there"));
        assert!(!shown.contains(&"all is well"));
    }
}
