//! `cargo xtask size`: what a first visit loads, after gzip, against its budget.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use flate2::Compression;

use crate::page::dist;
use crate::server::gzip;

/// wasm and js of the page after gzip: what a visit loads before anything is dropped.
const APP_BUDGET_BYTES: usize = 400 * 1000;

/// wasm and js of the analysis worker after gzip. It loads with the first file,
/// never before (`tests/e2e/smoke.spec.mjs` watches), and has a budget of its own.
const WORKER_BUDGET_BYTES: usize = 350 * 1000;

/// wasm and js of the worker of results after gzip. It loads when a result is
/// opened, sent, saved or compared.
const RESULTS_BUDGET_BYTES: usize = 270 * 1000;

/// wasm and js of the larger of the encoder's two workers after gzip. It loads
/// when latents are asked for; a browser loads one of the two.
const ENCODER_BUDGET_BYTES: usize = 1200 * 1000;

/// wasm and js of the worker of beatmaps after gzip: features, star rating, and
/// Burn for the training of classifiers. It loads when the view of beatmaps reads
/// its first file.
const BEATMAPS_BUDGET_BYTES: usize = 680 * 1000;

/// wasm and js of the view of beatmaps after gzip, a program of its own.
const BEATMAPS_VIEW_BUDGET_BYTES: usize = 300 * 1000;

/// One file of the built page.
struct BuiltFile {
    /// Relative to `dist/`.
    name: String,
    group: Group,
    raw_bytes: usize,
    gzip_bytes: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Page,
    App,
    Worker,
    Results,
    Encoder,
    EncoderRelaxed,
    Beatmaps,
    BeatmapsView,
    Font,
}

/// Programs of workers, which the page starts but does not link; the first name
/// that a file's begins with counts.
const WORKERS: [(&str, Group); 6] = [
    ("carto-beatmaps-view", Group::BeatmapsView),
    ("carto-beatmaps-worker", Group::Beatmaps),
    ("carto-results-worker", Group::Results),
    ("carto-worker", Group::Worker),
    ("carto-encoder-relaxed", Group::EncoderRelaxed),
    ("carto-encoder", Group::Encoder),
];

const GROUPS: [(Group, &str); 9] = [
    (Group::App, "app: js and wasm"),
    (Group::Worker, "analysis worker: js and wasm (loads with the first file)"),
    (Group::Results, "results worker: js and wasm (loads when a result is opened, sent or saved)"),
    (Group::Encoder, "encoder worker: js and wasm (loads when latents are asked for)"),
    (Group::EncoderRelaxed, "the same with relaxed SIMD (loads in its place where it can)"),
    (Group::Beatmaps, "beatmaps worker: js and wasm (loads with the first file of that view)"),
    (Group::BeatmapsView, "view of beatmaps: js and wasm (loads when it is opened)"),
    (Group::Page, "page: html with its styles, service worker (not in the budget)"),
    (Group::Font, "fonts: as they are (not in the budget; a subset loads when a title needs it)"),
];

/// Prints a table of `dist/` and compares it with the budget.
///
/// # Errors
///
/// Fails above the budget, and when there is no built page or no wasm in it.
pub(crate) fn size() -> Result<()> {
    let mut files = Vec::new();
    collect(&dist(), "", &mut files).context("no built page: run cargo xtask build first")?;
    files.sort_by(|a, b| a.name.cmp(&b.name));
    for (group, title) in GROUPS {
        print_group(&files, group, title);
    }
    let counted = |group| sum(&files, group).1;
    let (app, worker) = (counted(Group::App), counted(Group::Worker));
    if app == 0 {
        bail!("dist/ holds no program: run cargo xtask build first");
    }
    within("first load", app, APP_BUDGET_BYTES)?;
    within("analysis worker, with the first file", worker, WORKER_BUDGET_BYTES)?;
    within("results worker, with the first result", counted(Group::Results), RESULTS_BUDGET_BYTES)?;
    let view = counted(Group::BeatmapsView);
    within("view of beatmaps, when it is opened", view, BEATMAPS_VIEW_BUDGET_BYTES)?;
    let beatmaps = counted(Group::Beatmaps);
    within("beatmaps worker, with the first file of its view", beatmaps, BEATMAPS_BUDGET_BYTES)?;
    let encoder = counted(Group::Encoder).max(counted(Group::EncoderRelaxed));
    within("encoder worker, with the first latents", encoder, ENCODER_BUDGET_BYTES)
}

fn within(what: &str, n_bytes: usize, budget: usize) -> Result<()> {
    let (shown, limit) = (grouped(n_bytes), grouped(budget));
    println!("{what}: {shown} of {limit} bytes of wasm and js after gzip -9");
    if n_bytes > budget {
        bail!("{what}: {} bytes above the budget", grouped(n_bytes - budget));
    }
    Ok(())
}

fn collect(dir: &Path, prefix: &str, files: &mut Vec<BuiltFile>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else if let Some(group) = group_of(&name) {
            let bytes = fs::read(entry.path()).with_context(|| format!("cannot read {name}"))?;
            let gzip_bytes = match group {
                Group::Font => bytes.len(), // Compressed by its own format.
                _ => gzip(&bytes, Compression::best()).len(),
            };
            files.push(BuiltFile { name, group, raw_bytes: bytes.len(), gzip_bytes });
        }
    }
    Ok(())
}

/// `None` for what a first visit does not load: figures, licences, icons.
fn group_of(name: &str) -> Option<Group> {
    match name.rsplit_once('.')?.1 {
        // The service worker comes once the page stands.
        "html" | "css" => Some(Group::Page),
        _ if name == "sw.js" => Some(Group::Page),
        "woff2" => Some(Group::Font),
        "js" | "wasm" => {
            let worker = WORKERS.iter().find(|(worker, _)| name.starts_with(worker));
            Some(worker.map_or(Group::App, |(_, group)| *group))
        }
        _ => None,
    }
}

fn print_group(files: &[BuiltFile], group: Group, title: &str) {
    println!("{title}");
    for file in files.iter().filter(|file| file.group == group) {
        let (gzip, raw) = (grouped(file.gzip_bytes), grouped(file.raw_bytes));
        println!("  {gzip:>9} gzip {raw:>11} raw  {}", file.name);
    }
    let (raw, gzip) = sum(files, group);
    println!("  {:>9} gzip {:>11} raw  together\n", grouped(gzip), grouped(raw));
}

/// Raw and gzip bytes of one group.
fn sum(files: &[BuiltFile], group: Group) -> (usize, usize) {
    files
        .iter()
        .filter(|file| file.group == group)
        .fold((0, 0), |(raw, gzip), file| (raw + file.raw_bytes, gzip + file.gzip_bytes))
}

/// `1234567` as `1,234,567`.
fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_counts_and_a_worker_counts_apart() {
        assert_eq!(group_of("osu-cartography-0123456789abcdef_bg.wasm"), Some(Group::App));
        assert_eq!(group_of("snippets/leptos-1/inline0.js"), Some(Group::App));
        assert_eq!(group_of("carto-worker-0123456789abcdef_loader.js"), Some(Group::Worker));
        let relaxed = "carto-encoder-relaxed-0123456789abcdef_bg.wasm";
        assert_eq!(group_of(relaxed), Some(Group::EncoderRelaxed));
        assert_eq!(group_of("carto-encoder-0123456789abcdef.js"), Some(Group::Encoder));
        let beatmaps = "carto-beatmaps-worker-0123456789abcdef_bg.wasm";
        assert_eq!(group_of(beatmaps), Some(Group::Beatmaps));
        assert_eq!(group_of("fonts/archivo-LICENSE.txt"), None);
    }

    #[test]
    fn thousands_are_set_off() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
