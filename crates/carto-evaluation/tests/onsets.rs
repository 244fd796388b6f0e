//! Onsets of real maps: from the map to its channel and back.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::path::PathBuf;

use carto_agreement::{ONSET_TOLERANCE_MS, OnsetCounts, onset_counts};
use carto_beatmap::limits::Limits;
use carto_beatmap::osu::{self, GameMode};
use carto_beatmap::signal::{self, FrameClock};
use carto_evaluation::{OnsetDecoderConfig, decode_onsets};
use carto_types::SignalChannel;

const CLOCK: FrameClock = FrameClock::OSU_DREAMER;

struct Map {
    path: PathBuf,
    /// From 0 on: what lies before the audio is not in the channel.
    onsets_ms: Vec<f64>,
    /// ONSET, `[n_frames]`.
    channel: Vec<f64>,
}

impl Map {
    fn read(path: PathBuf) -> Option<Self> {
        let limits = Limits::default();
        let map = osu::read(&std::fs::read(&path).unwrap(), &limits).ok()?;
        if map.mode != GameMode::Osu {
            return None;
        }
        let n_frames = CLOCK.frames_until_ms(map.beatmap.end_ms() + 500.0) as usize;
        let signal = signal::encode(&map.beatmap, n_frames, limits.max_frames).ok()?;
        let times_ms = map.beatmap.hit_objects.iter().map(|object| object.start_ms);
        let onsets_ms = times_ms.filter(|&time_ms| time_ms >= 0.0).collect();
        Some(Self { path, onsets_ms, channel: signal.channel(SignalChannel::Onset).to_vec() })
    }

    fn least_distance_ms(&self) -> f64 {
        let distances = self.onsets_ms.windows(2).map(|pair| pair[1] - pair[0]);
        distances.fold(f64::INFINITY, f64::min)
    }

    fn counts(&self, channel: &[f64]) -> OnsetCounts {
        let found_ms = decode_onsets(channel, CLOCK, &OnsetDecoderConfig::default());
        onset_counts(&found_ms, &self.onsets_ms, ONSET_TOLERANCE_MS)
    }
}

/// Maps of a folder whose onsets are not closer than people play; the goldens
/// hold maps with hundreds at one time.
fn playable_maps(folder: &str, step: usize) -> Vec<Map> {
    let Some(folder) = carto_testkit::folder(folder) else { return Vec::new() };
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|ext| ext == "osu")).collect();
    paths.sort();
    let maps = paths.into_iter().step_by(step).filter_map(Map::read);
    let maps: Vec<_> = maps.filter(|map| map.least_distance_ms() >= 30.0).collect();
    assert!(maps.len() >= 50, "{} playable maps", maps.len());
    maps
}

/// Averages over three frames, then adds noise of this standard deviation.
fn spoilt(channel: &[f64], noise: f64, rng: &mut fastrand::Rng) -> Vec<f64> {
    let spoil = |idx: usize| {
        let around = &channel[idx.saturating_sub(1)..(idx + 2).min(channel.len())];
        let mean = around.iter().sum::<f64>() / around.len() as f64;
        // Twelve of variance 1/12: near enough to a normal distribution.
        mean + noise * ((0..12).map(|_| rng.f64()).sum::<f64>() - 6.0)
    };
    (0..channel.len()).map(spoil).collect()
}

#[test]
fn exact_channels_give_all_onsets_back() {
    for (folder, step) in [("golden/inputs/osu", 1), ("corpus/osu", 10)] {
        for map in playable_maps(folder, step) {
            let counts = map.counts(&map.channel);
            assert_eq!(counts.f_measure(), 1.0, "{}: {counts:?}", map.path.display());
        }
    }
}

#[test]
fn blurred_and_noisy_channels_give_nearly_all_onsets_back() {
    let mut rng = fastrand::Rng::with_seed(4);
    let maps = playable_maps("corpus/osu", 20);
    let counts = maps.iter().map(|map| map.counts(&spoilt(&map.channel, 0.05, &mut rng)));
    let sum: OnsetCounts = counts.sum();
    assert!(sum.f_measure() > 0.97, "{sum:?}");
    assert!(maps.is_empty() || sum.n_expected > 20_000, "{sum:?}");
}
