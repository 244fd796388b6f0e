//! Milliseconds that all evidence of a pair takes, by its parts.
//!
//! Real pairs where they are at hand. Each part's fastest of some rounds counts, since
//! times on a shared machine are noisy. Run by `cargo xtask bench`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark prints its table"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use carto_beatmap::beatmap::Beatmap;
use carto_beatmap::limits::Limits;
use carto_beatmap::published;
use carto_evidence::{Alignment, EvidenceMap, OtherSong, compare_pair};

const ROUNDS: usize = 5;

/// Pairs of three-minute maps that are compared in twenty seconds on two cores.
const GOAL_MS: f64 = 20_000.0 * 2.0 / 460.0;

/// A three-minute song, to which times of other lengths are scaled.
const SONG_MS: f64 = 180_000.0;

fn main() {
    let (Some(golden), Some(corpus)) =
        (carto_testkit::folder("golden/evidence"), carto_testkit::folder("corpus/osu"))
    else {
        return;
    };
    let json = carto_testkit::json(&golden.join("pairs.json"));
    let pairs: Vec<_> = json["pairs"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|pair| pair["kind"] == "cross" && pair["class"] == "aligned")
        .collect();
    let name = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let others = |pair: &serde_json::Value| -> Vec<String> {
        pair["other_songs"].as_array().unwrap().iter().map(|other| name(&other["c"])).collect()
    };
    let mut beatmaps: BTreeMap<String, Beatmap> = BTreeMap::new();
    for pair in &pairs {
        for sha1 in [name(&pair["a"]), name(&pair["b"])].into_iter().chain(others(pair)) {
            beatmaps.entry(sha1).or_insert_with_key(|sha1| {
                let bytes = std::fs::read(corpus.join(format!("{sha1}.osu"))).unwrap();
                published::read(&bytes, &Limits::default()).unwrap()
            });
        }
    }
    let mut least_ms = [f64::INFINITY; 4];
    let mut whole_ms = 0.0;
    for _ in 0..ROUNDS {
        let mut parts_ms = [0.0; 4];
        whole_ms = 0.0;
        for pair in &pairs {
            let map = |sha1: &str| EvidenceMap::new(beatmaps[sha1].clone()).unwrap();
            let (a, b) = (map(&name(&pair["a"])), map(&name(&pair["b"])));
            let names = others(pair);
            let maps: Vec<_> = names.iter().map(|sha1| map(sha1)).collect();
            let songs: Vec<_> =
                names.iter().zip(&maps).map(|(name, map)| OtherSong { name, map }).collect();
            // The signals of both, which the first comparison makes.
            parts_ms[0] += ms(|| black_box(carto_evidence::compare_span(&a, &b, 0.0)));
            let mut alignment = None;
            parts_ms[1] += ms(|| alignment = Some(Alignment::of_timing_points(&a, &b)));
            let alignment = alignment.unwrap();
            parts_ms[2] += ms(|| black_box(compare_pair(&a, &b, &alignment, &[])));
            parts_ms[3] += ms(|| black_box(compare_pair(&a, &b, &alignment, &songs)));
            whole_ms += a.end_ms() - a.first_ms();
        }
        for (least, part) in least_ms.iter_mut().zip(parts_ms) {
            *least = least.min(part);
        }
    }
    let [encoded, aligned, compared, with_others] = least_ms;
    let n_pairs = pairs.len() as f64;
    println!("{n_pairs} pairs of {:.0} s on average", whole_ms / n_pairs / 1000.0);
    for (what, part_ms) in [
        ("signals of both, compared once", encoded),
        ("lag", aligned),
        ("measures, as is, aligned and on bars", compared),
        ("five other songs", with_others - compared),
        ("all", encoded + aligned + with_others),
    ] {
        println!(
            "{what}: {:.1} ms a pair, {:.1} ms for three minutes",
            part_ms / n_pairs,
            part_ms * SONG_MS / whole_ms
        );
    }
    println!("goal: {GOAL_MS:.0} ms for three minutes, all of it");
}

fn ms<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1000.0
}
