//! The maps that a person means, scanned and planned as the songs of a run.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use carto_types::{ArchiveFacts, Mode, OwnerRow, StudyPlan};

use crate::analyze::scan_all;
use crate::inputs::{self, Input, NO_MAPS};
use crate::run_cache::RunCache;
use crate::{owners, terminal};

/// What was named, and its plan.
pub(crate) struct Planned {
    pub(crate) inputs: Vec<Input>,
    /// One of each input, in the same order.
    pub(crate) archives: Vec<ArchiveFacts>,
    pub(crate) plan: StudyPlan,
}

/// Scans all that was named and plans it; says on stderr what of it cannot be read.
///
/// - `owners`: a table of who made which difficulty
///
/// # Errors
///
/// A path that does not exist, nothing that could be a map, a table that cannot be read.
pub(crate) fn plan(paths: &[PathBuf], owners: Option<&Path>, mode: Mode) -> Result<Planned> {
    let (inputs, issues) = inputs::collect(paths, mode)?;
    issues.iter().for_each(terminal::warn);
    if inputs.is_empty() {
        bail!(NO_MAPS);
    }
    let owners: Vec<OwnerRow> = match owners {
        Some(path) => {
            let (rows, odd) = owners::read_table(path)?;
            odd.iter().for_each(terminal::warn);
            rows
        }
        None => Vec::new(),
    };
    terminal::silence_panics();
    let archives = scan_all(&inputs, mode, &RunCache::open(None, &inputs, mode)?);
    let plan = carto_study::plan(&archives, mode, &owners);
    Ok(Planned { inputs, archives, plan })
}
