//! The whole study on the demo set gives the same bytes as ever.
//!
//! Our own output defines the numbers: change one when the demo set or a result changes
//! on purpose. That the page's programs give the same bytes is what `tests/e2e` holds,
//! file by file against the command.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::io::Cursor;

use carto_study::{
    DEMO_SEED, MapSource, compare_bar_pair, compare_latents, compare_latents_as_is, compare_song,
    cross_correlate, demo_archives, plan, plan_evidence, scan, signal_of_map, signals_on_bars,
    summarise,
};
use carto_types::{
    Backend, DemoArchive, EncoderFacts, EncoderOrigin, EvidenceTable, EvidenceTableKind, LatentRun,
    LatentSong, MapLatents, Mode, OutputFile, RunRecord, SongOutcome, SongPlan, SourceKind,
    Summary,
};

const PUBLISHED: u64 = 14_444_023_295_671_632_913;
/// Of the tables as CSV and the paragraph of methods.
const PUBLISHED_TABLES: u64 = 5_392_447_970_621_906_827;
const OSU: u64 = 9_807_007_429_808_732_229;

const N_DIMS: u32 = 32;
const FRAMES_PER_LATENT: u32 = 18;

fn source(file: &DemoArchive) -> MapSource<'_, Cursor<&Vec<u8>>> {
    MapSource::of_file(SourceKind::Archive, Ok(Cursor::new(&file.bytes)))
}

/// The demo set from seed to summary, in memory.
fn study(mode: Mode) -> Summary {
    let files = demo_archives(DEMO_SEED).unwrap();
    let archives: Vec<_> = files.iter().map(|file| scan(source(file), &file.name, mode)).collect();
    let mut plan = plan(&archives, mode, &[]);
    plan_evidence(&mut plan, &archives, mode);
    let outcomes = plan.songs.iter().map(|song| {
        let mut open = |slot: usize| source(&files[song.archives[slot] as usize]);
        compare_song(song, mode, &mut open, &mut |_, _| {})
    });
    let outcomes: Vec<_> = outcomes.collect();
    let latent = LatentRun {
        encoder: EncoderFacts {
            name: "means".to_owned(),
            origin: EncoderOrigin::File,
            weights_sha256: String::new(),
            hidden_dim: 0,
            n_latent_dims: N_DIMS,
            frames_per_latent: FRAMES_PER_LATENT,
            n_parameters: 0,
            note: None,
            is_untrained: true,
        },
        backend: Backend::Cpu { instructions: String::new(), reason: None },
        sample_seed: None,
        songs: plan
            .songs
            .iter()
            .zip(&outcomes)
            .map(|(song, outcome)| latents(song, outcome, mode, &files))
            .collect(),
    };
    let mut run = RunRecord {
        mode,
        owners: Vec::new(),
        archives,
        plan,
        outcomes,
        latent: Some(latent),
        is_cancelled: false,
        leaves_out_doubtful: false,
        issues: Vec::new(),
        times: Vec::new(),
    };
    let without_files = summarise(&mut run, false);
    assert!(without_files.files.is_empty());
    let summary = summarise(&mut run, true);
    assert_eq!(
        (&without_files.track_b, &without_files.synthesis),
        (&summary.track_b, &summary.synthesis)
    );
    summary
}

/// What stands for an encoder: latent `d` is the mean over a column's frames
/// of channel `d mod 9`, bent a little.
///
/// - `values`: `[9, n_frames]`
fn encode(values: &[f64]) -> Vec<f32> {
    let channels: Vec<_> = values.chunks(values.len() / 9).collect();
    let mut mu = Vec::new();
    for dim in 0..N_DIMS as usize {
        mu.extend(channels[dim % 9].chunks(FRAMES_PER_LATENT as usize).map(|frames| {
            let mean = frames.iter().sum::<f64>() / frames.len() as f64;
            (mean + dim as f64 / 10.0 * mean * mean) as f32
        }));
    }
    mu
}

/// The latents of a song, compared as they are and on bars.
fn latents(
    song: &SongPlan,
    outcome: &SongOutcome,
    mode: Mode,
    files: &[DemoArchive],
) -> LatentSong {
    let n_frames = outcome.target_frames.unwrap();
    let mut open = |slot: usize| source(&files[song.archives[slot] as usize]);
    let maps = (0..song.maps.len() as u32).map(|map_idx| {
        let signal = signal_of_map(song, map_idx, mode, n_frames, &mut open).unwrap();
        let mu = encode(signal.values());
        let correlations = cross_correlate(&signal, &mu, FRAMES_PER_LATENT, N_DIMS);
        let n_latents = n_frames.div_ceil(FRAMES_PER_LATENT);
        MapLatents { map_idx, n_frames, n_latents, mu, correlations }
    });
    let maps = maps.collect::<Vec<_>>();
    let mut found = compare_latents(song, mode, &maps);
    compare_latents_as_is(&mut found, &outcome.pairs, &maps, FRAMES_PER_LATENT);
    for pair in outcome.bar_pairs(song) {
        let signals = signals_on_bars(song, pair, mode, FRAMES_PER_LATENT, &mut open).unwrap();
        let Some(signals) = signals else { continue };
        let [a, b] = signals.signals().map(|signal| {
            encode(&signal.iter().map(|&value| f64::from(value)).collect::<Vec<_>>())
        });
        found.bar_pairs.extend(compare_bar_pair(pair, &signals, [&a, &b], N_DIMS));
    }
    for pair in &found.pairs {
        // They travel from worker to worker.
        assert!(pair.as_is.as_ref().is_none_or(|found| found.n_bytes() < 400));
    }
    assert!(found.bar_pairs.iter().all(|pair| pair.found.n_bytes() < 2500));
    found
}

/// FNV-1a, 64 bit, over the names and texts of files.
fn hash<'a>(files: impl IntoIterator<Item = &'a OutputFile>) -> u64 {
    let texts = files.into_iter().flat_map(|file| [&file.name, &file.text]);
    texts.flat_map(|text| text.bytes()).fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[test]
fn the_published_reading_gives_the_same_bytes() {
    let summary = study(Mode::Published);
    let is_extra = |file: &&OutputFile| file.name.ends_with(".csv") || file.name.ends_with(".txt");
    let (extra, published): (Vec<_>, Vec<_>) = summary.files.iter().partition(is_extra);
    assert_eq!((published.len(), extra.len()), (17, 8));
    assert_eq!(hash(published), PUBLISHED);
    assert_eq!(hash(extra), PUBLISHED_TABLES);
}

#[test]
fn the_rules_of_osu_give_the_same_bytes() {
    let summary = study(Mode::Osu);
    assert_eq!(summary.track_a.as_ref().map(|track_a| track_a.songs_analyzed), Some(12));
    assert_eq!(summary.track_b.as_ref().map(|track_b| track_b.songs_analyzed), Some(12));
    assert_eq!(hash(&summary.files), OSU);
}

#[test]
fn latents_have_evidence_by_the_rules_of_osu_alone() {
    let summary = study(Mode::Osu);
    let evidence = summary.evidence.unwrap().value().unwrap();
    let tables = &evidence.set.tables;
    let kinds: Vec<_> = tables.iter().map(|table| table.kind).collect();
    assert_eq!(kinds, [&EvidenceTableKind::ALL[..], &EvidenceTableKind::LATENTS].concat());
    let names = |table: &EvidenceTable| -> Vec<String> {
        table.dimensions.iter().map(|dimension| dimension.name.clone()).collect()
    };
    let expected: Vec<_> = (0..N_DIMS).map(|dim| format!("z{dim}")).collect();
    assert!(tables[EvidenceTableKind::ALL.len()..].iter().all(|table| names(table) == expected));

    let of = |kind, name: &str| evidence.set.dimension(kind, name).unwrap();
    let mean = |kind| of(kind, "z0").mean.mean.unwrap();
    assert_eq!(of(EvidenceTableKind::LatentAsIsR, "z0").mean.n_songs, 12);
    assert_eq!(of(EvidenceTableKind::LatentBarsR, "z0").mean.n_songs, 12);
    let (r, null) =
        (mean(EvidenceTableKind::LatentBarsR), mean(EvidenceTableKind::LatentBarShiftMean));
    let excess = mean(EvidenceTableKind::LatentBarShiftExcess);
    assert!((r - null - excess).abs() < 1e-9 && excess > 0.05, "{r} {null}");
    // The latent that is a mean of ONSET is much like ONSET, whose frames are finer.
    let onset = of(EvidenceTableKind::BarsR, "ONSET").mean.mean.unwrap();
    assert!((r - onset).abs() < 0.2, "{r} and {onset}");
    let (columns, share) =
        (mean(EvidenceTableKind::LatentColumns), mean(EvidenceTableKind::LatentEffectiveShare));
    assert!(columns > 100.0 && share > 0.0 && share < 0.9, "{share} of {columns}");
    assert_eq!(evidence.set.judged_latents().len(), N_DIMS as usize);

    assert!(study(Mode::Published).evidence.is_none());
}
