//! What the evidence of all pairs of a run says together.

use std::collections::BTreeMap;

use carto_evidence::{LatentSetPair, SetPair, evidence_of_set, latent_tables};
use carto_types::{
    AlignmentClass, ByChannel, EvidenceTable, ExpectedSigns, LatentBars, LatentRun, LatentSpan,
    PairFinding, PairKind, RandomSigns, RunEvidence, RunRecord, ShiftCounts, Synthesis,
};

/// The evidence of a run; `None` for one that is planned without.
///
/// - `synthesis`: of its latents
/// - `is_last`: whether all songs are in; before, means are not tested
pub(crate) fn run_evidence(
    run: &RunRecord,
    synthesis: Option<&Synthesis>,
    is_last: bool,
) -> Option<RunEvidence> {
    if run.plan.songs.iter().all(|song| song.evidence.is_none()) {
        return None;
    }
    let findings: Vec<Finding> = findings(run).collect();
    let pairs = findings.iter().map(|found| SetPair {
        song_idx: found.key.0,
        kind: found.finding.kind,
        evidence: &found.finding.evidence,
    });
    let mut set = evidence_of_set(&pairs.collect::<Vec<_>>(), is_last);
    if let Some(latent) = &run.latent {
        set.tables.extend(tables_of_latents(latent, &findings, is_last));
    }
    Some(RunEvidence {
        set,
        shifts: shifts(findings.iter().map(|found| &found.finding)),
        signs: synthesis.map(signs).unwrap_or_default(),
        ..RunEvidence::default()
    })
}

/// The place of a song in the index, and those of the two maps of a pair in its plan.
type PairKey = (u32, u32, u32);

/// A pair with what was found of its signals.
struct Finding {
    key: PairKey,
    finding: PairFinding,
}

/// Of each song those of its pairs, then those of its ceiling.
fn findings(run: &RunRecord) -> impl Iterator<Item = Finding> {
    run.outcomes.iter().flat_map(|song| {
        let pairs = song.pairs.iter();
        let pairs = pairs.filter_map(|pair| Some((pair.a, pair.b, pair.evidence.as_ref()?)));
        let ceiling = song.ceiling.iter().map(|pair| (pair.a, pair.b, &pair.finding));
        pairs.chain(ceiling).filter_map(move |(a, b, packed)| {
            Some(Finding { key: (song.song_idx, a, b), finding: packed.value()? })
        })
    })
}

/// The tables of latents; none where no pair of latents has evidence yet.
fn tables_of_latents(
    latent: &LatentRun,
    findings: &[Finding],
    is_last: bool,
) -> Vec<EvidenceTable> {
    let mut as_is: BTreeMap<PairKey, LatentSpan> = BTreeMap::new();
    let mut on_bars: BTreeMap<PairKey, LatentBars> = BTreeMap::new();
    for song in &latent.songs {
        let key = |a: u32, b: u32| (song.song_idx, a, b);
        as_is.extend(
            song.pairs
                .iter()
                .filter_map(|pair| Some((key(pair.a, pair.b), pair.as_is.as_ref()?.value()?))),
        );
        on_bars.extend(
            song.bar_pairs
                .iter()
                .filter_map(|pair| Some((key(pair.a, pair.b), pair.found.value()?))),
        );
    }
    if as_is.is_empty() && on_bars.is_empty() {
        return Vec::new();
    }
    let pairs = findings.iter().map(|found| LatentSetPair {
        song_idx: found.key.0,
        kind: found.finding.kind,
        evidence: &found.finding.evidence,
        as_is: as_is.get(&found.key),
        on_bars: on_bars.get(&found.key),
    });
    latent_tables(latent.encoder.n_latent_dims as usize, &pairs.collect::<Vec<_>>(), is_last)
}

/// The shifts of aligned pairs of two mappers and two sets together.
fn shifts<'a>(findings: impl Iterator<Item = &'a PairFinding>) -> ByChannel<Option<ShiftCounts>> {
    let mut all = ByChannel::from_fn(|_| None::<ShiftCounts>);
    let is_in = |finding: &&PairFinding| {
        finding.kind == PairKind::Cross && finding.evidence.class == AlignmentClass::Aligned
    };
    for finding in findings.filter(is_in) {
        for (channel, counts) in finding.shifts.iter() {
            let Some(counts) = counts else { continue };
            match all.get_mut(channel) {
                Some(sum) => sum.add(counts),
                sum => *sum = Some(counts.clone()),
            }
        }
    }
    all
}

fn signs(synthesis: &Synthesis) -> Vec<ExpectedSigns> {
    let Some(random) = RandomSigns::of(&synthesis.between_channels) else { return Vec::new() };
    let rows = synthesis.pairs.iter().chain(&synthesis.triples);
    rows.filter_map(|row| random.expected(row)).collect()
}
