//! Invented results.

use carto_types::{
    AgreementClass, ByChannel, ChannelMatrix, CountsLine, DimensionEvidence, Estimate,
    EvidenceTable, EvidenceTableKind, Interval, LatentSummary, MeanOverSongs, MeanPValue, MeanTest,
    PairGroups, Placement, PlacementClass, RunEvidence, ShiftCounts, SignRow, SignalChannel,
    SongInfluence, Synthesis, TrackB, Verdict,
};

/// Three latents, one of each class.
pub(crate) fn track(n_pairs: u32) -> TrackB {
    let dim = |dim, pearson_mean, class| LatentSummary {
        dim,
        pearson_mean,
        pearson_std: 0.17,
        cosine_mean: 0.9,
        cosine_std: 0.03,
        between_var_mean: 0.01,
        n_pairs,
        class,
    };
    TrackB {
        dims: vec![
            dim(0, 0.13, AgreementClass::Mixed),
            dim(1, 0.45, AgreementClass::Perceptual),
            dim(2, 0.02, AgreementClass::Stylistic),
        ],
        ranking: vec![1, 0, 2],
        cosine_mean: 0.774,
        cosine_std: 0.039,
        cosines: vec![0.774; n_pairs as usize],
        songs_analyzed: n_pairs,
        pairs_compared: n_pairs,
    }
}

/// Three latents against nine channels.
pub(crate) fn synthesis() -> Synthesis {
    let matrix = |r: f64| {
        let mut matrix = ChannelMatrix::zeros(3);
        let cells = matrix.cells_mut();
        (cells[1], cells[16], cells[18]) = (0.4 * r, -0.89 * r, 0.3 * r);
        matrix
    };
    let mut between_channels = ChannelMatrix::zeros(9);
    between_channels.cells_mut()[1] = 0.51;
    let row = |channels: &[u32], p_value| SignRow {
        channels: channels.to_vec(),
        same_count: 3,
        valid_rows: 3,
        p_value,
    };
    Synthesis {
        n_latent_dims: 3,
        upsampled: matrix(0.9),
        downsampled: matrix(1.0),
        between_channels,
        n_maps: 9,
        mean_abs_downsampled: 0.059,
        mean_abs_upsampled: 0.053,
        pairs: vec![row(&[0, 1], 0.125), row(&[0, 2], 0.01)],
        pairs_thresholded: vec![row(&[0, 1], 0.125), row(&[0, 2], 0.01)],
        triples: vec![row(&[0, 1, 2], 0.016)],
        triples_thresholded: vec![row(&[0, 1, 2], 0.016)],
        sign_threshold: 0.05,
    }
}

/// An estimate with an interval of 0.08 to either side.
pub(crate) fn estimate(value: f64) -> Estimate {
    let interval = Interval { se: 0.04, low: value - 0.08, high: value + 0.08 };
    Estimate { value, interval: Some(interval) }
}

/// What a fixture says of a channel in one table.
fn dimension(kind: EvidenceTableKind, name: &str, value: f64, n_songs: u32) -> DimensionEvidence {
    use EvidenceTableKind::{AlignedR, BarsR, PermutedBarsExcess, Phi};
    let Estimate { interval, .. } = estimate(value);
    let is_judged = matches!(kind, Phi | PermutedBarsExcess);
    let influence = |song_idx, value, change| SongInfluence { song_idx, n_pairs: 2, value, change };
    let is_placed = !matches!(name, "X" | "Y");
    let placement = Placement {
        n_songs: PairGroups { cross: n_songs, floor: n_songs, ceiling: n_songs },
        class: match n_songs {
            0..10 => PlacementClass::Undetermined,
            _ if is_placed => PlacementClass::Placed,
            _ => PlacementClass::NotReproducible,
        },
        means: Some(PairGroups { cross: value, floor: 0.0, ceiling: value + 0.25 }),
        room: Some(estimate(0.25)),
        song_share: (is_placed && n_songs >= 10).then(|| estimate(0.75)),
        mapper_share: (is_placed && n_songs >= 10).then(|| estimate(0.25)),
    };
    DimensionEvidence {
        name: name.to_owned(),
        mean: MeanOverSongs {
            n_songs,
            n_pairs: 2 * n_songs,
            mean: Some(value),
            interval,
            p_value: Some(MeanPValue { p: 0.031, test: MeanTest::SignFlip }),
            songs_needed: Some(40),
            ..MeanOverSongs::default()
        },
        q_value: Some(0.0004),
        verdict: is_judged.then_some(match n_songs {
            0..10 => Verdict::Undetermined,
            _ if value > 0.18 => Verdict::Agree,
            _ if value < 0.02 => Verdict::NoAgreement,
            _ => Verdict::Undetermined,
        }),
        counts_line: (kind == AlignedR).then(|| CountsLine {
            n_pairs: 2 * n_songs,
            n_songs,
            mean: value,
            slope: estimate(-0.2),
            at_equal_counts: estimate(value + 0.05),
            at_two_to_one: estimate(value - 0.1),
        }),
        placement: matches!(kind, Phi | BarsR).then_some(placement),
        guest_placement: None,
        influences: match is_judged {
            true => vec![influence(3, 0.1, -0.02), influence(1, 0.6, 0.03)],
            false => Vec::new(),
        },
    }
}

/// The evidence of so many songs with two pairs each: events agree, the others hardly.
pub(crate) fn evidence(n_songs: u32) -> RunEvidence {
    use EvidenceTableKind::{
        AlignedR, AsIsR, BarShiftExcess, BarShiftMean, BarsR, PermutedBarsExcess, Phi,
    };
    let table = |kind: EvidenceTableKind, channels: &[SignalChannel], value: f64| {
        let dimension = |channel: &SignalChannel| {
            // X and Y have nothing in common.
            let is_place = matches!(channel, SignalChannel::X | SignalChannel::Y);
            let value = if is_place { 0.0 } else { value };
            dimension(kind, channel.name(), value, n_songs)
        };
        EvidenceTable { kind, dimensions: channels.iter().map(dimension).collect() }
    };
    let all = &SignalChannel::ALL[..];
    let mut evidence = RunEvidence::default();
    evidence.set.tables = vec![
        table(AsIsR, all, 0.25),
        table(AlignedR, all, 0.5),
        table(BarsR, all, 0.5),
        table(BarShiftMean, all, 0.25),
        table(BarShiftExcess, all, 0.25),
        table(PermutedBarsExcess, all, 0.125),
        table(Phi, &SignalChannel::EVENTS, 0.375),
    ];
    let counts = &mut evidence.set.counts.cross;
    (counts.n_aligned, counts.n_other_tempo) = (2 * n_songs, 1);
    evidence.shifts = ByChannel::from_fn(|_| Some(ShiftCounts::of(&[0.01, 0.01, 0.26])));
    evidence
}
