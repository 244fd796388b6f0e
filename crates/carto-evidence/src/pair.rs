use carto_types::{AlignmentClass, ByChannel, PairEvidence, ShiftCounts};

use crate::bars::Bars;
use crate::lag::Alignment;
use crate::map::{CLOCK, EvidenceMap, TAIL_MS};
use crate::on_bars::MapOnBars;
use crate::span::{compare_span, r_of_frames};
use crate::tempo::MainTempo;

/// A map of another song, for what a shared grid alone gives.
#[derive(Debug, Clone, Copy)]
pub struct OtherSong<'a> {
    /// What results call it.
    pub name: &'a str,
    /// The map; one that is not steady or too short is left out.
    pub map: &'a EvidenceMap,
}

/// All evidence of one pair of maps.
///
/// - `alignment`: [`Alignment::of_timing_points`] of the two, [`Alignment::of_audio`] where their
///   recordings were heard, or [`Alignment::of_one_file`] of difficulties of one set with one audio
///   file
/// - `others`: what A is held against besides, if the pair is aligned and both are steady
#[must_use]
pub fn compare_pair(
    a: &EvidenceMap,
    b: &EvidenceMap,
    alignment: &Alignment,
    others: &[OtherSong<'_>],
) -> PairEvidence {
    compare_pair_with_shifts(a, b, alignment, others).0
}

/// The same, with the counts of [`MapOnBars::compare_with_shifts`].
#[must_use]
pub fn compare_pair_with_shifts(
    a: &EvidenceMap,
    b: &EvidenceMap,
    alignment: &Alignment,
    others: &[OtherSong<'_>],
) -> (PairEvidence, ByChannel<Option<ShiftCounts>>) {
    let tempos = [a.tempo(), b.tempo()];
    let lag_ms = alignment.lag_ms;
    let end_ms = a.end_ms().min(b.end_ms()) + TAIL_MS;
    let n_frames = a.n_frames().min(b.n_frames());
    let published = CLOCK.frames_between(0.0, end_ms, n_frames);
    let as_is = compare_span(a, b, 0.0);
    let aligned = if lag_ms == 0.0 { as_is.clone() } else { compare_span(a, b, lag_ms) };
    let is_on_bars = alignment.class == AlignmentClass::Aligned && aligned.is_some();
    let bars = is_on_bars.then(|| Bars::shared(a, b, lag_ms)).flatten();
    let on_bars = bars.map(|bars| MapOnBars::new(a, bars));
    let steady = tempos.iter().all(|tempo| tempo.is_some_and(|tempo| tempo.is_steady));
    let other_songs = match &on_bars {
        Some(on_bars) if steady && on_bars.bars().is_enough() => others
            .iter()
            .filter_map(|other| on_bars.compare_other_song(other.map, other.name))
            .collect(),
        _ => Vec::new(),
    };
    let (on_bars, shifts) = on_bars
        .map(|on_bars| on_bars.compare_with_shifts(b, lag_ms))
        .map_or_else(Default::default, |(found, shifts)| (Some(found), shifts));
    let evidence = PairEvidence {
        tempo: tempos.map(|tempo| tempo.map(|tempo| tempo.beat_ms)),
        phase: tempos.map(|tempo| tempo.map(MainTempo::phase_ms)),
        steady,
        grid_share: alignment.grid_share,
        class: alignment.class,
        source: alignment.source,
        lag_ms,
        k: alignment.k,
        warning: alignment.warning.clone(),
        n_frames: published.len() as u64,
        objects: [a, b].map(|map| map.signal().beatmap().hit_objects.len() as u32),
        r_published: r_of_frames(a, b, 0.0, published),
        as_is,
        aligned,
        on_bars,
        other_songs,
    };
    (evidence, shifts)
}
