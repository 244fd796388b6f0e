//! What a run reports: events while it works, and a summary of the folder.

use std::path::Path;
use std::time::Duration;

use serde::Serialize;

use crate::disk::write_atomic;
use crate::error::CollectError;

/// Something that happens in a run. No event holds a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A stage begins.
    Started {
        /// Stage that begins.
        stage: Stage,
        /// Number of items of the stage.
        n_items: usize,
        /// Number of items that the folder had before.
        n_there: usize,
    },
    /// Items of the stage are done, whether they could be had or not.
    Advanced {
        /// Number of items that are done since the last event of this kind.
        n_items: usize,
    },
    /// A request failed and is made again.
    Waiting {
        /// Address of the request.
        url: String,
        /// Why the request failed.
        reason: String,
        /// Time until the request is made again.
        pause: Duration,
    },
    /// An item could not be had; the summary has it too.
    Failed {
        /// Name of the item: `map 7`.
        what: String,
        /// Why it could not be had.
        reason: String,
    },
    /// A hundred maps more were written.
    Disk {
        /// Number of maps that this run wrote.
        n_maps: usize,
        /// Size of all maps in the folder, in bytes.
        folder_bytes: u64,
        /// Free space of the disk, in bytes.
        free_bytes: u64,
    },
}

/// The three parts of a run, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Collections, from osu!collector.
    Collections,
    /// What osu!'s API says of their maps.
    Beatmaps,
    /// The maps themselves.
    Maps,
}

const NAME: &str = "summary.json";

/// Counts of what a folder holds after a run, and what could not be had.
///
/// It says nothing of how the run went, so an interrupted run that went on
/// has the same summary as one that was never interrupted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Whether everything was tried.
    pub is_complete: bool,
    /// Number of collections that are asked for, each counted once.
    pub n_wanted_collections: usize,
    /// Number of collections in `collections.json`, each counted once.
    pub n_collections: usize,
    /// Number of rows of `labels.csv`.
    pub n_appearances: usize,
    /// Number of different maps in `labels.csv`.
    pub n_beatmaps: usize,
    /// Number of those maps that have a line in `beatmaps.jsonl`.
    pub n_described: usize,
    /// Number of those maps that are in `osu/`.
    pub n_maps: usize,
    /// Collections that osu!collector does not know.
    pub missing_collections: Vec<MissingCollection>,
    /// Ids that the API leaves out of its answers.
    pub left_out_by_api: Vec<u64>,
    /// Ids for which osu! serves no map, or an empty one.
    pub deleted_maps: Vec<u64>,
    /// Things that failed; another run may get them.
    pub failures: Vec<Failure>,
}

/// A collection that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingCollection {
    /// Number of the collection at osu!collector.
    pub id: u64,
    /// Label that it should have stood for.
    pub label: String,
}

/// Something that could not be had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Name of the thing: `map 7`.
    pub what: String,
    /// Why it failed.
    pub reason: String,
}

impl Summary {
    /// Writes `summary.json`.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), CollectError> {
        // Texts and numbers always have a JSON form.
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        write_atomic(folder, NAME, format!("{text}\n").as_bytes())
    }
}
