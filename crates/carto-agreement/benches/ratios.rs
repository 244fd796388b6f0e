//! Ratios measured in one run: ours against a peer, long against short.
//!
//! Times on a shared machine are noisy, so rounds alternate between the two
//! sides and each side's fastest round counts. Run by `cargo xtask bench`.
#![allow(clippy::print_stdout, missing_docs, reason = "a benchmark prints its table")]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use carto_agreement as agreement;
use carto_beatmap::beatmap::Beatmap;
use carto_beatmap::limits::Limits;
use carto_beatmap::published;
use carto_beatmap::signal;
use carto_demo::{DemoConfig, demo_archives};

const ROUNDS: usize = 7;
/// Parse time over rosu-map's own decode of the same bytes, at most.
const PARSE_GOAL: f64 = 1.3;
/// Against the published program, at least.
const PUBLISHED_GOAL: f64 = 100.0;

fn main() {
    let maps = sample();
    println!("{} maps", maps.len());
    parse(&maps);
    encode(&maps);
    growth(&maps);
    pairs(&maps);
    published_program();
}

/// Real maps where they are at hand, else the demo set's.
fn sample() -> Vec<Vec<u8>> {
    let corpus = shared("corpus/osu");
    let mut paths: Vec<_> = std::fs::read_dir(corpus)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    paths.sort();
    let mut maps: Vec<_> =
        paths.iter().step_by(10).filter_map(|path| std::fs::read(path).ok()).collect();
    if maps.is_empty() {
        println!("no real maps at hand: the demo set stands in");
        let files = demo_archives(&DemoConfig::default()).into_iter().flat_map(|set| set.files);
        maps = files.filter(|(name, _)| name.ends_with(".osu")).map(|(_, bytes)| bytes).collect();
    }
    maps.retain(|bytes| published::read(bytes, &Limits::default()).is_ok());
    maps
}

fn shared(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path)
}

fn seconds(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// The fastest round of each of two sides, seconds.
fn fastest(mut a: impl FnMut(), mut b: impl FnMut()) -> (f64, f64) {
    let mut best = (f64::INFINITY, f64::INFINITY);
    for _ in 0..ROUNDS {
        best = (best.0.min(seconds(&mut a)), best.1.min(seconds(&mut b)));
    }
    best
}

fn beatmaps(maps: &[Vec<u8>]) -> Vec<Beatmap> {
    maps.iter().filter_map(|bytes| published::read(bytes, &Limits::default()).ok()).collect()
}

fn n_frames(beatmap: &Beatmap) -> usize {
    signal::FrameClock::OSU_DREAMER.frames_until_ms(beatmap.end_ms() + 2048.0) as usize
}

fn parse(maps: &[Vec<u8>]) {
    let limits = Limits::default();
    let (ours, theirs) = fastest(
        || {
            for bytes in maps {
                drop(black_box(published::read(black_box(bytes), &limits)));
            }
        },
        || {
            for bytes in maps {
                drop(black_box(rosu_map::from_bytes::<rosu_map::Beatmap>(black_box(bytes))));
            }
        },
    );
    let bytes: usize = maps.iter().map(Vec::len).sum();
    println!(
        "parse: {:.1} MB/s, {:.2} of rosu-map's time (goal: at most {PARSE_GOAL})",
        bytes as f64 / ours / 1e6,
        ours / theirs
    );
}

fn encode(maps: &[Vec<u8>]) {
    let beatmaps = beatmaps(maps);
    let total: usize = beatmaps.iter().map(n_frames).sum();
    let (time, _) = fastest(
        || {
            for beatmap in &beatmaps {
                drop(black_box(signal::encode(beatmap, n_frames(beatmap), 1 << 20)));
            }
        },
        || {},
    );
    println!(
        "encode: {:.1} million frames/s, {:.2} ms a map",
        total as f64 / time / 1e6,
        time / beatmaps.len() as f64 * 1e3
    );
}

/// The same map on grids of growing length: time per frame must not grow.
fn growth(maps: &[Vec<u8>]) {
    let mut beatmaps = beatmaps(maps);
    beatmaps.sort_by_key(|beatmap| beatmap.hit_objects.len());
    let Some(long) = beatmaps.last() else { return };
    let n_long = n_frames(long);
    let half = Beatmap {
        hit_objects: long.hit_objects[..long.hit_objects.len() / 2].to_vec(),
        ..long.clone()
    };
    let n_half = n_frames(&half);
    let (short_s, long_s) = fastest(
        || drop(black_box(signal::encode(&half, n_half, 1 << 20))),
        || drop(black_box(signal::encode(long, n_long, 1 << 20))),
    );
    println!(
        "growth: {:.2} times the frames ({n_half} to {n_long}) take {:.2} times as long",
        n_long as f64 / n_half as f64,
        long_s / short_s
    );
}

fn pairs(maps: &[Vec<u8>]) {
    const N_FRAMES: usize = 30_000;
    let signals: Vec<_> = beatmaps(maps)
        .iter()
        .filter(|beatmap| n_frames(beatmap) <= N_FRAMES)
        .filter_map(|beatmap| signal::encode(beatmap, N_FRAMES, N_FRAMES).ok())
        .map(agreement::MeasuredSignal::new)
        .take(8)
        .collect();
    let n_pairs = signals.len().saturating_sub(1).max(1);
    let (time, _) = fastest(
        || {
            for pair in signals.windows(2) {
                black_box(agreement::compare(&pair[0], &pair[1]));
            }
        },
        || {},
    );
    println!("Track A: {:.2} ms a pair of {N_FRAMES} frames", time / n_pairs as f64 * 1e3);
}

/// Against the CPU times of the published program on the same maps; its
/// machine was of the same kind, so the ratio is rough.
fn published_program() {
    let Ok(text) = std::fs::read_to_string(shared("golden/timing/timing.json")) else { return };
    let Ok(table) = serde_json::from_str::<serde_json::Value>(&text) else { return };
    let (mut published_s, mut ours_s) = (0.0, 0.0);
    for row in table["maps"].as_array().into_iter().flatten() {
        let name = row["map"].as_str().unwrap_or_default();
        let Ok(bytes) = std::fs::read(shared("golden/inputs/osu").join(format!("{name}.osu")))
        else {
            continue;
        };
        let n_frames = row["L"].as_u64().unwrap_or_default() as usize;
        published_s += row["parse_cpu_s"].as_f64().unwrap_or_default();
        published_s += row["encode_cpu_s"].as_f64().unwrap_or_default();
        let (time, _) = fastest(
            || {
                if let Ok(beatmap) = published::read(&bytes, &Limits::default()) {
                    drop(black_box(signal::encode(&beatmap, n_frames, 1 << 20)));
                }
            },
            || {},
        );
        ours_s += time;
    }
    if ours_s > 0.0 {
        println!(
            "parse and encode: {:.0} times the published program's speed (goal: {PUBLISHED_GOAL})",
            published_s / ours_s
        );
    }
}
