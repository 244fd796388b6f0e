use carto_evidence::{Alignment, EvidenceMap};
use carto_types::SongPlan;

/// By how much the times of two maps of a song lie apart: not at all where they share an audio file,
/// else as their recordings were heard, or as their timing points say.
///
/// - `a`, `b`: places as of [`SongPlan::map`], ascending
/// - `maps`: the two
/// - returns: `None` for places without a map
pub(crate) fn alignment(
    song: &SongPlan,
    (a, b): (u32, u32),
    [one, other]: [&EvidenceMap; 2],
) -> Option<Alignment> {
    let (plan_a, plan_b) = (song.map(a)?, song.map(b)?);
    let heard = song.evidence.as_ref().and_then(|evidence| evidence.heard(a, b));
    Some(Alignment::of_pair(one, other, plan_a.shares_audio(plan_b), heard))
}
