//! Invented results for tests.

use carto_agreement::synthesis;
use carto_types::{
    AlignmentClass, AlignmentSource, AudioRelation, Backend, BarAgreement, ByChannel,
    ByEventChannel, Cause, ChannelAgreement, ChannelCorrelations, ChannelSummary, ClassBounds,
    DimensionEvidence, EncoderFacts, EncoderOrigin, Estimate, EvidenceTable, EvidenceTableKind,
    FIRST_RESULT_FORMAT, HeldOut, HeldOutDim, Interval, Issue, LatentAgreement, LatentSummary,
    MapRefusal, MapStatus, MeanOverSongs, Mode, OwnerEvidence, OwnerRow, Ownership, PairCounts,
    PairEvidence, PairGroups, PairKind, PhiAgreement, Placement, PlacementClass, RESULT_FORMAT,
    ResultCeilingPair, ResultMap, ResultOrigin, ResultPair, ResultSong, RunCounts, RunEvidence,
    RunParameters, RunResult, SetEvidence, ShiftCounts, SignalChannel, SongInfluence,
    SpanAgreement, TrackA, TrackB, Verdict,
};

/// Numbers that look like chance, the same for the same seed.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    /// In `[0, 1)`.
    pub(crate) fn unit(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// In `[-1, 1)`: as wild as r can be.
    pub(crate) fn r(&mut self) -> f64 {
        2.0 * self.unit() - 1.0
    }

    fn rows(&mut self, n: usize) -> Vec<[f64; 9]> {
        (0..n).map(|_| std::array::from_fn(|_| self.r())).collect()
    }
}

/// A whole run with 32 latents and two songs.
pub(crate) fn result(seed: u64) -> RunResult {
    let chance = &mut Chance::new(seed);
    RunResult {
        format: FIRST_RESULT_FORMAT.to_owned(),
        name: "Forty songs of spring".to_owned(),
        origin: ResultOrigin {
            program: "osu! Latent Space Cartography 0.1.0".to_owned(),
            date: Some("2026-03-01".to_owned()),
            ..ResultOrigin::default()
        },
        parameters: parameters(),
        counts: RunCounts {
            n_archives: Some(812),
            n_beatmaps: Some(3_950),
            n_songs: Some(292),
            n_encoded: Some(732),
        },
        track_a: Some(track_a(chance)),
        track_b: Some(track_b(chance, 32)),
        synthesis: Some(synthesis(correlations(chance, 32), 722)),
        held_out: Some(held_out(chance, 32)),
        songs: vec![song(chance, "=1+1"), song(chance, "Old \"Clockwork\", <b>loud</b>")],
        issues: vec![Issue::warning("1001.osz [Hard]", Cause::from("odd"), "it is odd")],
        owners: Vec::new(),
        evidence: None,
    }
}

/// The same with what the rules of osu! add.
pub(crate) fn result_with_owners(seed: u64) -> RunResult {
    let mut result = result(seed);
    result.format = RESULT_FORMAT.to_owned();
    result.parameters.mode = Some(Mode::Osu);
    result.owners = vec![OwnerRow::of_md5(&"ab12".repeat(8), vec!["second".to_owned()])];
    for song in &mut result.songs {
        for map in &mut song.maps {
            let names = vec![map.creator.clone()];
            map.owner = Some(Ownership { names, evidence: OwnerEvidence::Tags });
            map.star_rating = Some(5.12345);
            map.beatmap_id = Some(129_891);
            map.audio_file = Some("audio.mp3".to_owned());
            map.audio_frames = Some(20_000);
        }
        song.maps[1].star_rating = None;
        for pair in &mut song.pairs {
            pair.audio = Some(AudioRelation::SameFile);
        }
    }
    result
}

/// The same with evidence.
pub(crate) fn result_with_evidence(seed: u64) -> RunResult {
    let mut result = result_with_owners(seed);
    let r = ByChannel::from_fn(|channel| (channel != SignalChannel::Clap).then_some(0.375));
    let span = SpanAgreement { r, f50: 0.625, spacing: Some(0.25), ..SpanAgreement::default() };
    let phi = PhiAgreement { r: 0.5, bars: 20, ..PhiAgreement::default() };
    let evidence = PairEvidence {
        class: AlignmentClass::Aligned,
        source: AlignmentSource::TimingPoints,
        lag_ms: -12.5,
        k: -1,
        warning: Some("=another beat, too".to_owned()),
        objects: [400, 380],
        as_is: Some(SpanAgreement { f50: 0.125, ..span.clone() }),
        aligned: Some(span),
        on_bars: Some(BarAgreement {
            bars: 40,
            active_bars: 36,
            phi: ByEventChannel::from_fn(|_| Some(phi)),
            ..BarAgreement::default()
        }),
        ..PairEvidence::default()
    };
    for pair in result.songs.iter_mut().flat_map(|song| &mut song.pairs) {
        pair.kind = Some(PairKind::Cross);
        pair.evidence = Some(Box::new(evidence.clone()));
    }
    result.songs[0].ceiling = vec![ResultCeilingPair {
        creator: "second".to_owned(),
        versions: ["Hard".to_owned(), "Normal".to_owned()],
        evidence,
    }];
    let estimate = |value: f64| {
        let interval = Interval { se: 0.03125, low: value - 0.0625, high: value + 0.0625 };
        Estimate { value, interval: Some(interval) }
    };
    let dimension = |kind: EvidenceTableKind| DimensionEvidence {
        name: SignalChannel::Onset.name().to_owned(),
        mean: MeanOverSongs { n_songs: 2, n_pairs: 2, mean: Some(0.5), ..Default::default() },
        q_value: Some(0.03125),
        verdict: (kind == EvidenceTableKind::Phi).then_some(Verdict::Undetermined),
        placement: Some(Placement {
            n_songs: PairGroups { cross: 12, floor: 11, ceiling: 10 },
            class: PlacementClass::Placed,
            means: Some(PairGroups { cross: 0.5, floor: 0.125, ceiling: 0.75 }),
            room: Some(estimate(0.625)),
            song_share: Some(estimate(0.75)),
            mapper_share: Some(estimate(0.25)),
        }),
        influences: vec![SongInfluence { song_idx: 1, n_pairs: 1, value: 0.5, change: 0.25 }],
        ..DimensionEvidence::default()
    };
    let table = |kind| EvidenceTable { kind, dimensions: vec![dimension(kind)] };
    let mut set =
        SetEvidence { tables: EvidenceTableKind::ALL.map(table).into(), ..Default::default() };
    set.counts.cross = PairCounts { n_aligned: 2, n_other_tempo: 1, ..PairCounts::default() };
    set.counts.same_mapper.n_aligned = 1;
    let shifts = ByChannel::from_fn(|_| Some(ShiftCounts::of(&[0.0, 0.25])));
    result.evidence = Some(RunEvidence { set, shifts, ..RunEvidence::default() });
    result
}

fn parameters() -> RunParameters {
    RunParameters {
        mode: Some(Mode::Published),
        encoder: Some(EncoderFacts {
            name: "encoder.safetensors".to_owned(),
            origin: EncoderOrigin::Bundled,
            weights_sha256: "ab12cd34".repeat(8),
            hidden_dim: 128,
            n_latent_dims: 32,
            frames_per_latent: 18,
            n_parameters: 1_234_567,
            note: None,
            is_untrained: false,
        }),
        backend: Some(Backend::Cpu { instructions: "simd128".to_owned(), reason: None }),
        sample_seed: None,
        is_seed_unrecorded: false,
        is_cancelled: false,
        step: None,
        left_out: None,
    }
}

fn track_a(chance: &mut Chance) -> TrackA {
    let channels = SignalChannel::ALL.map(|channel| ChannelSummary {
        name: channel.name().to_owned(),
        pearson_mean: chance.r(),
        pearson_std: chance.unit(),
        mad_mean: chance.unit(),
        mad_std: chance.unit(),
        cosine_mean: chance.r(),
        cosine_std: chance.unit(),
        n_pairs: 460,
    });
    TrackA {
        channels: channels.to_vec(),
        cosine_mean: chance.r(),
        cosine_std: chance.unit(),
        songs_analyzed: 292,
        pairs_compared: 460,
    }
}

fn track_b(chance: &mut Chance, n_dims: u32) -> TrackB {
    let dims = (0..n_dims).map(|dim| {
        let pearson_mean = chance.r();
        LatentSummary {
            dim,
            pearson_mean,
            pearson_std: chance.unit(),
            cosine_mean: chance.r(),
            cosine_std: chance.unit(),
            between_var_mean: 0.02 * chance.unit(),
            n_pairs: 3,
            class: ClassBounds::LATENTS.class_of(pearson_mean),
        }
    });
    let dims: Vec<_> = dims.collect();
    let ranking = ranking(dims.iter().map(|latent| latent.pearson_mean));
    TrackB {
        dims,
        ranking,
        cosine_mean: chance.r(),
        cosine_std: chance.unit(),
        cosines: vec![0.5, 0.25, -0.125],
        songs_analyzed: 2,
        pairs_compared: 3,
    }
}

fn correlations(chance: &mut Chance, n_dims: usize) -> ChannelCorrelations {
    let mut between = vec![[1.0; 9]; 9];
    for (a, b) in (0..9).flat_map(|a| (a + 1..9).map(move |b| (a, b))) {
        let r = chance.r();
        (between[a][b], between[b][a]) = (r, r);
    }
    ChannelCorrelations {
        downsampled: chance.rows(n_dims).into(),
        upsampled: chance.rows(n_dims).into(),
        between_channels: between.into(),
    }
}

fn held_out(chance: &mut Chance, n_dims: u32) -> HeldOut {
    let dims = (0..n_dims).map(|dim| HeldOutDim {
        dim,
        pearson_mean: chance.r(),
        pearson_std: chance.unit(),
        n_pairs: 235,
    });
    let dims: Vec<_> = dims.collect();
    HeldOut {
        description: "held-out songs".to_owned(),
        checkpoint: "epoch=3.ckpt".to_owned(),
        ranking: ranking(dims.iter().map(|latent| latent.pearson_mean)),
        dims,
        cosine_mean: chance.r(),
        cosine_std: chance.unit(),
        n_songs: 80,
        n_pairs: 235,
    }
}

/// Highest first.
fn ranking(means: impl Iterator<Item = f64>) -> Vec<u32> {
    let means: Vec<_> = means.collect();
    let mut ranking: Vec<_> = (0..means.len() as u32).collect();
    ranking.sort_by(|&a, &b| means[b as usize].total_cmp(&means[a as usize]));
    ranking
}

fn song(chance: &mut Chance, title: &str) -> ResultSong {
    let map = |creator: &str, status| ResultMap {
        creator: creator.to_owned(),
        version: "Hard".to_owned(),
        status,
        owner: None,
        star_rating: None,
        beatmap_id: None,
        audio_file: None,
        audio_frames: None,
    };
    let refused = MapStatus::Refused(MapRefusal::new(Cause::NoAudio, "no audio"));
    ResultSong {
        title: title.to_owned(),
        artist: "+artist".to_owned(),
        maps: vec![
            map("@first", MapStatus::Encoded),
            map("second", MapStatus::Encoded),
            map("third", refused),
        ],
        pairs: vec![pair(chance)],
        ceiling: Vec::new(),
    }
}

fn pair(chance: &mut Chance) -> ResultPair {
    let channel = |chance: &mut Chance| ChannelAgreement {
        pearson: chance.r(),
        cosine: chance.r(),
        mean_abs_diff: chance.unit(),
    };
    let latent = |chance: &mut Chance| LatentAgreement { pearson: chance.r(), cosine: chance.r() };
    ResultPair {
        a: 0,
        b: 1,
        channels: (0..9).map(|_| channel(chance)).collect(),
        full_cosine: chance.r(),
        latents: Some((0..32).map(|_| latent(chance)).collect()),
        latent_cosine: Some(chance.r()),
        audio: None,
        kind: None,
        evidence: None,
    }
}
