use std::path::Path;

use serde::Serialize;

use crate::error::CollectError;
use crate::files::write_whole;

const NAME: &str = "summary.json";

/// What a folder holds after a run, and what could not be had.
///
/// It says nothing of how the run went, so an interrupted run that went on
/// has the same summary as one that was never interrupted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Whether everything was tried.
    pub is_complete: bool,
    /// Collections that are asked for, each counted once.
    pub n_wanted_collections: usize,
    /// Collections in `collections.json`, each counted once.
    pub n_collections: usize,
    /// Rows of `labels.csv`.
    pub n_appearances: usize,
    /// Different maps in them.
    pub n_beatmaps: usize,
    /// Of how many of those `beatmaps.jsonl` has a line.
    pub n_described: usize,
    /// How many of those are in `osu/`.
    pub n_maps: usize,
    /// Collections that osu!collector does not know.
    pub missing_collections: Vec<MissingCollection>,
    /// Ids that the API leaves out of its answers.
    pub left_out_by_api: Vec<u64>,
    /// Ids for which osu! serves no map, or an empty one.
    pub deleted_maps: Vec<u64>,
    /// What another run may get.
    pub failures: Vec<Failure>,
}

/// A collection that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingCollection {
    /// Its number.
    pub id: u64,
    /// What it should have stood for.
    pub label: String,
}

/// Something that could not be had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// What.
    pub what: String,
    /// Why.
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
        write_whole(folder, NAME, format!("{text}\n").as_bytes())
    }
}
