//! House automation, run as `cargo xtask <command>`.
//!
//! Everything that a fresh machine needs beyond rustup is installed by the
//! command that needs it, into a per-user cache keyed by version.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "talking on the terminal is what this program is for"
)]

mod bench;
mod browser;
mod check;
mod circles;
mod deps;
mod deps_table;
mod evidence_report;
mod install;
mod libtest;
mod native_tests;
mod node;
mod page;
mod process;
mod report;
mod serve;
mod server;
mod site;
mod size;
mod system;
mod test;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
usage: cargo xtask <command>

  serve [--port N]          install what is missing, build the page, serve it on 127.0.0.1
  dev [--port N]            build the page unoptimised and serve it; build again on every change
  build                     build the page that is published into dist/
  site                      build dist/ as it is published: with the published encoder beside it
  test                      everything: format, lints, edges, native, wasm and browser tests
  check                     the quick part of it: format, lints, edges
  deps                      check which crate may depend on which
  e2e [--no-build] [--repeat N] [--slow] [NAME...]
                            browser tests, all or those whose file name contains NAME; N times;
                            with answers that come late at random
  bench [NAME...] [--peers] benchmarks by name; `memory` watches the page, `library [N [M]]`
                            reads N archives and M folders, `encoder` is a table of every
                            path, with --peers of other programs too
  evidence-report [--corpus DIR]
                            compute the figures of docs/evidence.md from ../shared/corpus, or from
                            another folder of maps (minutes)
  golden-latents            all golden latents of the full-size encoder (minutes)
  lighthouse [--no-build] [--runs N]
                            how fast a first visit is, and its accessibility, against their goals
  published                 the published figures again, from ../shared/published
  size                      what a first visit loads, against its budget
  screenshot [--no-build]   draw docs/page.png from the demo set
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(args: &[String]) -> Result<()> {
    let Some((command, rest)) = args.split_first() else {
        bail!("no command given\n\n{USAGE}");
    };
    match (command.as_str(), rest) {
        ("serve", rest) => serve::serve(rest),
        ("dev", rest) => serve::dev(rest),
        ("build", []) => page::build(),
        ("site", []) => site::site(),
        ("lighthouse", rest) => browser::lighthouse(rest),
        ("test", []) => test::test(),
        ("check", []) => check::check(),
        ("deps", []) => deps::deps(),
        ("e2e", rest) => browser::e2e(rest),
        ("bench", names) => bench::bench(names),
        ("evidence-report", rest) => evidence_report::evidence_report(rest),
        ("golden-latents", []) => test::golden_latents(),
        ("published", []) => site::published(),
        ("size", []) => size::size(),
        ("screenshot", rest) => browser::screenshot(rest),
        ("help" | "--help" | "-h", _) => {
            print!("{USAGE}");
            Ok(())
        }
        (command, rest) => bail!("not understood: {command} {}\n\n{USAGE}", rest.join(" ")),
    }
}
