//! What the program that walks through folders hands to the page.

use carto_types::{Issue, SourceFiles};
use serde::{Deserialize, Serialize};

/// Which part of a drop it is: what lies in large folders is handed on while they are walked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DropPart {
    /// All of it.
    #[default]
    Whole,
    /// The first; more is on its way.
    First,
    /// One in between.
    Middle,
    /// The last, which may hold nothing.
    Last,
}

/// What was found below folders, or a part of it. The handles of its files come beside it:
/// those of `files`, then those of each set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoundPart {
    /// Paths of files that belong to no set, below the folder that was dropped.
    pub files: Vec<String>,
    /// Extracted sets.
    pub sets: Vec<SourceFiles>,
    /// Other files: counted, never opened.
    pub n_other: usize,
    /// Folders and files that the browser could not open.
    pub issues: Vec<Issue>,
    /// Which part it is.
    pub part: DropPart,
}
