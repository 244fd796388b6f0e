//! Signals against the published program's, map by map.
//!
//! Goldens were written by osu-dreamer-cartography @ `7ec522b`; never edit
//! one by hand, and never loosen a tolerance to make this pass.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use carto_beatmap::limits::Limits;
use carto_beatmap::published;
use carto_beatmap::signal;
use carto_types::SignalChannel;
use serde_json::Value;

/// Tolerances of the goldens' README, absolute.
fn tolerance(channel: SignalChannel, expected: f64) -> f64 {
    match channel {
        SignalChannel::X | SignalChannel::Y => 1e-5 * (expected.abs() / 10.0).max(1.0),
        _ => 2e-6,
    }
}

#[test]
fn every_signal_agrees_and_every_refusal_has_the_same_cause() {
    let Some(golden) = carto_testkit::folder("golden") else { return };
    let index = carto_testkit::json(&golden.join("maps/index.json"));
    let (mut n_encoded, mut n_refused, mut failures) = (0, 0, Vec::new());
    for row in index.as_array().unwrap() {
        let name = row["osu"].as_str().unwrap();
        let bytes = std::fs::read(golden.join("inputs/osu").join(name)).unwrap();
        match check_map(row, &bytes, &golden) {
            Ok(true) => n_encoded += 1,
            Ok(false) => n_refused += 1,
            Err(message) => failures.push(format!("{name}: {message}")),
        }
    }
    assert!(failures.is_empty(), "{} maps differ:\n{}", failures.len(), failures.join("\n"));
    assert_eq!((n_encoded, n_refused), (113, 43), "the goldens' own counts");
}

/// Whether the map was encoded; an error says how it differs.
fn check_map(row: &Value, bytes: &[u8], golden: &std::path::Path) -> Result<bool, String> {
    let limits = Limits::default();
    let n_frames = row["L"].as_u64().unwrap() as usize;
    let error =
        if row["beatmap_error"].is_null() { &row["encode_error"] } else { &row["beatmap_error"] };
    let expected_at = error["at"].as_str().map(|at| at.trim_start_matches("osu_dreamer/osu/"));

    let beatmap = match published::read(bytes, &limits) {
        Ok(beatmap) => beatmap,
        Err(refusal) => return same_cause(refusal.source_at().as_deref(), expected_at, &refusal),
    };
    let signal = match signal::encode(&beatmap, n_frames, limits.max_frames) {
        Ok(signal) => signal,
        Err(error) => {
            return same_cause(error.source_at(), expected_at, &error);
        }
    };
    if let Some(at) = expected_at {
        return Err(format!("encoded, but should be refused at {at}"));
    }
    let stem = row["osu"].as_str().unwrap().trim_end_matches(".osu");
    let (shape, expected) =
        carto_testkit::npy_f32(&golden.join("maps/enc9").join(format!("{stem}.npy.gz")));
    assert_eq!(shape, [9, n_frames]);
    for channel in SignalChannel::ALL {
        let actual = signal.channel(channel);
        let expected = &expected[channel as usize * n_frames..][..n_frames];
        for (frame_idx, (&actual, &expected)) in actual.iter().zip(expected).enumerate() {
            let expected = f64::from(expected);
            let is_close = (actual - expected).abs() <= tolerance(channel, expected)
                || (actual.is_nan() && expected.is_nan());
            if !is_close {
                return Err(format!(
                    "{} differs first at frame {frame_idx}: {actual}, published {expected}",
                    channel.name()
                ));
            }
        }
    }
    if signal.first_non_finite().is_some() != row["nan"].as_bool().unwrap_or(false) {
        return Err("NaN where the published signal has none, or the other way round".to_owned());
    }
    Ok(true)
}

fn same_cause(
    actual: Option<&str>,
    expected: Option<&str>,
    message: &dyn std::fmt::Display,
) -> Result<bool, String> {
    if actual == expected {
        Ok(false)
    } else {
        Err(format!("refused at {actual:?} ({message}), published {expected:?}"))
    }
}

#[test]
fn a_shorter_grid_gives_the_first_columns() {
    let Some(golden) = carto_testkit::folder("golden") else { return };
    let bytes = std::fs::read(golden.join("inputs/osu/1001__Hard.osu")).unwrap();
    let beatmap = published::read(&bytes, &Limits::default()).unwrap();
    let long = signal::encode(&beatmap, 13_375, 1 << 20).unwrap();
    let short = signal::encode(&beatmap, 13_000, 1 << 20).unwrap();
    for channel in SignalChannel::ALL {
        assert_eq!(short.channel(channel), &long.channel(channel)[..13_000]);
    }
}
