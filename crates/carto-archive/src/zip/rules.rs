//! Whose reading of a zip file counts.

use carto_types::Mode;

/// Whose reading decides where an archive is unclear: about the encoding of names
/// without the UTF-8 flag, and about the end record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZipRules {
    /// Python's `zipfile`, which the published pipeline and PyTorch use: such names are
    /// code page 437, and the last signature of an end record counts, even where it
    /// stands in the comment.
    Python,
    /// As osu! players know their archives: a name is UTF-8 where it is valid, else
    /// Shift-JIS, which osu!stable's export writes, else code page 437; a Unicode name
    /// in the extra field comes first; and the end record that leads to a directory
    /// counts.
    Osu,
}

impl From<Mode> for ZipRules {
    /// The reading that goes with the rules for maps.
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Published => Self::Python,
            Mode::Osu => Self::Osu,
        }
    }
}
