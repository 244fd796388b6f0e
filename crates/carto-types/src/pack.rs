//! What a pack holds: a file with several archives in it.

use serde::{Deserialize, Serialize};

use crate::Issue;

/// A pack, after its directory was read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PackContents {
    /// The archives in it, in the order of their paths.
    pub archives: Vec<PackedArchive>,
    /// Whether `.osu` files lie in it too, so that it is an archive itself under another name.
    pub has_maps: bool,
    /// What of it cannot be read.
    pub issues: Vec<Issue>,
}

/// An archive in a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedArchive {
    /// The pack's own path, `/`, and the path in it: `pack.zip/one.osz`.
    pub path: String,
    /// Index of the entry in the pack's directory.
    pub entry_idx: u32,
    /// Size once it is unpacked.
    pub size_bytes: u64,
    /// Where its first byte stands in the pack, if it is stored there as it is; else it is
    /// to be unpacked first.
    pub stored_at: Option<u64>,
}
