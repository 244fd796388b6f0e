//! Track B and the synthesis against the published program's tables, from its
//! own encodings and latents.
//!
//! Goldens were written by osu-dreamer-cartography @ `7ec522b`; never edit
//! one by hand, and never loosen a tolerance to make this pass.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use carto_agreement::{
    Latents, MeasuredLatents, between_var, compare_latents, cross_correlate, mean_correlations,
    track_b,
};
use carto_types::{AgreementClass, ChannelCorrelations, SignalChannel, TrackB, strongest_channels};
use serde_json::Value;

/// The published code works in float32 here, by the goldens' README.
const TOLERANCE: f64 = 1e-5;
const N_DIMS: usize = 32;

struct Map {
    creator: String,
    /// `[32, n_latents]`.
    mu: Vec<f32>,
    n_latents: usize,
    /// The nine channels, `[target_L]` each.
    channels: Vec<Vec<f64>>,
}

/// Maps of a run by song, in the order of its manifest.
fn songs(golden: &Path, run: &Path) -> BTreeMap<u64, Vec<Map>> {
    let inputs = carto_testkit::json(&golden.join("inputs/inputs.json"));
    let manifest = carto_testkit::json(&run.join("latent_manifest.json"));
    let mut songs: BTreeMap<u64, Vec<Map>> = BTreeMap::new();
    for row in manifest.as_array().unwrap() {
        let name = row["filename"].as_str().unwrap();
        let stem = input_stem(&inputs, row["osu_path"].as_str().unwrap());
        let of_map = |kind: &str, extension: &str| {
            let stem = stem.as_ref().unwrap();
            golden.join("maps").join(kind).join(format!("{stem}.{extension}"))
        };
        // Whole maps stand with the maps, shortened and odd ones with the run.
        let or = |path: PathBuf, other: &dyn Fn() -> PathBuf| {
            if path.is_file() { path } else { other() }
        };
        let latent = or(run.join("latent").join(name), &|| of_map("mu_small", "npy"));
        let signal = or(run.join("enc9_quirk").join(name), &|| of_map("enc9", "npy.gz"));

        let (shape, mu) = carto_testkit::npy_f32(&latent);
        let n_latents = row["latent_l"].as_u64().unwrap() as usize;
        assert!(shape[0] == N_DIMS && shape[1] >= n_latents, "{name}: {shape:?}");
        let mu = mu.chunks(shape[1]).flat_map(|dim| &dim[..n_latents]).copied().collect();
        let (shape, values) = carto_testkit::npy_f32(&signal);
        let n_frames = row["target_L"].as_u64().unwrap() as usize;
        let channels = values.chunks(shape[1]).map(|channel| {
            channel[..n_frames].iter().map(|&value| f64::from(value)).collect::<Vec<f64>>()
        });
        songs.entry(row["song_group_idx"].as_u64().unwrap()).or_default().push(Map {
            creator: row["creator"].as_str().unwrap().to_owned(),
            mu,
            n_latents,
            channels: channels.collect(),
        });
    }
    songs
}

fn input_stem(inputs: &Value, osu_path: &str) -> Option<String> {
    let (set, entry) = osu_path.trim_start_matches("extracted/").split_once('/').unwrap();
    let input = inputs.as_array().unwrap().iter().find(|input| {
        input["osz"].as_str() == Some(&format!("{set}.osz"))
            && input["zip_name"].as_str() == Some(entry)
    })?;
    Some(input["osu"].as_str().unwrap().trim_end_matches(".osu").to_owned())
}

fn track_b_of(songs: &BTreeMap<u64, Vec<Map>>) -> TrackB {
    let (mut pairs, mut variances) = (Vec::new(), Vec::<Vec<f64>>::new());
    for maps in songs.values() {
        let n_columns = maps.iter().map(|map| map.n_latents).min().unwrap();
        let measure = |map: &'_ Map| {
            MeasuredLatents::new(Latents::new(&map.mu, N_DIMS).unwrap(), n_columns).means()
        };
        let means: Vec<Vec<f64>> = maps.iter().map(measure).collect();
        variances.extend(between_var(&means));
        for (idx, a) in maps.iter().enumerate() {
            for b in maps[idx + 1..].iter().filter(|b| b.creator != a.creator) {
                let [a, b] = [a, b].map(|map| {
                    MeasuredLatents::new(Latents::new(&map.mu, N_DIMS).unwrap(), n_columns)
                });
                pairs.push(compare_latents(&a, &b));
            }
        }
    }
    let variances: Vec<_> = variances.iter().map(|song| &**song).collect();
    track_b(&pairs.iter().collect::<Vec<_>>(), &variances).unwrap()
}

fn assert_close(actual: f64, expected: &Value, at: &str) {
    let expected = expected.as_f64().unwrap();
    assert!((actual - expected).abs() < TOLERANCE, "{at}: {actual}, published {expected}");
}

#[test]
fn track_b_of_the_main_run_agrees() {
    let Some(golden) = carto_testkit::folder("golden") else { return };
    let run = golden.join("runs/main_small_init_mu");
    let expected = carto_testkit::json(&run.join("track_b_results.json"));
    let actual = track_b_of(&songs(&golden, &run));

    assert_eq!(Some(actual.pairs_compared.into()), expected["pairs_compared"].as_u64());
    assert_eq!(Some(actual.songs_analyzed.into()), expected["songs_analyzed"].as_u64());
    assert_close(actual.cosine_mean, &expected["full_cosine_mean"], "full cosine");
    assert_close(actual.cosine_std, &expected["full_cosine_std"], "its spread");
    let mut n_checked = 0;
    for latent in &actual.dims {
        let expected = &expected["dim_summary"][latent.dim.to_string()];
        for (key, actual) in [
            ("pearson_mean", latent.pearson_mean),
            ("pearson_std", latent.pearson_std),
            ("cosine_mean", latent.cosine_mean),
            ("cosine_std", latent.cosine_std),
            ("between_var_mean", latent.between_var_mean),
        ] {
            assert_close(actual, &expected[key], &format!("latent {} {key}", latent.dim));
            n_checked += 1;
        }
    }
    assert_eq!(n_checked, N_DIMS * 5);
    let ranking = expected["dim_ranking"].as_array().unwrap();
    let ranking: Vec<_> = ranking.iter().map(|row| row["dim"].as_u64().unwrap() as u32).collect();
    assert_eq!(actual.ranking, ranking);
    for (class, n_dims) in AgreementClass::ALL.into_iter().zip(actual.class_counts()) {
        let name = class.name();
        assert_eq!(Some(n_dims as u64), expected["taxonomy"][name].as_u64(), "{name}");
    }
}

#[test]
fn one_map_without_a_direction_makes_track_b_nan_as_published() {
    let Some(golden) = carto_testkit::folder("golden") else { return };
    let run = golden.join("runs/torture_small_init_mu");
    let expected = carto_testkit::json(&run.join("track_b_results.json"));
    let actual = track_b_of(&songs(&golden, &run));
    assert_eq!(Some(actual.pairs_compared.into()), expected["pairs_compared"].as_u64());
    assert_eq!(Some(actual.songs_analyzed.into()), expected["songs_analyzed"].as_u64());
    assert!(expected["full_cosine_mean"].is_null() && actual.cosine_mean.is_nan());
    for latent in &actual.dims {
        let expected = &expected["dim_summary"][latent.dim.to_string()];
        assert!(expected["pearson_mean"].is_null() && latent.pearson_mean.is_nan());
        assert!(expected["cosine_std"].is_null() && latent.cosine_std.is_nan());
        assert!(expected["between_var_mean"].is_null() && latent.between_var_mean.is_nan());
    }
    assert_eq!(actual.dims.len(), N_DIMS);
}

#[test]
fn the_synthesis_of_the_main_run_agrees() {
    let Some(golden) = carto_testkit::folder("golden") else { return };
    let run = golden.join("runs/main_small_init_mu");
    let expected = carto_testkit::json(&run.join("synthesis_results.json"));
    let of_maps: Vec<ChannelCorrelations> = songs(&golden, &run)
        .values()
        .flatten()
        .map(|map| {
            let channels = SignalChannel::ALL.map(|channel| &map.channels[channel as usize][..]);
            cross_correlate(channels, Latents::new(&map.mu, N_DIMS).unwrap(), 18)
        })
        .collect();
    assert_eq!(Some(of_maps.len() as u64), expected["n_beatmaps_used"].as_u64());
    let actual = mean_correlations(&of_maps.iter().collect::<Vec<_>>()).unwrap();

    let mut n_checked = 0;
    for (dim, row) in actual.downsampled.rows().iter().enumerate() {
        for (channel, r) in row.iter().enumerate() {
            let expected = &expected["correlation_matrix"][dim][channel];
            assert_close(*r, expected, &format!("latent {dim}, channel {channel}"));
            n_checked += 1;
        }
    }
    assert_eq!(n_checked, N_DIMS * 9);
    for row in expected["taxonomy"].as_array().unwrap() {
        let r = &actual.downsampled.rows()[row["dim"].as_u64().unwrap() as usize];
        let strongest = strongest_channels(r);
        for (place, top) in row["top_9dim_correlations"].as_array().unwrap().iter().enumerate() {
            let channel = strongest[place];
            assert_eq!(Some(channel.name()), top[0].as_str(), "latent {}", row["dim"]);
            assert_close(r[channel as usize], &top[1], channel.name());
        }
        assert_eq!(row["strongest_9dim"], strongest[0].name());
        assert_close(r[strongest[0] as usize], &row["strongest_9dim_corr"], "strongest");
    }
}
