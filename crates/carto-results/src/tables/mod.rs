//! Every table of a result as comma-separated values.

mod cells;
mod evidence;
pub(crate) mod mapper;
mod songs;
#[cfg(test)]
mod tests;
mod tracks;

use carto_types::{OutputFile, RunResult};

/// All tables that there are figures for: `channels.csv`, `latents.csv`,
/// `synthesis.csv`, `coupling.csv`, `signs.csv`, `held_out.csv`, `songs.csv`, `pairs.csv`,
/// `evidence_channels.csv` and `evidence_pairs.csv`.
///
/// UTF-8 with a first row of names. Numbers have all their digits; a text that
/// would be a formula in a spreadsheet begins with an apostrophe.
#[must_use]
pub fn tables(result: &RunResult) -> Vec<OutputFile> {
    let synthesis = result.synthesis.as_ref();
    let found = result.evidence.as_ref();
    let has_songs = !result.songs.is_empty();
    let tables = [
        ("channels.csv", result.track_a.as_ref().map(tracks::channels)),
        ("latents.csv", result.track_b.as_ref().map(tracks::latents)),
        ("synthesis.csv", synthesis.map(tracks::synthesis)),
        ("coupling.csv", synthesis.and_then(tracks::coupling)),
        ("signs.csv", synthesis.map(tracks::signs)),
        ("held_out.csv", result.held_out.as_ref().map(tracks::held_out)),
        ("songs.csv", has_songs.then(|| songs::songs(&result.songs))),
        ("pairs.csv", has_songs.then(|| songs::pairs(&result.songs))),
        ("evidence_channels.csv", found.map(evidence::channels)),
        ("evidence_pairs.csv", found.map(|_| evidence::pairs(&result.songs))),
    ];
    let file = |(name, text): (&str, Option<String>)| Some(OutputFile::new(name, text?));
    tables.into_iter().filter_map(file).collect()
}
