//! How a run of `carto collect` is shown.

use std::fmt::Write;
use std::path::Path;

use carto_collect::{Event, Stage, Summary};
use indicatif::ProgressBar;

use crate::terminal;

/// Most ids that a line lists; `summary.json` has all.
const SHOWN_IDS: usize = 20;

/// Bars on a terminal, lines for what a person should know.
#[derive(Debug, Default)]
pub(crate) struct Display {
    bar: Option<ProgressBar>,
}

impl Display {
    /// Shows an event: as progress of the bar, or as a line.
    pub(crate) fn show(&mut self, event: &Event) {
        match event {
            Event::Started { stage, n_items, n_there } => {
                self.finish();
                let bar = terminal::progress_bar(name(*stage), *n_items);
                bar.set_position(*n_there as u64);
                bar.reset_eta();
                self.bar = Some(bar);
            }
            Event::Advanced { n_items } => {
                if let Some(bar) = &self.bar {
                    bar.inc(*n_items as u64);
                }
            }
            Event::Waiting { url, reason, pause } => {
                self.line(&format!("{url}: {reason}; again in {:.1} s", pause.as_secs_f64()));
            }
            Event::Failed { what, reason } => self.line(&format!("warning: {what}: {reason}")),
            Event::Disk { n_maps, folder_bytes, free_bytes } => self.line(&format!(
                "{n_maps} maps fetched, {:.1} MB in the folder, {:.1} GB free",
                *folder_bytes as f64 / 1e6,
                *free_bytes as f64 / 1e9
            )),
            _ => {}
        }
    }

    /// Removes the bar.
    pub(crate) fn finish(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    fn line(&self, text: &str) {
        let print = || eprintln!("carto: {text}");
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }
}

fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Collections => "collections",
        Stage::Beatmaps => "API",
        Stage::Maps => "maps",
    }
}

/// Counts of what is in the folder, and a line for each kind of thing that is not.
pub(crate) fn summary(summary: &Summary, folder: &Path) -> String {
    let mut text = format!(
        "{}: {} of {} collections, {} rows of {} maps; {} of them described by the API, {} fetched",
        folder.display(),
        summary.n_collections,
        summary.n_wanted_collections,
        summary.n_appearances,
        summary.n_beatmaps,
        summary.n_described,
        summary.n_maps
    );
    let missing = summary.missing_collections.iter();
    let missing: Vec<_> = missing.map(|one| format!("{} ({})", one.id, one.label)).collect();
    let ids = |ids: &[u64]| ids.iter().map(u64::to_string).collect::<Vec<_>>();
    let failures: Vec<_> = summary.failures.iter().map(|failure| failure.what.clone()).collect();
    for (words, items) in [
        ("collections that do not exist", missing),
        ("maps that the API leaves out", ids(&summary.left_out_by_api)),
        ("maps that are deleted", ids(&summary.deleted_maps)),
        ("failed", failures),
    ] {
        if !items.is_empty() {
            // A string takes everything that is written into it.
            let _ = write!(text, "\n{words}: {}", listed(&items));
        }
    }
    text
}

fn listed(items: &[String]) -> String {
    let shown = items[..items.len().min(SHOWN_IDS)].join(", ");
    match items.len().saturating_sub(SHOWN_IDS) {
        0 => shown,
        n_more => format!("{shown} and {n_more} more, all in summary.json"),
    }
}
