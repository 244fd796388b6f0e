use carto_types::{
    AlignmentClass, BarPearson, EvidenceTable, EvidenceTableKind, LatentBars, LatentSpan,
    PairEvidence, PairKind, latent_name,
};

use crate::dimension::{Dimension, DimensionPair, TableRules, evidence_of_table};

/// The latents of one pair of a run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LatentSetPair<'a> {
    /// The number of the pair's song: the same in all kinds of pairs.
    pub song_idx: u32,
    /// Which two maps it is.
    pub kind: PairKind,
    /// What was found of its signals.
    pub evidence: &'a PairEvidence,
    /// Its latents as they are.
    pub as_is: Option<&'a LatentSpan>,
    /// Its latents on bars.
    pub on_bars: Option<&'a LatentBars>,
}

/// Every table of latents, with p-values corrected for their number.
///
/// Figures at lag 0 are of all pairs; the others of those that are aligned. The floor is from shifts
/// by whole bars. A latent carries all channels at once, hit sounds among them, which are copied
/// within a set: guest difficulties have no place between floor and ceiling.
///
/// - `n_latents`: of the encoder
/// - `has_p_values`: whether the means that are judged are tested against 0
#[must_use]
pub fn latent_tables(
    n_latents: usize,
    pairs: &[LatentSetPair<'_>],
    has_p_values: bool,
) -> Vec<EvidenceTable> {
    let table = |kind: EvidenceTableKind| {
        let dimensions: Vec<Dimension> =
            (0..n_latents).map(|dim| dimension_of(kind, dim, pairs)).collect();
        EvidenceTable {
            kind,
            dimensions: evidence_of_table(rules(kind, has_p_values), &dimensions),
        }
    };
    EvidenceTableKind::LATENTS.map(table).into()
}

fn rules(kind: EvidenceTableKind, has_p_values: bool) -> TableRules {
    use EvidenceTableKind::{LatentBarShiftExcess, LatentBarsR, LatentPermutedBarsExcess};
    TableRules {
        has_verdicts: matches!(kind, LatentBarShiftExcess | LatentPermutedBarsExcess),
        has_floor: kind == LatentBarsR,
        // Tests of the other tables would take seconds and answer no question.
        has_p_values: has_p_values && kind == LatentBarShiftExcess,
    }
}

fn dimension_of(kind: EvidenceTableKind, dim: usize, pairs: &[LatentSetPair<'_>]) -> Dimension {
    let is_as_is = kind == EvidenceTableKind::LatentAsIsR;
    let is_in =
        |pair: &&LatentSetPair<'_>| is_as_is || pair.evidence.class == AlignmentClass::Aligned;
    let in_dimension = |pair: &LatentSetPair<'_>| {
        let floor = on_bars(pair, dim).map(|found| found.null_mean);
        let value = value(kind, dim, pair);
        DimensionPair::new((pair.song_idx, pair.kind), pair.evidence, is_as_is, value, floor)
    };
    Dimension {
        name: latent_name(dim),
        is_copied_in_sets: true,
        pairs: pairs.iter().filter(is_in).map(in_dimension).collect(),
    }
}

fn value(kind: EvidenceTableKind, dim: usize, pair: &LatentSetPair<'_>) -> Option<f64> {
    use EvidenceTableKind as Kind;
    match kind {
        Kind::LatentAsIsR => *pair.as_is?.r.get(dim)?,
        Kind::LatentBarsR => Some(on_bars(pair, dim)?.r),
        Kind::LatentBarShiftMean => Some(on_bars(pair, dim)?.null_mean),
        Kind::LatentBarShiftExcess => Some(on_bars(pair, dim)?.excess),
        Kind::LatentPermutedBarsExcess => Some(on_bars(pair, dim)?.within8_excess),
        Kind::LatentColumns => {
            on_bars(pair, dim)?;
            Some(f64::from(pair.on_bars?.columns()))
        }
        Kind::LatentEffectiveShare => *pair.on_bars?.effective_share.get(dim)?,
        _ => None,
    }
}

fn on_bars(pair: &LatentSetPair<'_>, dim: usize) -> Option<BarPearson> {
    *pair.on_bars?.pearson_bars.get(dim)?
}

#[cfg(test)]
mod tests {
    use carto_types::{PlacementClass, SpanAgreement, Verdict};

    use super::*;

    fn evidence(class: AlignmentClass) -> PairEvidence {
        let span = SpanAgreement { log_ratio: Some(0.1), ..SpanAgreement::default() };
        PairEvidence {
            class,
            as_is: Some(span.clone()),
            aligned: Some(span),
            ..PairEvidence::default()
        }
    }

    /// Two latents, of which the second is constant.
    fn bars(r: f64) -> LatentBars {
        let pearson = BarPearson {
            r,
            null_mean: 0.125,
            excess: r - 0.125,
            within8_excess: r - 0.25,
            ..BarPearson::default()
        };
        LatentBars {
            active_bars: 20,
            columns_per_bar: 13,
            pearson_bars: vec![Some(pearson), None],
            effective_share: vec![Some(0.25), None],
        }
    }

    #[test]
    fn latents_have_verdicts_floor_and_ceiling_and_other_versions_take_no_part() {
        let (aligned, other) =
            (evidence(AlignmentClass::Aligned), evidence(AlignmentClass::OtherVersion));
        let as_is = LatentSpan { columns: 400, r: vec![Some(0.25), None] };
        let found: Vec<LatentBars> =
            (0..12).map(|song| bars(0.5 + 0.01 * f64::from(song))).collect();
        let ceiling = bars(0.875);
        let pair = |song_idx, kind, evidence, on_bars| LatentSetPair {
            song_idx,
            kind,
            evidence,
            as_is: Some(&as_is),
            on_bars,
        };
        let mut pairs = Vec::new();
        for (song_idx, found) in (0..12).zip(&found) {
            pairs.push(pair(song_idx, PairKind::Cross, &aligned, Some(found)));
            pairs.push(pair(song_idx, PairKind::SameMapper, &aligned, Some(&ceiling)));
        }
        pairs.push(pair(12, PairKind::Cross, &other, None));

        let tables = latent_tables(2, &pairs, true);
        assert_eq!(tables.len(), EvidenceTableKind::LATENTS.len());
        let of = |kind, dim: usize| {
            let table = tables.iter().find(|table| table.kind == kind).unwrap();
            &table.dimensions[dim]
        };
        let songs = |kind, dim| of(kind, dim).mean.n_songs;
        assert_eq!(songs(EvidenceTableKind::LatentAsIsR, 0), 13);
        assert_eq!(songs(EvidenceTableKind::LatentBarsR, 0), 12);
        let excess = of(EvidenceTableKind::LatentBarShiftExcess, 0);
        assert_eq!((&*excess.name, excess.verdict), ("z0", Some(Verdict::Agree)));
        // One test of two has a p-value: the correction takes nothing away from it.
        assert_eq!(excess.q_value, excess.mean.p_value.map(|p| p.p));
        let place = of(EvidenceTableKind::LatentBarsR, 0).placement.unwrap();
        assert_eq!(place.class, PlacementClass::Placed);
        let means = place.means.unwrap();
        assert_eq!((means.floor, means.ceiling), (0.125, 0.875));
        assert_eq!(of(EvidenceTableKind::LatentBarsR, 0).guest_placement, None);
        assert_eq!(of(EvidenceTableKind::LatentColumns, 0).mean.mean, Some(260.0));
        assert_eq!(of(EvidenceTableKind::LatentEffectiveShare, 0).mean.mean, Some(0.25));
        // A constant latent is missing everywhere, and is none of the tests.
        for kind in EvidenceTableKind::LATENTS {
            assert_eq!((of(kind, 1).mean.n_songs, of(kind, 1).q_value), (0, None), "{kind:?}");
        }
    }
}
