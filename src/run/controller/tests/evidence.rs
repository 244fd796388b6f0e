//! Evidence on its way from summaries to the page.

use std::rc::Rc;

use carto_types::{
    DimensionEvidence, EvidenceTable, EvidenceTableKind, Packed, RunEvidence, SongInfluence,
    SongOutcome,
};

use super::whole_run::TWO_SONGS;
use super::*;

/// Evidence that names every compared song; `None` without one.
pub(super) fn of_run(run: &SharedRun) -> Option<Packed<RunEvidence>> {
    let influence = |outcome: &Rc<SongOutcome>| SongInfluence {
        song_idx: outcome.song_idx,
        n_pairs: outcome.pairs.len() as u32,
        value: 0.5,
        change: 0.0,
    };
    let influences: Vec<_> = run.outcomes.iter().map(influence).collect();
    let is_any = !influences.is_empty();
    let dimensions = vec![DimensionEvidence { influences, ..DimensionEvidence::default() }];
    let mut evidence = RunEvidence::default();
    evidence.set.tables = vec![EvidenceTable { kind: EvidenceTableKind::Phi, dimensions }];
    is_any.then(|| Packed::of(&evidence))
}

/// Places of the songs that the evidence names; `None` without evidence.
fn songs_of_evidence(bench: &Bench) -> Option<Vec<u32>> {
    let evidence = bench.controller.summary.evidence.as_ref()?.value()?;
    let named = &evidence.set.tables[0].dimensions[0].influences;
    let mut places: Vec<_> = named.iter().map(|song| song.song_idx).collect();
    places.sort_unstable();
    Some(places)
}

#[test]
fn evidence_comes_with_the_first_songs_and_never_names_another_song() {
    let mut bench = Bench::new();
    bench.add(&TWO_SONGS);
    let mut songs = bench.drive_until(is_song);
    assert_eq!(songs_of_evidence(&bench), None);
    bench.answer(songs.remove(0));
    bench.controller.now_s += 10.0;
    let summary = bench.commands(0).remove(0);
    assert!(!is_last_summary(&summary.request), "a song is left");
    bench.answer(summary);
    assert_eq!(songs_of_evidence(&bench), Some(vec![0]));
    bench.controller.cancel();
    bench.drive();
    assert_eq!(songs_of_evidence(&bench), Some(vec![0]), "what was found stays");
    bench.controller.resume();
    bench.drive();
    assert_eq!(songs_of_evidence(&bench), Some(vec![0, 1]));

    // "aria" takes the first place: until it is summed up anew, nothing names a song.
    bench.add(&["aria-ann.osz", "aria-bob.osz", "aria-cid.osz"]);
    let songs = bench.drive_until(is_song);
    assert_eq!(songs_of_evidence(&bench), None);
    songs.into_iter().for_each(|song| bench.answer(song));
    bench.drive();
    assert_eq!(songs_of_evidence(&bench), Some(vec![0, 1, 2]));
}
