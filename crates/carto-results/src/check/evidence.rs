//! The evidence over all songs.

use carto_types::{EVIDENCE_FORMAT, RunEvidence, ShiftCounts, SignalChannel};

use super::rules::{MAX_DIMS, MAX_TEXT, limited, of_length, unexpected};
use crate::ResultError;

/// Dimensions in one table.
const MAX_DIMENSIONS: usize = MAX_DIMS + SignalChannel::COUNT;

/// Signs of pairs and triples of channels: there are 36 and 84.
const MAX_SIGNS: usize = 120;

/// - `n_songs`: of the result
pub(super) fn check(evidence: &RunEvidence, n_songs: usize) -> Result<(), ResultError> {
    if evidence.format != EVIDENCE_FORMAT {
        return Err(unexpected("evidence.format", &evidence.format, EVIDENCE_FORMAT));
    }
    let tables = &evidence.set.tables;
    limited(tables.len(), MAX_DIMENSIONS, || "evidence.set.tables".to_owned())?;
    for (idx, table) in tables.iter().enumerate() {
        let at = || format!("evidence.set.tables[{idx}].dimensions");
        limited(table.dimensions.len(), MAX_DIMENSIONS, at)?;
        for dimension in &table.dimensions {
            limited(dimension.name.len(), MAX_TEXT, || format!("a name in {}", at()))?;
            limited(dimension.influences.len(), n_songs, || format!("influences in {}", at()))?;
            for influence in &dimension.influences {
                let place = influence.song_idx as usize + 1;
                limited(place, n_songs, || format!("a song of influences in {}", at()))?;
            }
        }
    }
    for (channel, counts) in evidence.shifts.iter() {
        let Some(counts) = counts else { continue };
        let n_counts = counts.counts().len();
        of_length(n_counts, ShiftCounts::N_BINS, || format!("evidence.shifts.{}", channel.name()))?;
    }
    limited(evidence.signs.len(), MAX_SIGNS, || "evidence.signs".to_owned())
}
