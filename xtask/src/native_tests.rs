//! Everything that runs without a browser: compiled and linted once, then run.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::check::{FEATURES_OF_LIBRARIES, tested_features};
use crate::libtest::run_test_program;
use crate::process::{capture, cargo, command, run};
use crate::report::Report;

/// One compiled test program.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TestProgram {
    /// The package, and its target where that has another name.
    name: String,
    executable: PathBuf,
    /// The folder of the package, where `cargo test` would start it.
    folder: PathBuf,
}

/// Cargo with clippy in the place of the compiler, for the crates of the workspace.
fn linting_cargo(args: &[&str]) -> Result<Command> {
    let mut cargo = cargo(args);
    cargo
        .env("RUSTC_WORKSPACE_WRAPPER", clippy_driver()?)
        // As `cargo clippy -- -D warnings` passes it on.
        .env("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
    Ok(cargo)
}

/// Compiles and lints the command as it is installed, without training and graphics
/// processors: what the browser tests hold the page against.
///
/// It comes along with a test of it: so cargo gives its dependencies the features that the
/// other tests have, and they are compiled already.
///
/// # Errors
///
/// Passes on what does not compile or has a warning.
pub(crate) fn compile_command() -> Result<()> {
    let mut test = linting_cargo(&["test", "--workspace", "--no-run", "--test", "command"])?;
    run(test.args(["--features", FEATURES_OF_LIBRARIES]))
}

/// Compiles all tests, and what they start, with clippy in the place of the compiler:
/// one pass gives the programs and the lints, where `cargo clippy` and `cargo test` would
/// compile everything twice. Warnings are errors.
///
/// Clippy looks at code before the compiler's own optimisations and so leaves those out;
/// LLVM's remain.
///
/// # Errors
///
/// Passes on what does not compile or has a warning.
pub(crate) fn compile_with_lints() -> Result<Vec<TestProgram>> {
    let mut test = linting_cargo(&["test", "--workspace", "--all-targets", "--no-run"])?;
    test.args(["--features", &tested_features()]);
    test.args(["--message-format", "json-render-diagnostics"]);
    let output = test.stderr(Stdio::inherit()).output().context("cannot start cargo")?;
    if !output.status.success() {
        bail!("the workspace does not compile without warnings");
    }
    test_programs(&String::from_utf8_lossy(&output.stdout))
}

/// The part of clippy that compiles, beside the compiler itself.
fn clippy_driver() -> Result<PathBuf> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let sysroot = capture(command(rustc).args(["--print", "sysroot"]))?;
    let name = format!("clippy-driver{}", std::env::consts::EXE_SUFFIX);
    Ok(Path::new(sysroot.trim()).join("bin").join(name))
}

/// Reads what cargo says of what it compiled, one JSON object a line.
fn test_programs(messages: &str) -> Result<Vec<TestProgram>> {
    let mut programs = Vec::new();
    for line in messages.lines() {
        let message: Value = serde_json::from_str(line).context("cargo says what is no JSON")?;
        let is_bench = message["target"]["kind"]
            .as_array()
            .is_some_and(|kinds| kinds.contains(&"bench".into()));
        if message["profile"]["test"] != true || is_bench {
            continue;
        }
        let Some(executable) = message["executable"].as_str() else { continue };
        let manifest = Path::new(message["manifest_path"].as_str().unwrap_or_default());
        let folder = manifest.parent().context("cargo names no package")?;
        let package = message["package_id"].as_str().unwrap_or_default();
        programs.push(TestProgram {
            name: program_name(package, message["target"]["name"].as_str().unwrap_or_default()),
            executable: executable.into(),
            folder: folder.to_owned(),
        });
    }
    programs.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(programs)
}

/// A package is named by the end of its path: `path+file:///src/carto-beatmap#0.1.0`, or
/// `...#name@0.1.0` where the folder has another name.
fn program_name(package_id: &str, target: &str) -> String {
    let (path, version) = package_id.rsplit_once('#').unwrap_or((package_id, ""));
    let package = match version.split_once('@') {
        Some((name, _)) => name,
        None => path.rsplit('/').next().unwrap_or(path),
    };
    if target.replace('_', "-") == package {
        package.to_owned()
    } else {
        format!("{package}/{target}")
    }
}

/// Runs all programs, those after one that fails too.
///
/// # Errors
///
/// Names the programs in which a test failed; fails where there was no test at all.
pub(crate) fn run_programs(programs: &[TestProgram], report: &mut Report) -> Result<()> {
    let mut failed = Vec::new();
    for program in programs {
        let mut test = Command::new(&program.executable);
        test.current_dir(&program.folder).env("CARGO_MANIFEST_DIR", &program.folder);
        if let Err(error) = run_test_program(&program.name, &mut test, report) {
            println!("{error:#}");
            failed.push(program.name.as_str());
        }
    }
    if !failed.is_empty() {
        bail!("tests failed in {}", failed.join(", "));
    }
    if report.counts.total() == 0 {
        bail!("found no native tests");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_those_that_cargo_names_and_no_benchmarks() {
        let artifact = |id: &str, target: &str, kind: &str, is_test: bool| {
            format!(
                "{{\"reason\":\"compiler-artifact\",\"package_id\":\"path+file:///w/crates/{id}\",\
                 \"manifest_path\":\"/w/crates/a/Cargo.toml\",\
                 \"target\":{{\"kind\":[\"{kind}\"],\"name\":\"{target}\"}},\
                 \"profile\":{{\"test\":{is_test}}},\"executable\":\"/w/target/{target}\"}}"
            )
        };
        let messages = [
            artifact("carto-beatmap#0.1.0", "carto_beatmap", "lib", true),
            artifact("carto-beatmap#0.1.0", "hostile", "test", true),
            artifact("carto-beatmap#0.1.0", "ratios", "bench", true),
            artifact("w#osu-cartography@0.1.0", "carto", "bin", false),
            "{\"reason\":\"build-finished\",\"success\":true}".to_owned(),
        ];
        let programs = test_programs(&messages.join("\n")).unwrap();
        let names: Vec<_> = programs.iter().map(|program| program.name.as_str()).collect();
        assert_eq!(names, ["carto-beatmap", "carto-beatmap/hostile"]);
        assert_eq!(programs[1].folder, Path::new("/w/crates/a"));
        assert_eq!(programs[1].executable, Path::new("/w/target/hostile"));
        assert!(test_programs("warning: not JSON").is_err());
    }

    #[test]
    fn a_package_is_called_by_its_name() {
        assert_eq!(program_name("path+file:///w/xtask#0.1.0", "xtask"), "xtask");
        assert_eq!(
            program_name("path+file:///w#osu-cartography@0.1.0", "osu-cartography"),
            "osu-cartography"
        );
    }
}
