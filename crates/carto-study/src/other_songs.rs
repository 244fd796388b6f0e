//! Maps of other songs on the bars of a pair: what a shared grid alone gives.

use std::io::{Read, Seek};

use carto_archive::MapSource;
use carto_evidence::{Bars, EvidenceMap, MapOnBars};
use carto_types::{
    AlignmentClass, Mode, OtherSongAgreement, Packed, PairEvidence, PairKind, PairOutcome,
    SongOutcome, SongPlan, StudyPlan,
};

use crate::loaded_map::read_one;

/// Maps of other songs that a pair is held against, at most.
const N_OTHERS: usize = 5;

/// The pairs of a run as each other's other songs.
#[derive(Debug)]
pub struct OtherSongs<'r> {
    plan: &'r StudyPlan,
    outcomes: &'r [SongOutcome],
    /// Of each pair of two mappers and two sets the place of its song and its second map.
    pairs: Vec<(usize, u32)>,
}

impl<'r> OtherSongs<'r> {
    /// - `outcomes`: of all songs
    #[must_use]
    pub fn new(plan: &'r StudyPlan, outcomes: &'r [SongOutcome]) -> Self {
        let pairs = outcomes.iter().enumerate().flat_map(|(place, song)| {
            let is_cross = |pair: &&PairOutcome| cross_evidence(pair).is_some();
            song.pairs.iter().filter(is_cross).map(move |pair| (place, pair.b))
        });
        Self { plan, outcomes, pairs: pairs.collect() }
    }

    /// The first maps of a song's pairs against up to five steady maps of other songs: the second
    /// maps of the pairs of two mappers and two sets that follow in the run, as in a ring.
    ///
    /// Maps are read once more, so this takes longer than the pair itself. What cannot be read is
    /// left out: the comparison of its song has said so.
    ///
    /// - `place`: of the song among the outcomes
    /// - `open`: gives the source at a place of the run's list of archives
    /// - returns: for each pair of the song what was found; nothing unless the pair is aligned and
    ///   both maps are steady
    pub fn of_song<'a, S: Read + Seek>(
        &self,
        place: usize,
        mode: Mode,
        open: &mut dyn FnMut(u32) -> MapSource<'a, S>,
    ) -> Vec<Vec<OtherSongAgreement>> {
        let Some(outcome) = self.outcomes.get(place) else { return Vec::new() };
        let mut read = |song_idx: u32, map_idx: u32| {
            let song = self.song(song_idx)?;
            let mut open_slot = |slot: usize| open(song.archives[slot]);
            EvidenceMap::new(read_one(song, map_idx, mode, &mut open_slot).ok()?).ok()
        };
        // The pairs of a song stand together in the list.
        let mut number = self.pairs.iter().position(|(song, _)| *song == place).unwrap_or_default();
        let mut found = Vec::with_capacity(outcome.pairs.len());
        for pair in &outcome.pairs {
            let evidence = cross_evidence(pair);
            let following = self.following(number, place);
            number += usize::from(evidence.is_some());
            let agreements = evidence.filter(is_on_bars).and_then(|evidence| {
                let map = |map_idx| read(outcome.song_idx, map_idx);
                let [a, b] = [pair.a, pair.b].map(map);
                let (a, b) = (a?, b?);
                let bars = Bars::shared(&a, &b, evidence.lag_ms).filter(Bars::is_enough)?;
                let on_bars = MapOnBars::new(&a, bars);
                Some(self.hold(&on_bars, following, &mut read))
            });
            found.push(agreements.unwrap_or_default());
        }
        found
    }

    /// Second maps of other songs' pairs behind a pair, each once.
    fn following(&self, number: usize, place: usize) -> Vec<(usize, u32)> {
        let n = self.pairs.len();
        let mut following: Vec<(usize, u32)> = Vec::new();
        for other in (1..n).map(|step| self.pairs[(number + step) % n]) {
            if other.0 != place && !following.contains(&other) {
                following.push(other);
            }
        }
        following
    }

    fn hold(
        &self,
        on_bars: &MapOnBars<'_>,
        following: Vec<(usize, u32)>,
        read: &mut dyn FnMut(u32, u32) -> Option<EvidenceMap>,
    ) -> Vec<OtherSongAgreement> {
        let steady = following.into_iter().filter_map(|(place, map_idx)| {
            let song_idx = self.outcomes[place].song_idx;
            let map = read(song_idx, map_idx)?;
            let label = &self.song(song_idx)?.map(map_idx)?.label;
            map.tempo().is_some_and(|tempo| tempo.is_steady).then_some((map, label))
        });
        // Those that are too short for the bars are not replaced.
        let held = steady.take(N_OTHERS);
        held.filter_map(|(map, label)| on_bars.compare_other_song(&map, label)).collect()
    }

    fn song(&self, song_idx: u32) -> Option<&'r SongPlan> {
        self.plan.songs.iter().find(|song| song.song_idx == song_idx)
    }
}

fn is_on_bars(evidence: &PairEvidence) -> bool {
    evidence.class == AlignmentClass::Aligned && evidence.steady
}

/// The evidence of a pair of two mappers and two sets.
fn cross_evidence(pair: &PairOutcome) -> Option<PairEvidence> {
    let finding = pair.evidence.as_ref()?.value()?;
    (finding.kind == PairKind::Cross).then_some(finding.evidence)
}

/// Adds to the pairs of a song what [`OtherSongs::of_song`] found.
pub fn add_other_songs(outcome: &mut SongOutcome, found: Vec<Vec<OtherSongAgreement>>) {
    for (pair, others) in outcome.pairs.iter_mut().zip(found) {
        if let Some(mut finding) = pair.evidence.as_ref().and_then(Packed::value) {
            finding.evidence.other_songs = others;
            pair.evidence = Some(Packed::of(&finding));
        }
    }
}
