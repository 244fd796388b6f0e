//! A few lines about the evidence of a run.

use carto_charts::number::counted;
use carto_types::{
    AGREEMENT_MARGIN, AudioLag, PairCounts, PlacementClass, RunEvidence, SignalChannel, SongPlan,
    Verdict,
};

/// How many pairs are aligned, in which channels mappers agree beyond the grid, and how much of
/// the room between floor and ceiling they share.
pub(crate) fn lines(evidence: &RunEvidence) -> Vec<String> {
    let counts = &evidence.set.counts;
    let mut lines = vec![format!("evidence: {}", aligned(counts.cross))];
    for (name, counts) in
        [("of two mappers in one set", counts.guest), ("ceiling", counts.same_mapper)]
    {
        if counts.n_pairs() > 0 {
            lines.push(format!("  {name}: {}", aligned(counts)));
        }
    }
    let verdicts = [
        (Verdict::Agree, "mappers agree beyond the grid"),
        (Verdict::NoAgreement, "no agreement beyond the grid"),
        (Verdict::Undetermined, "undetermined"),
    ];
    for (verdict, words) in verdicts {
        let names = channels_of(evidence, verdict);
        if !names.is_empty() {
            lines.push(format!("  {words} (margin {AGREEMENT_MARGIN:.2}): {}", names.join(", ")));
        }
    }
    let shares = SignalChannel::ALL.into_iter().filter_map(|channel| share(evidence, channel));
    let shares: Vec<_> = shares.collect();
    if !shares.is_empty() {
        let floor = evidence.set.floor.name();
        lines.push(format!("  song share, floor from {floor}: {}", shares.join(", ")));
    }
    lines.extend(latents(evidence));
    lines
}

/// How many latents have which verdict; `None` without latents.
fn latents(evidence: &RunEvidence) -> Option<String> {
    let judged = evidence.set.judged_latents();
    let count = |wanted: Verdict| {
        judged.iter().filter(|latent| latent.verdict.unwrap_or_default() == wanted).count()
    };
    let [agree, no_agreement, undetermined] =
        [Verdict::Agree, Verdict::NoAgreement, Verdict::Undetermined].map(count);
    (!judged.is_empty()).then(|| {
        format!(
            "  of {} latents mappers agree beyond the grid on {agree}, not on {no_agreement}; \
             {undetermined} undetermined",
            judged.len()
        )
    })
}

/// What was heard of the pairs with two audio files; `None` where nobody listened.
pub(crate) fn heard(songs: &[SongPlan]) -> Option<String> {
    let pairs = songs.iter().filter_map(|song| song.evidence.as_ref());
    let pairs: Vec<AudioLag> =
        pairs.flat_map(|evidence| &evidence.audio).map(|pair| pair.lag).collect();
    let count = |is_it: fn(&AudioLag) -> bool| pairs.iter().filter(|lag| is_it(lag)).count();
    let parts = [
        (count(|lag| matches!(lag, AudioLag::Same { .. })), "one version"),
        (count(|lag| matches!(lag, AudioLag::OtherCut { .. })), "another cut"),
        (count(|lag| matches!(lag, AudioLag::OneStretch { .. })), "clear at one stretch only"),
        (count(|lag| matches!(lag, AudioLag::Unclear)), "unclear"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, words)| format!("{n} {words}"))
        .collect();
    (!parts.is_empty()).then(|| {
        let n_pairs = counted(pairs.len(), "pair", "pairs");
        format!("  recordings of {n_pairs} heard: {}", parts.join(", "))
    })
}

/// `41 of 44 pairs aligned (3 of another tempo)`.
fn aligned(counts: PairCounts) -> String {
    let why = match counts.n_left_out() {
        0 => String::new(),
        _ => format!(" ({})", counts.text()),
    };
    format!("{} of {} pairs aligned{why}", counts.n_aligned, counts.n_pairs())
}

/// The channels of a verdict, with the mean that was judged.
fn channels_of(evidence: &RunEvidence, wanted: Verdict) -> Vec<String> {
    let of_channel = |channel: SignalChannel| {
        let judged = evidence.set.judged(channel)?;
        let is_it = judged.verdict.unwrap_or_default() == wanted;
        let mean = judged.mean.mean.map_or_else(String::new, |mean| format!(" {mean:.2}"));
        is_it.then(|| format!("{}{mean}", channel.name()))
    };
    SignalChannel::ALL.into_iter().filter_map(of_channel).collect()
}

/// `ONSET 0.74 (0.51 to 0.96)`; `None` where there is no place between floor and ceiling.
fn share(evidence: &RunEvidence, channel: SignalChannel) -> Option<String> {
    let table = RunEvidence::placed_in(channel);
    let place = evidence.set.dimension(table, channel.name())?.placement?;
    let name = channel.name();
    if place.class == PlacementClass::NotReproducible {
        return Some(format!("{name} {}", place.class.name()));
    }
    let share = place.song_share?;
    let interval = share.interval?;
    Some(format!("{name} {:.2} ({:.2} to {:.2})", share.value, interval.low, interval.high))
}

#[cfg(test)]
mod tests {
    use carto_types::{
        DimensionEvidence, Estimate, EvidenceTable, EvidenceTableKind, Interval, MeanOverSongs,
        Placement,
    };

    use super::*;

    #[test]
    fn channels_stand_in_the_list_of_their_verdict() {
        let interval = Some(Interval { se: 0.1, low: 0.5, high: 1.0 });
        let place = Placement {
            class: PlacementClass::Placed,
            song_share: Some(Estimate { value: 0.75, interval }),
            ..Placement::default()
        };
        let dimension = |name: &str, verdict, mean| DimensionEvidence {
            name: name.to_owned(),
            mean: MeanOverSongs { mean: Some(mean), ..MeanOverSongs::default() },
            verdict: Some(verdict),
            placement: Some(place),
            ..DimensionEvidence::default()
        };
        let mut evidence = RunEvidence::default();
        evidence.set.counts.cross = PairCounts { n_aligned: 4, n_unknown: 1, ..Default::default() };
        evidence.set.tables = vec![
            EvidenceTable {
                kind: EvidenceTableKind::Phi,
                dimensions: vec![dimension("ONSET", Verdict::Agree, 0.39)],
            },
            EvidenceTable {
                kind: EvidenceTableKind::PermutedBarsExcess,
                dimensions: vec![dimension("X", Verdict::NoAgreement, 0.01)],
            },
            EvidenceTable {
                kind: EvidenceTableKind::LatentBarShiftExcess,
                dimensions: vec![
                    dimension("z0", Verdict::Agree, 0.25),
                    dimension("z1", Verdict::Undetermined, 0.12),
                ],
            },
        ];
        assert_eq!(
            lines(&evidence),
            [
                "evidence: 4 of 5 pairs aligned (1 without a known lag)",
                "  mappers agree beyond the grid (margin 0.10): ONSET 0.39",
                "  no agreement beyond the grid (margin 0.10): X 0.01",
                "  song share, floor from whole-bar shifts: ONSET 0.75 (0.50 to 1.00)",
                "  of 2 latents mappers agree beyond the grid on 1, not on 0; 1 undetermined",
            ]
        );
    }
}
