//! The evidence of the pairs of one song.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use carto_archive::MapSource;
use carto_beatmap::beatmap::Beatmap;
use carto_evidence::{EvidenceMap, compare_pair_with_shifts};
use carto_types::{
    CeilingOutcome, Issue, Mode, Packed, PairFinding, PairKind, SignalChannel, SongPlan,
};

use crate::alignment::alignment;
use crate::bounded_cache::BoundedCache;
use crate::loaded_map::read_more;

/// Bytes that maps of one song may keep on frames: as many as signals. Beyond it, they are made
/// again for each of their pairs.
const MAPS_BUDGET_BYTES: usize = 144 << 20;

/// The maps of a song for its evidence.
pub(crate) struct SongEvidence<'a> {
    song: &'a SongPlan,
    /// By place as of [`SongPlan::map`].
    beatmaps: BTreeMap<u32, Beatmap>,
    maps: BoundedCache<EvidenceMap>,
    /// Maps that allow no evidence, which is said once.
    refused: BTreeSet<u32>,
}

impl<'a> SongEvidence<'a> {
    /// Reads the maps of the ceiling to those that are read.
    ///
    /// - `beatmaps`: those of the song's pairs
    /// - `n_frames`: of the song's signals, about as many as the maps have here
    pub(crate) fn read<'s, S: Read + Seek>(
        song: &'a SongPlan,
        mode: Mode,
        mut beatmaps: BTreeMap<u32, Beatmap>,
        n_frames: usize,
        open: &mut dyn FnMut(usize) -> MapSource<'s, S>,
        issues: &mut Vec<Issue>,
    ) -> Self {
        let more = song.evidence.as_ref().map_or(&[][..], |evidence| &evidence.maps);
        let first = song.maps.len() as u32;
        for (map_idx, (map, read)) in (first..).zip(more.iter().zip(read_more(song, mode, open))) {
            match read {
                Ok(beatmap) => drop(beatmaps.insert(map_idx, beatmap)),
                Err(refusal) => {
                    let message =
                        format!("it is not compared for the ceiling: {}", refusal.message);
                    issues.push(Issue::warning(&*map.label, refusal.cause, message));
                }
            }
        }
        let n_bytes = SignalChannel::COUNT * n_frames * size_of::<f64>();
        let maps = BoundedCache::new(MAPS_BUDGET_BYTES, n_bytes);
        Self { song, beatmaps, maps, refused: BTreeSet::new() }
    }

    /// The pairs of the plan's ceiling; those with a map that cannot be read are left out.
    pub(crate) fn ceiling(&mut self, issues: &mut Vec<Issue>) -> Vec<CeilingOutcome> {
        let song = self.song;
        let pairs = song.evidence.iter().flat_map(|evidence| &evidence.ceiling);
        pairs
            .filter_map(|pair| {
                let mut finding = self.finding(pair.a, pair.b, issues)?;
                finding.kind = PairKind::SameMapper;
                Some(CeilingOutcome { a: pair.a, b: pair.b, finding: Packed::of(&finding) })
            })
            .collect()
    }

    /// The evidence of a pair of two mappers; `None` where a map allows none, which an issue
    /// says.
    pub(crate) fn finding(
        &mut self,
        a: u32,
        b: u32,
        issues: &mut Vec<Issue>,
    ) -> Option<PairFinding> {
        let song = self.song;
        let (plan_a, plan_b) = (song.map(a)?, song.map(b)?);
        let maps = [a, b].map(|map_idx| self.take(map_idx, issues));
        let finding = match &maps {
            [Some(one), Some(other)] => {
                let alignment = alignment(song, (a, b), [one, other])?;
                let (evidence, shifts) = compare_pair_with_shifts(one, other, &alignment, &[]);
                let is_one_set = plan_a.archive_idx == plan_b.archive_idx;
                let kind = if is_one_set { PairKind::Guest } else { PairKind::Cross };
                Some(PairFinding { kind, evidence, shifts })
            }
            _ => None,
        };
        for (map_idx, map) in [a, b].into_iter().zip(maps) {
            if let Some(map) = map {
                self.maps.keep(map_idx, map);
            }
        }
        finding
    }

    fn take(&mut self, map_idx: u32, issues: &mut Vec<Issue>) -> Option<EvidenceMap> {
        if let Some(map) = self.maps.take(map_idx) {
            return Some(map);
        }
        match EvidenceMap::new(self.beatmaps.get(&map_idx)?.clone()) {
            Ok(map) => Some(map),
            Err(error) => {
                if self.refused.insert(map_idx) {
                    let song = self.song;
                    let label = song.map(map_idx).map_or("", |map| &map.label);
                    let message = format!("its pairs are without evidence: {error}");
                    issues.push(Issue::warning(label, error.cause(), message));
                }
                None
            }
        }
    }
}
