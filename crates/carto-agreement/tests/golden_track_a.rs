//! Track A against the published program's tables, from its own manifests.
//!
//! Goldens were written by osu-dreamer-cartography @ `7ec522b`; never edit
//! one by hand, and never loosen a tolerance to make this pass.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::collections::BTreeMap;
use std::path::Path;

use carto_agreement::{MeasuredSignal, compare, track_a};
use carto_beatmap::limits::Limits;
use carto_beatmap::published;
use carto_beatmap::signal;
use carto_types::PairAgreement;
use serde_json::Value;

/// Means from our own float64 encoding, by the goldens' README.
const TOLERANCE: f64 = 1e-9;

/// Maps of a manifest by song, in its order.
fn songs(golden: &Path, manifest: &Value) -> BTreeMap<u64, Vec<(String, String, MeasuredSignal)>> {
    let inputs = carto_testkit::json(&golden.join("inputs/inputs.json"));
    let mut songs: BTreeMap<u64, Vec<_>> = BTreeMap::new();
    for row in manifest.as_array().unwrap() {
        let path = row["osu_path"].as_str().unwrap();
        let (set, entry) = path.trim_start_matches("extracted/").split_once('/').unwrap();
        let archive =
            if set.starts_with('-') { "mapset-ten.osz".into() } else { format!("{set}.osz") };
        let input = inputs.as_array().unwrap().iter().find(|input| {
            input["osz"].as_str() == Some(&*archive) && input["zip_name"].as_str() == Some(entry)
        });
        let Some(input) = input else { continue };
        let file = golden.join("inputs/osu").join(input["osu"].as_str().unwrap());
        let beatmap = published::read(&std::fs::read(file).unwrap(), &Limits::default()).unwrap();
        let n_frames = row["target_L"].as_u64().unwrap() as usize;
        let signal = signal::encode(&beatmap, n_frames, 1 << 20).unwrap();
        songs.entry(row["song_group_idx"].as_u64().unwrap()).or_default().push((
            row["filename"].as_str().unwrap().to_owned(),
            row["creator"].as_str().unwrap().to_owned(),
            MeasuredSignal::new(signal),
        ));
    }
    songs
}

fn all_pairs(maps: &[(String, String, MeasuredSignal)]) -> Vec<PairAgreement> {
    let mut pairs = Vec::new();
    for (idx, (_, creator_a, a)) in maps.iter().enumerate() {
        for (_, creator_b, b) in &maps[idx + 1..] {
            if creator_a != creator_b {
                pairs.push(compare(a, b));
            }
        }
    }
    pairs
}

#[test]
fn the_torture_run_agrees_with_its_nan_and_all() {
    let Some(golden) = carto_testkit::folder("golden") else { return };
    let run = golden.join("runs/torture_small_init_mu");
    let manifest = carto_testkit::json(&run.join("encoding_manifest.json"));
    let expected = carto_testkit::json(&run.join("track_a_results.json"));
    let songs = songs(&golden, &manifest);
    let n_maps: usize = songs.values().map(Vec::len).sum();
    assert_eq!(n_maps, manifest.as_array().unwrap().len(), "maps that inputs.json does not name");

    let pairs: Vec<_> = songs.values().flat_map(|maps| all_pairs(maps)).collect();
    assert_eq!(Some(pairs.len() as u64), expected["pairs_compared"].as_u64());
    let actual = track_a(&pairs.iter().collect::<Vec<_>>(), 0).unwrap();
    let mut n_checked = 0;
    for channel in &actual.channels {
        let expected = &expected["summary"][&channel.name];
        for (key, actual) in [
            ("pearson_mean", channel.pearson_mean),
            ("pearson_std", channel.pearson_std),
            ("mad_mean", channel.mad_mean),
            ("mad_std", channel.mad_std),
            ("cosine_mean", channel.cosine_mean),
            ("cosine_std", channel.cosine_std),
        ] {
            let at = format!("{} {key}", channel.name);
            match expected[key].as_f64() {
                // One map of zero-length lines makes X and Y NaN (quirk 42).
                None => assert!(actual.is_nan(), "{at}: {actual}, published NaN"),
                Some(expected) => assert!(
                    (actual - expected).abs() < TOLERANCE * expected.abs().max(1.0),
                    "{at}: {actual}, published {expected}"
                ),
            }
            n_checked += 1;
        }
    }
    assert_eq!(n_checked, 54);
}
