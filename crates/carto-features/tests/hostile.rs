//! Maps made to take time or memory, or to break arithmetic.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::time::{Duration, Instant};

use carto_beatmap::limits::Limits;
use carto_features::{Mods, rate, read};
use proptest::prelude::*;

/// Goal for release builds; debug builds are given more.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 1 });

fn map(objects: &str) -> String {
    map_with("0,500,4,2,0,100,1,0\n", objects)
}

fn map_with(timing_points: &str, objects: &str) -> String {
    format!(
        "osu file format v14\n\n[General]\nAudioFilename: a.mp3\nMode: 0\n\n\
         [Metadata]\nTitle:t\nArtist:a\nCreator:c\nVersion:v\n\n\
         [Difficulty]\nHPDrainRate:5\nCircleSize:4\nOverallDifficulty:7\nApproachRate:9\n\
         SliderMultiplier:1.4\nSliderTickRate:1\n\n\
         [TimingPoints]\n{timing_points}\n[HitObjects]\n{objects}"
    )
}

/// Features are finite or refused, within the time given.
fn read_features(text: &str) {
    let (limits, start) = (Limits::default(), Instant::now());
    if let Ok(features) = read(text.as_bytes(), &limits) {
        assert!(features.values().iter().flatten().all(|value| value.is_finite()));
    }
    assert!(start.elapsed() < PATIENCE, "features: {:?}", start.elapsed());
    let start = Instant::now();
    drop(rate(text.as_bytes(), Mods::DoubleTime, &limits));
    assert!(start.elapsed() < PATIENCE, "rating: {:?}", start.elapsed());
}

#[test]
fn objects_and_lines_without_end_are_read_in_time() {
    let objects: String = (0..1_000_000).map(|idx| format!("1,1,{idx},1,0\n")).collect();
    read_features(&map(&objects));
    read_features(&map(&"1,".repeat(4_000_000)));
}

#[test]
fn kiai_that_goes_on_and_off_all_the_time_is_looked_up_in_time() {
    let points: String =
        (0..200_000).map(|idx| format!("{idx},500,4,2,0,60,1,{}\n", idx % 2)).collect();
    let objects: String = (0..200_000).map(|idx| format!("1,1,{idx},1,0\n")).collect();
    read_features(&map_with(&points, &objects));
}

#[test]
fn stacks_that_reach_over_the_whole_map_are_rated_in_time() {
    let circles: String =
        (0..50_000).map(|idx| format!("{},{},{},1,0\n", idx % 512, idx % 384, idx * 100)).collect();
    let stacked = "[General]\nStackLeniency: 100000\nMode: 0\n";
    read_features(&map(&circles).replace("[General]\n", stacked));
    let sliders: String = (0..20_000)
        .map(|idx| format!("{},9,{},2,0,L|9:{},40,50\n", idx % 512, idx * 100, idx % 384))
        .collect();
    read_features(&map(&sliders).replace("[General]\n", stacked));
}

#[test]
fn sliders_of_ticks_without_end_are_not_rated() {
    let sliders: String =
        (0..500).map(|idx| format!("0,0,{},2,0,L|9:9,9000,131072\n", idx * 2_000)).collect();
    let slow = "0,500,4,2,0,60,1,0\n0,-1000,4,2,0,60,0,0\n";
    read_features(&map_with(slow, &sliders).replace("TickRate:1", "TickRate:8"));
}

/// Lines of every section of which features are read, most of them damaged.
fn damaged_map() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        4 => (-600..6_000_i32).prop_map(|number| number.to_string()),
        1 => "[-+]?[0-9]{0,3}[.]?[0-9]{0,3}(e[0-9]{1,3})?",
        1 => prop::sample::select(vec!["nan", "inf", "-inf", "1_0", "", " 7 ", "é", "1e308"])
            .prop_map(str::to_owned),
    ];
    let line = prop::collection::vec(number, 0..11).prop_map(|fields| fields.join(",") + "\n");
    let lines = || prop::collection::vec(line.clone(), 0..12).prop_map(|lines| lines.concat());
    (lines(), lines(), lines(), "[A-Za-z:.0-9\n]{0,40}").prop_map(
        |(events, points, objects, difficulty)| {
            format!(
                "osu file format v14\n[Difficulty]\nSliderMultiplier:{difficulty}\n\
                 [Events]\n{events}[TimingPoints]\n{points}[HitObjects]\n{objects}"
            )
        },
    )
}

proptest! {
    #[test]
    fn features_of_any_text_are_finite_or_refused(text in damaged_map()) {
        if let Ok(features) = read(text.as_bytes(), &Limits::default()) {
            for mods in [Mods::None, Mods::DoubleTime, Mods::HardRock] {
                let values = features.clone().with_mods(mods).values();
                prop_assert!(values.iter().flatten().all(|value| value.is_finite()));
            }
        }
    }
}
