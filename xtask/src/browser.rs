//! What runs in a browser, or in Node.js beside it: tests, the picture of the page, Lighthouse,
//! the memory benchmark.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::node::node;
use crate::page::files::read;
use crate::page::{build, dist};
use crate::process::{cargo, root, run, target_dir};
use crate::report::{Report, TestTime};
use crate::server;
use crate::system::{chromium, firefox, webkit_driver};

/// Builds the page, unless told not to, and runs browser tests against it.
///
/// # Errors
///
/// Passes on a failed build and failed tests.
pub(crate) fn e2e(args: &[String]) -> Result<()> {
    let mut names = args.to_vec();
    let runner_args = take_runner_args(&mut names)?;
    let names = build_unless_told(&names)?;
    build_command()?;
    let mut report = Report::default();
    let result = run_specs(&names, &runner_args, &mut report);
    for name in &report.flaky {
        println!("flaky, failed once and passed when run again alone: {name}");
    }
    if report.counts.total() > 0 {
        println!("{}", report.counts);
    }
    result
}

/// Takes `--repeat N` and `--slow` out of `args`: they are for the runner.
fn take_runner_args(args: &mut Vec<String>) -> Result<Vec<String>> {
    let mut taken = Vec::new();
    if let Some(n_rounds) = take_number(args, "--repeat")? {
        taken.extend(["--repeat".to_owned(), n_rounds]);
    }
    if let Some(at) = args.iter().position(|arg| arg == "--slow") {
        taken.push(args.remove(at));
    }
    Ok(taken)
}

/// Takes `flag N` out of `args`, where N is a number above 0.
fn take_number(args: &mut Vec<String>, flag: &str) -> Result<Option<String>> {
    let Some(at) = args.iter().position(|arg| arg == flag) else { return Ok(None) };
    let number = args.get(at + 1).filter(|n| n.parse::<u32>().is_ok_and(|n| n > 0));
    let number = number.with_context(|| format!("{flag} takes a number above 0"))?.clone();
    args.drain(at..at + 2);
    Ok(Some(number))
}

/// Runs Lighthouse on the built page and holds the figures against their goals: how fast a
/// first visit is, measured as a phone would see it.
///
/// Not a part of `cargo xtask test`: load times are figures of a quiet machine.
///
/// # Errors
///
/// Fails below a goal, and without a page or a browser.
pub(crate) fn lighthouse(args: &[String]) -> Result<()> {
    let mut args = args.to_vec();
    let n_runs = take_number(&mut args, "--runs")?.unwrap_or_else(|| "3".to_owned());
    if let Some(unknown) = build_unless_told(&args)?.first() {
        bail!("lighthouse takes --no-build and --runs N, not {unknown}");
    }
    expect_page()?;
    let dir = root().join("tests").join("lighthouse");
    let mut node = node(&dir)?;
    node.arg(dir.join("run.mjs")).env("CARTO_CHROMIUM", chromium()?).env("CARTO_RUNS", n_runs);
    run(&mut node)
}

/// Draws `docs/page.png`, the picture in the README, from the demo set.
///
/// # Errors
///
/// Passes on a failed build, and a page without a demo.
pub(crate) fn screenshot(args: &[String]) -> Result<()> {
    if let Some(unknown) = build_unless_told(args)?.first() {
        bail!("screenshot takes --no-build and nothing else, not {unknown}");
    }
    run_script("screenshot.mjs", &[])
}

fn build_unless_told(args: &[String]) -> Result<Vec<String>> {
    let (flags, names): (Vec<_>, Vec<_>) =
        args.iter().cloned().partition(|arg| arg.starts_with('-'));
    match flags.as_slice() {
        [] => build()?,
        [flag] if flag == "--no-build" => {}
        _ => bail!("not understood: {}", flags.join(" ")),
    }
    Ok(names)
}

/// Runs the browser tests whose file name contains one of `names`, or all.
///
/// Expects the page and the command to be built. A test that fails is run once more,
/// alone; one that passes then has passed, and `report` names it.
///
/// - `runner_args`: `--repeat N`, `--slow`, as `tests/e2e/run.mjs` takes them
///
/// # Errors
///
/// Fails when no file fits, and when a test fails.
pub(crate) fn run_specs(
    names: &[String],
    runner_args: &[String],
    report: &mut Report,
) -> Result<()> {
    let specs = files_with_suffix(&e2e_dir(), ".spec.mjs", names)?;
    let mut node = browser_node()?;
    if let Some(firefox) = firefox()? {
        node.env("CARTO_FIREFOX", firefox);
    }
    if let Some(driver) = webkit_driver()? {
        node.env("CARTO_WEBKIT_DRIVER", driver);
    }
    run_runner(&mut node, runner_args, &specs, report)
}

/// Runs the tests of scripts and workflows, which need no browser.
///
/// # Errors
///
/// As [`run_specs`].
pub(crate) fn run_node_tests(report: &mut Report) -> Result<()> {
    let tests = files_with_suffix(&root().join("tests").join("node"), ".test.mjs", &[])?;
    run_runner(&mut node(&e2e_dir())?, &[], &tests, report)
}

fn run_runner(
    node: &mut Command,
    args: &[String],
    files: &[PathBuf],
    report: &mut Report,
) -> Result<()> {
    let table = target_dir().join("test-report.tsv");
    if table.exists() {
        fs::remove_file(&table).with_context(|| format!("cannot remove {}", table.display()))?;
    }
    node.arg(e2e_dir().join("run.mjs")).args(args).args(files).env("CARTO_REPORT", &table);
    let result = run(node);
    let found = read(&table).and_then(|text| read_report(&text));
    match (result, found) {
        (result, Ok(found)) => {
            let is_empty = found.counts.total() == 0;
            report.add(found);
            result?;
            if is_empty {
                bail!("found no tests in {} files", files.len());
            }
            Ok(())
        }
        (Err(error), Err(_)) => Err(error),
        (Ok(()), Err(error)) => Err(error.context("the test runner left no report")),
    }
}

/// One line a test: outcome, seconds, file, name.
fn read_report(table: &str) -> Result<Report> {
    let mut report = Report::default();
    for line in table.lines() {
        let mut cells = line.splitn(4, '\t');
        let mut cell = || cells.next().with_context(|| format!("not a line of a report: {line}"));
        let (outcome, seconds, file, name) = (cell()?, cell()?, cell()?, cell()?);
        let seconds = seconds.parse().with_context(|| format!("no time in {line}"))?;
        let name = format!("{file}: {name}");
        let counts = &mut report.counts;
        match outcome {
            "passed" => counts.passed += 1,
            "flaky" => {
                counts.passed += 1;
                report.flaky.push(name.clone());
            }
            "failed" => counts.failed += 1,
            "skipped" => counts.skipped += 1,
            other => bail!("a test ended as {other}, which the runner does not know"),
        }
        report.times.push(TestTime { seconds, name });
    }
    Ok(report)
}

/// Runs one script of `tests/e2e` with the page served.
///
/// - `args`: what the script is told
///
/// # Errors
///
/// Passes on its failure.
pub(crate) fn run_script(file_name: &str, args: &[String]) -> Result<()> {
    let script = e2e_dir().join(file_name);
    if !script.exists() {
        bail!("there is no tests/e2e/{file_name}");
    }
    build_command()?;
    run(browser_node()?.arg(script).args(args))
}

/// The `carto` command: the page's results are held against its own.
fn build_command() -> Result<()> {
    run(&mut cargo(&["build", "--package", "carto-cli"]))
}

fn expect_page() -> Result<()> {
    if !dist().join("index.html").exists() {
        bail!("there is no built page: run cargo xtask build first");
    }
    Ok(())
}

/// Node.js with its packages installed, a browser found and the page served.
fn browser_node() -> Result<Command> {
    expect_page()?;
    let mut node = node(&e2e_dir())?;
    node.env("CARTO_CHROMIUM", chromium()?).env("CARTO_URL", server::start(&dist(), 0)?);
    Ok(node)
}

fn e2e_dir() -> PathBuf {
    root().join("tests").join("e2e")
}

/// Files in `dir` that end in `suffix` and whose names contain one of `names`, if there
/// are some, sorted.
fn files_with_suffix(dir: &Path, suffix: &str, names: &[String]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let path = entry?.path();
        let file_name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_wanted = names.is_empty() || names.iter().any(|name| file_name.contains(name));
        if file_name.ends_with(suffix) && is_wanted {
            files.push(path);
        }
    }
    if files.is_empty() {
        let (dir, names) = (dir.display(), names.join(" or "));
        bail!("no file in {dir} ends in {suffix} and contains {names}");
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Counts;

    #[test]
    fn a_report_counts_what_passed_the_second_time_and_names_it() {
        let table = "passed\t1.5\trun.spec.mjs\ta: b\nflaky\t2.0\trun.spec.mjs\tc\n\
                     failed\t0.1\tx.mjs\td\nskipped\t0\tx.mjs\te\n";
        let report = read_report(table).unwrap();
        assert_eq!(report.counts, Counts { passed: 2, failed: 1, skipped: 1 });
        assert_eq!(report.flaky, ["run.spec.mjs: c"]);
        assert_eq!(report.slowest(2)[1].name, "run.spec.mjs: a: b");
        assert!(read_report("passed\t1.5\n").is_err());
        assert!(read_report("vanished\t1\tx\ty\n").is_err());
    }

    #[test]
    fn what_is_for_the_runner_is_told_from_names_of_tests() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let mut args = words("run --slow --repeat 3 --no-build");
        assert_eq!(take_runner_args(&mut args).unwrap(), ["--repeat", "3", "--slow"]);
        assert_eq!(args, ["run", "--no-build"]);
        assert!(take_runner_args(&mut words("--repeat run")).is_err());
        assert!(take_runner_args(&mut words("--repeat 0")).is_err());
    }
}
