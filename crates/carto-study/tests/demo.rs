//! The whole study on the demo set gives the same bytes as ever.
//!
//! Our own output defines the numbers: change one when the demo set or a result changes
//! on purpose. That the page's programs give the same bytes is what `tests/e2e` holds,
//! file by file against the command.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::io::Cursor;

use carto_study::{
    DEMO_SEED, MapSource, compare_latents, compare_song, cross_correlate, demo_archives, plan,
    scan, signal_of_map, summarise,
};
use carto_types::{
    Backend, DemoArchive, EncoderFacts, EncoderOrigin, LatentRun, LatentSong, MapLatents, Mode,
    OutputFile, RunRecord, SongOutcome, SongPlan, SourceKind, Summary,
};

const PUBLISHED: u64 = 14_444_023_295_671_632_913;
/// Of the tables as CSV and the paragraph of methods.
const PUBLISHED_TABLES: u64 = 387_583_361_630_186_903;
const OSU: u64 = 17_756_205_013_751_120_548;

const N_DIMS: u32 = 32;
const FRAMES_PER_LATENT: u32 = 18;

fn source(file: &DemoArchive) -> MapSource<'_, Cursor<&Vec<u8>>> {
    MapSource::of_file(SourceKind::Archive, Ok(Cursor::new(&file.bytes)))
}

/// The demo set from seed to summary, in memory.
fn study(mode: Mode) -> Summary {
    let files = demo_archives(DEMO_SEED).unwrap();
    let archives: Vec<_> = files.iter().map(|file| scan(source(file), &file.name, mode)).collect();
    let plan = plan(&archives, mode, &[]);
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
        let channels: Vec<_> = signal.values().chunks(n_frames as usize).collect();
        let mut mu = Vec::new();
        for dim in 0..N_DIMS as usize {
            mu.extend(channels[dim % 9].chunks(FRAMES_PER_LATENT as usize).map(|frames| {
                let mean = frames.iter().sum::<f64>() / frames.len() as f64;
                (mean + dim as f64 / 10.0 * mean * mean) as f32
            }));
        }
        let correlations = cross_correlate(&signal, &mu, FRAMES_PER_LATENT, N_DIMS);
        let n_latents = n_frames.div_ceil(FRAMES_PER_LATENT);
        MapLatents { map_idx, n_frames, n_latents, mu, correlations }
    });
    compare_latents(song, mode, &maps.collect::<Vec<_>>())
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
