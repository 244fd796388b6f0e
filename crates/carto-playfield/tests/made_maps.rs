//! What is drawn of maps that we wrote ourselves, each with one oddity, and of hostile ones.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

use std::fmt::Write as _;

use carto_beatmap::limits::Limits;
use carto_beatmap::osu;
use carto_playfield::{Frame, FrameIndex, drawn_map};
use carto_testkit::folder;
use carto_types::{DrawnKind, DrawnMap, DrawnSlider};

/// A map at 120 beats a minute, AR 9, CS 4, 100 osu!pixels and two ticks a beat.
fn text(version: i32, objects: &str) -> String {
    format!(
        "osu file format v{version}\n\n[General]\nStackLeniency: 0.7\nMode: 0\n\n[Difficulty]\n\
         HPDrainRate:5\nCircleSize:4\nOverallDifficulty:8\nApproachRate:9\nSliderMultiplier:1\n\
         SliderTickRate:2\n\n[TimingPoints]\n0,500,4,2,0,50,1,0\n\n[HitObjects]\n{objects}"
    )
}

fn drawn(text: &str) -> DrawnMap {
    drawn_map(&osu::read(text.as_bytes(), &Limits::default()).unwrap())
}

fn slider(map: &DrawnMap, idx: usize) -> &DrawnSlider {
    match &map.objects[idx].kind {
        DrawnKind::Slider(slider) => slider,
        other => panic!("{other:?}"),
    }
}

fn tick_times(map: &DrawnMap) -> Vec<f64> {
    slider(map, 0).ticks.iter().map(|tick| tick.time_ms).collect()
}

#[test]
fn ticks_lie_on_both_ways_and_none_at_the_ends() {
    let map = drawn(&text(14, "100,100,1000,2,0,L|300:100,2,120\n"));
    let slider = slider(&map, 0);
    assert_eq!((slider.slides, slider.slide_ms, slider.end), (2, 600.0, [100.0, 100.0]));
    assert_eq!(slider.path, [[100.0, 100.0], [220.0, 100.0]], "cut to its length");
    assert_eq!(tick_times(&map), [1250.0, 1500.0, 1700.0, 1950.0]);
    let x: Vec<f32> = slider.ticks.iter().map(|tick| tick.position[0]).collect();
    assert_eq!(x, [150.0, 200.0, 200.0, 150.0]);
    assert_eq!(slider.ticks.iter().map(|tick| tick.slide).collect::<Vec<_>>(), [0, 0, 1, 1]);
    // The second tick would lie 10 ms before the end.
    let short = drawn(&text(14, "100,100,1000,2,0,L|300:100,1,102\n"));
    assert_eq!(tick_times(&short), [1250.0]);
}

#[test]
fn ticks_keep_their_distance_in_time_before_format_8_only() {
    let faster = |version| {
        let text = text(version, "100,100,1000,2,0,L|500:100,1,300\n");
        drawn(&text.replace("2,0,50,1,0\n", "2,0,50,1,0\n500,-50,4,2,0,50,0,0\n"))
    };
    // Twice as fast: 750 ms for 300 osu!pixels.
    assert_eq!(tick_times(&faster(14)), [1250.0, 1500.0]);
    assert_eq!(tick_times(&faster(7)), [1125.0, 1250.0, 1375.0, 1500.0, 1625.0]);
}

#[test]
fn a_beat_length_of_nan_asks_for_no_ticks() {
    let text = text(14, "100,100,1000,2,0,L|300:100,2,120\n");
    let none = drawn(&text.replace("2,0,50,1,0\n", "2,0,50,1,0\n500,NaN,4,2,0,50,0,0\n"));
    assert_eq!(tick_times(&none), [0.0; 0]);
    assert_eq!(slider(&none, 0).slide_ms, 600.0);
}

#[test]
fn stacked_circles_are_moved_up_and_to_the_left() {
    let map = drawn(&text(14, "100,100,1000,1,0\n100,100,1420,1,0\n100,100,1900,1,0\n"));
    let heights: Vec<i32> = map.objects.iter().map(|object| object.stack_height).collect();
    assert_eq!(heights, [1, 0, 0], "420 ms are 0.7 of 600 ms and 480 ms are more");
    assert!((map.objects[0].stacked()[0] - (100.0 - 3.648)).abs() < 1e-4);
    assert_eq!(map.objects[1].stacked(), [100.0, 100.0]);
}

#[test]
fn combo_colours_are_read_and_skipped() {
    let objects = "0,0,1000,5,0\n0,90,1500,1,0\n0,0,2000,37,0\n0,90,2500,5,0\n";
    let colours = "[Colours]\nCombo1 : 255,0,0\nCombo2 : 0,255,0\nCombo3 : 0,0,255\n\n[HitObjects]";
    let map = drawn(&text(14, objects).replace("[HitObjects]", colours));
    assert_eq!(map.combo_colours, [[255, 0, 0], [0, 255, 0], [0, 0, 255]]);
    let index: Vec<u32> = map.objects.iter().map(|object| object.colour_index).collect();
    assert_eq!(index, [1, 1, 4, 5], "the third begins a combo and skips two colours");
    assert_eq!(map.objects[0].colour(&map.combo_colours), Some([0, 255, 0]));
    assert!(drawn(&text(14, objects)).combo_colours.is_empty());
}

#[test]
fn follow_lines_join_the_objects_of_a_combo() {
    let objects = "0,0,1000,5,0\n200,0,1500,1,0\n200,200,2000,5,0\n256,192,2500,8,0,3000\n\
                   0,0,3500,1,0\n0,10,4000,1,0\n";
    let map = drawn(&text(14, objects));
    assert_eq!(map.follow_lines.len(), 1, "none across combos, at spinners, and without room");
    let line = map.follow_lines[0];
    assert_eq!((line.start_ms, line.end_ms), (1000.0, 1500.0));
    assert_eq!((line.from, line.to), ([0.0, 0.0], [200.0, 0.0]));
}

#[test]
fn formats_3_and_4_are_drawn_24_ms_later() {
    let map = drawn(&text(4, "100,100,1000,2,0,L|300:100,1,120\n"));
    assert_eq!((map.objects[0].start_ms, map.objects[0].end_ms), (1024.0, 1624.0));
    assert_eq!(tick_times(&map), [1274.0, 1524.0]);
}

#[test]
fn ticks_of_hostile_maps_are_bounded() {
    // Half an osu!pixel from tick to tick, 9,000 times there and back.
    let line = "0,0,1000,2,0,L|100000:0,9000,100000\n";
    let slow = text(14, &line.repeat(3)).replace("SliderTickRate:2", "SliderTickRate:8");
    let slow = slow.replace("SliderMultiplier:1", "SliderMultiplier:0.4");
    let map = drawn(&slow.replace("2,0,50,1,0\n", "2,0,50,1,0\n500,-1000,4,2,0,50,0,0\n"));
    assert!(map.is_shortened);
    let n_ticks: usize = (0..3).map(|idx| slider(&map, idx).ticks.len()).sum();
    assert_eq!(n_ticks, 1 << 17);
}

#[test]
fn paths_of_hostile_maps_are_bounded() {
    let mut objects = String::new();
    for idx in 0..100 {
        let bends = (0..4000).map(|bend| format!("|{}:{}", bend % 7 * 7, bend % 5 * 7));
        let path: String = bends.collect();
        writeln!(objects, "0,0,{},2,0,L{path},1,131072", 1000 + idx * 10).unwrap();
    }
    let map = drawn(&text(14, &objects));
    assert!(map.is_shortened);
    let n_points: usize = (0..100).map(|idx| slider(&map, idx).path.len()).sum();
    assert!((200_000..=1 << 18).contains(&n_points), "{n_points}");
}

/// The page draws the ball where the ticks are when they are hit.
#[test]
fn balls_of_real_maps_pass_their_ticks_on_time() {
    let Some(corpus) = folder("corpus/osu") else { return };
    let mut paths: Vec<_> =
        std::fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut frame, mut n_ticks) = (Frame::default(), 0);
    for path in paths.iter().step_by(10) {
        let Ok(map) = osu::read(&std::fs::read(path).unwrap(), &Limits::default()) else {
            continue;
        };
        let map = drawn_map(&map);
        let index = FrameIndex::new(&map);
        for (idx, object) in map.objects.iter().enumerate() {
            let DrawnKind::Slider(slider) = &object.kind else { continue };
            for tick in &slider.ticks {
                index.fill(&map, tick.time_ms, &mut frame);
                let seen = frame.objects.iter().find(|seen| seen.idx == idx).unwrap();
                let (ball, at) = (seen.slider.unwrap().ball.unwrap(), object.moved(tick.position));
                let off = (ball[0] - at[0]).hypot(ball[1] - at[1]);
                assert!(off < 1.0, "{} {} ms: {off}", path.display(), tick.time_ms);
                n_ticks += 1;
            }
        }
    }
    assert!(n_ticks > 1000, "{n_ticks}");
}
