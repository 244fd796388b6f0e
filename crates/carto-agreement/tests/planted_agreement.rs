//! What is planted in invented maps comes out of Track A.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::collections::BTreeMap;

use carto_agreement::{MeasuredSignal, compare, track_a};
use carto_beatmap::limits::Limits;
use carto_beatmap::published;
use carto_beatmap::signal;
use carto_demo::{DemoConfig, PlantedAgreement, demo_maps};
use carto_types::TrackA;

/// Track A over the invented maps of one difficulty.
fn measure(config: &DemoConfig) -> TrackA {
    let mut songs: BTreeMap<usize, Vec<MeasuredSignal>> = BTreeMap::new();
    for map in demo_maps(config).iter().filter(|map| map.version == "Insane") {
        let beatmap = published::read(map.text.as_bytes(), &Limits::default()).unwrap();
        let n_frames = (map.length_ms * 16.384) as usize / 98 + 1;
        let signal = signal::encode(&beatmap, n_frames, 1 << 20).unwrap();
        songs.entry(map.song_idx).or_default().push(MeasuredSignal::new(signal));
    }
    let mut pairs = Vec::new();
    for maps in songs.values() {
        for (idx, a) in maps.iter().enumerate() {
            pairs.extend(maps[idx + 1..].iter().map(|b| compare(a, b)));
        }
    }
    track_a(&pairs.iter().collect::<Vec<_>>(), songs.len() as u32).unwrap()
}

fn planted(share: f64) -> TrackA {
    let agreement = PlantedAgreement::uniform(share);
    measure(&DemoConfig { n_songs: 6, agreement, ..DemoConfig::default() })
}

#[test]
fn correlation_rises_with_what_is_planted() {
    let (none, half, all) = (planted(0.0), planted(0.5), planted(1.0));
    for idx in 0..9 {
        let name = &all.channels[idx].name;
        let [none, half, all] = [&none, &half, &all].map(|run| run.channels[idx].pearson_mean);
        assert!(none + 0.03 < half && half + 0.1 < all, "{name}: {none} {half} {all}");
    }
    for channel in &all.channels[..7] {
        let (name, mean) = (&channel.name, channel.pearson_mean);
        assert!(mean > 0.99, "{name}: {mean} where everything is shared");
    }
}

#[test]
fn the_demo_tells_music_from_style() {
    let demo = measure(&DemoConfig::default());
    let mean = |idx: usize| demo.channels[idx].pearson_mean;
    assert!(mean(0) > 0.3 && mean(1) > 0.3, "ONSET and COMBO: {} {}", mean(0), mean(1));
    assert!(mean(7).abs() < 0.1 && mean(8).abs() < 0.1, "X and Y: {} {}", mean(7), mean(8));
}
