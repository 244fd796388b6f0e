//! What is drawn of 104 real maps, against osu-standard-stable 5.0.1 with osu-parsers 4.1.7, ports of
//! osu!lazer's standard ruleset: `../shared/golden/playfield`, whose README says how it was written.
//!
//! Where the two differ, osu!lazer's own code (ppy/osu) is on our side; each cause is counted.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

use std::collections::BTreeMap;

use carto_beatmap::limits::Limits;
use carto_beatmap::osu::{self, OsuMap};
use carto_playfield::drawn_map;
use carto_testkit::{folder, gunzip};
use carto_types::{DrawnKind, DrawnObject};
use serde_json::Value;

/// osu!pixels.
const POSITION_TOLERANCE: f64 = 0.5;

const TIME_TOLERANCE_MS: f64 = 1.0;

/// The golden has four decimals.
const ROUNDING: f64 = 5.1e-5;

/// Why an object differs from the golden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    /// The first object after a break begins a combo (`LegacyBeatmapDecoder.postProcessBreaks`),
    /// which the port leaves out: the numbers of that combo and all indices after it.
    ComboAfterBreak,
    /// In formats below 6 a stack goes on from the start of the object found last, and ends of
    /// paths count whichever way the last slide goes (`OsuBeatmapProcessor.applyStackingOld`). The
    /// port goes on from its end, and takes the end of the last slide.
    OldStacking,
    /// Vertices of a Catmull curve less than 6 osu!pixels apart are left out
    /// (`SliderPath.calculateSubPath`), which the port does not do.
    CatmullThinned,
    /// A path is not extended if its last two vertices are one (`SliderPath.calculateLength`); the
    /// port asks that of its last two control points, as lazer did before.
    LastPointsEqual,
}

#[test]
fn objects_are_those_of_osu() {
    let (Some(golden), Some(corpus)) = (folder("golden/playfield"), folder("corpus/osu")) else {
        return;
    };
    let golden: Value = serde_json::from_slice(&gunzip(&golden.join("playfield.json.gz"))).unwrap();
    let mut n_objects = 0;
    let mut causes = BTreeMap::new();
    for map in golden["maps"].as_array().unwrap() {
        let sha1 = map["sha1"].as_str().unwrap();
        let bytes = std::fs::read(corpus.join(format!("{sha1}.osu"))).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let read = osu::read(&bytes, &Limits::default()).unwrap();
        let drawn = drawn_map(&read);
        assert!(is_near(drawn.preempt_ms, &map["preempt_ms"], ROUNDING), "{sha1}");
        assert!(is_near(drawn.fade_in_ms, &map["fade_in_ms"], ROUNDING), "{sha1}");
        assert!(is_near(f64::from(drawn.radius), &map["radius"], ROUNDING), "{sha1}");
        assert!(!drawn.is_shortened, "{sha1}");
        let expected = map["objects"].as_array().unwrap();
        assert_eq!(drawn.objects.len(), expected.len(), "{sha1}");
        // The port plays formats 3 and 4 when the file says, and not 24 ms later.
        let offset_ms = f64::from(read.notes.time_offset_ms);
        for (found, expected) in drawn.objects.iter().zip(expected) {
            n_objects += 1;
            let names = differences(found, expected, offset_ms);
            if !names.is_empty() {
                let cause = cause(&names, &read, &text, found);
                let cause = cause.unwrap_or_else(|| panic!("{sha1} {names:?} {expected}"));
                *causes.entry(cause).or_insert(0) += 1;
            }
        }
    }
    assert_eq!(n_objects, 50_530);
    let expected = [
        (Cause::ComboAfterBreak, 110),
        (Cause::OldStacking, 16),
        (Cause::CatmullThinned, 2),
        (Cause::LastPointsEqual, 1),
    ];
    assert_eq!(causes, BTreeMap::from(expected), "129 objects, 0.26 %");
}

/// In what an object differs.
fn differences(found: &DrawnObject, expected: &Value, offset_ms: f64) -> Vec<&'static str> {
    let mut names = Vec::new();
    let mut check = |name, is_equal: bool| {
        if !is_equal {
            names.push(name);
        }
    };
    let is_time =
        |found: f64, expected: &Value| is_near(found - offset_ms, expected, TIME_TOLERANCE_MS);
    check("start", is_time(found.start_ms, &expected["t"]));
    check("position", is_place(found.position, &expected["x"], &expected["y"]));
    check("stack", is_place(found.stacked(), &expected["sx"], &expected["sy"]));
    check("stack", expected["stack"] == found.stack_height);
    check("combo", expected["combo"] == found.combo_number);
    check("combo", expected["index"] == found.combo_index);
    let kind = match &found.kind {
        DrawnKind::Circle => "circle",
        DrawnKind::Spinner => "spinner",
        DrawnKind::Slider(_) => "slider",
    };
    check("kind", expected["k"] == kind);
    if kind != "circle" {
        check("end", is_time(found.end_ms, &expected["end"]));
    }
    if let DrawnKind::Slider(slider) = &found.kind {
        // What stacking moves it by is checked above.
        let moved = number(&expected["sx"]) - number(&expected["x"]);
        let end = [&expected["ex"], &expected["ey"]].map(|end| (number(end) - moved).into());
        check("path", is_place(slider.end, &end[0], &end[1]));
        let ticks = expected["ticks"].as_array().unwrap();
        check("ticks", ticks.len() == slider.ticks.len());
        for (tick, expected) in slider.ticks.iter().zip(ticks) {
            check("ticks", is_time(tick.time_ms, &expected[0]));
            check("path", is_place(tick.position, &expected[1], &expected[2]));
        }
    }
    names.dedup();
    names
}

/// What explains all the differences of an object; `None` if nothing does.
fn cause(names: &[&str], map: &OsuMap, text: &str, found: &DrawnObject) -> Option<Cause> {
    let has_only = |known: &[&str]| names.iter().all(|name| known.contains(name));
    let start = format!(",{},", found.start_ms);
    let path =
        text.lines().find(|line| line.contains(&start)).and_then(|line| line.split(',').nth(5));
    let points: Vec<&str> = path.unwrap_or_default().split('|').collect();
    let ends_twice = matches!(points.as_slice(), [.., last, end] if last == end);
    if has_only(&["combo"]) && text.lines().any(|line| line.starts_with("2,")) {
        return Some(Cause::ComboAfterBreak);
    }
    if has_only(&["stack"]) && map.format_version < 6 {
        return Some(Cause::OldStacking);
    }
    if has_only(&["path"]) && points.first() == Some(&"C") {
        return Some(Cause::CatmullThinned);
    }
    (has_only(&["end", "path"]) && ends_twice).then_some(Cause::LastPointsEqual)
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

fn is_near(found: f64, expected: &Value, tolerance: f64) -> bool {
    (found - number(expected)).abs() <= tolerance
}

fn is_place(found: [f32; 2], x: &Value, y: &Value) -> bool {
    let [found_x, found_y] = found.map(f64::from);
    is_near(found_x, x, POSITION_TOLERANCE) && is_near(found_y, y, POSITION_TOLERANCE)
}
