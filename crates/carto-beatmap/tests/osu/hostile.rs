//! What must not take long, take much memory or pass a number without end.

use carto_beatmap::beatmap::{HitObjectKind, SliderPath};
use carto_beatmap::limits::{LimitError, Limits};
use carto_beatmap::osu::{self, OsuError, OsuMap};
use carto_beatmap::published;
use carto_beatmap::sections::Section;
use proptest::prelude::*;

const HEAD: &str = "osu file format v14\n[Difficulty]\nSliderMultiplier:1.4\n[TimingPoints]\n0,500,4\n[HitObjects]\n";

fn read(objects: &str) -> Result<OsuMap, OsuError> {
    osu::read(format!("{HEAD}{objects}").as_bytes(), &Limits::default())
}

/// Fails at the first number that is NaN or infinite, and at objects out of order.
fn check_numbers(map: &OsuMap) {
    let mut previous_ms = f64::NEG_INFINITY;
    for object in &map.beatmap.hit_objects {
        assert!(object.start_ms.is_finite() && object.end_ms.is_finite(), "{object:?}");
        assert!(object.start_ms >= previous_ms && object.end_ms >= object.start_ms, "{object:?}");
        previous_ms = object.start_ms;
        match &object.kind {
            HitObjectKind::Circle(place) => assert!(place.is_finite()),
            HitObjectKind::Spinner => {}
            HitObjectKind::Slider(slider) => {
                assert!(slider.slide_duration_ms.is_finite() && slider.slides >= 1);
                let SliderPath::Curve(curve) = &slider.path else { panic!("{:?}", slider.path) };
                assert!(curve.vertices().iter().all(|vertex| vertex.is_finite()));
                for progress in [0.0, 0.3, 1.0] {
                    assert!(curve.position_at(progress).is_finite());
                }
            }
        }
    }
    assert!((0.0..=10.0).contains(&map.beatmap.approach_rate));
    for point in &map.beatmap.timing_points {
        assert!(point.time_ms.is_finite());
        assert!((6.0..=60_000.0).contains(&point.beat_length_ms));
        assert!((0.1..=10.0).contains(&point.slider_velocity));
    }
}

#[test]
fn a_million_objects_are_too_many_lines() {
    let error = read(&"1,2,3,1,0\n".repeat(1_000_000)).unwrap_err();
    let too_many = LimitError::TooManyLines { section: Section::HitObjects, limit: 200_000 };
    assert_eq!(error, OsuError::Limit(too_many));
}

#[test]
fn as_many_sliders_and_repeats_as_allowed_are_read_without_their_samples() {
    // 9000 slides are the most osu! reads; built one by one their samples
    // would take 100 GB.
    let n_lines = 20_000;
    let map = read(&"1,2,3,2,0,L|9:9,9000,10\n".repeat(n_lines)).unwrap();
    assert_eq!(map.beatmap.hit_objects.len(), n_lines);
    assert!(map.beatmap.hit_objects.iter().all(|object| match &object.kind {
        HitObjectKind::Slider(slider) => slider.slides == 9000,
        _ => false,
    }));
    check_numbers(&map);
}

#[test]
fn a_hundred_thousand_repeats_make_a_line_unreadable() {
    let map = read("1,2,3,2,0,L|9:9,100000,10\n1,2,9,1,0\n").unwrap();
    assert_eq!((map.beatmap.hit_objects.len(), map.notes.n_skipped_objects), (1, 1));
}

#[test]
fn numbers_without_end_or_beyond_int32_make_a_line_unreadable() {
    let lines = [
        "NaN,2,3,1,0",
        "1,1e308,3,1,0",
        "1,2,inf,1,0",
        "1,2,3000000000,1,0",
        "1,2,-1e300,1,0",
        "1,2,3,2,0,L|NaN:3,1,10",
        "1,2,3,2,0,L|1e308:3,1,10",
        "1,2,3,2,0,L|9:9,1,1e308",
        "1,2,3,2,0,L|9:9,1,NaN",
        "1,2,3,8,0,NaN",
        "1,2,3,8,0,1e400",
    ];
    for format in ["v14", "v128"] {
        let text = format!("{HEAD}{}\n1,2,5,1,0\n", lines.join("\n")).replace("v14", format);
        let map = osu::read(text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(map.beatmap.hit_objects.len(), 1, "{format}: {:?}", map.beatmap.hit_objects);
        assert_eq!(map.notes.n_skipped_objects, lines.len());
    }
}

#[test]
fn a_path_that_takes_too_long_is_refused_before_it_is_drawn() {
    // A Bezier curve of 5,000 points that zigzag over the largest range.
    let zigzag = (0..4_998).map(|idx| if idx % 2 == 0 { "|131072:0" } else { "|-131072:9" });
    let line = format!("1,2,3,2,0,B{},1,100\n", zigzag.collect::<String>());
    assert!(matches!(read(&line.repeat(20)), Err(OsuError::PathTooCostly { start_ms: 3 })));
    let long = format!("1,2,3,2,0,L{},1,100\n", "|5:5|6:6".repeat(4_100));
    let error = read(&long).unwrap_err();
    assert_eq!(error, OsuError::TooManyControlPoints { line: 7, n_points: 8_201, limit: 8_000 });
    assert_eq!(error.cause(), "over-a-limit");
}

#[test]
fn paths_of_too_many_vertices_are_refused() {
    // A Bezier curve across the largest range has two thousand.
    let line = "1,2,3,2,0,B|131072:0|-131072:9|-131072:0|131072:9,1,131072\n";
    let error = read(&line.repeat(3_000)).unwrap_err();
    assert!(matches!(error, OsuError::TooManyVertices { start_ms: 3, .. }), "{error}");
    let arcs = "1,2,3,2,0,P|5000:6000|9000:3,1,1\n";
    let error = read(&arcs.repeat(20_000)).unwrap_err();
    assert_eq!(error, OsuError::PathTooCostly { start_ms: 3 }, "vertices that are cut off count");
}

#[test]
fn timing_points_backwards_are_refused_where_they_cost_too_much() {
    let backwards = |n_points: i32| {
        let points: String =
            (0..n_points).rev().map(|ms| format!("{ms},500,4,2,0,50,1,0\n")).collect();
        let text = HEAD.replace("0,500,4\n", &points) + "1,2,3,1,0\n";
        osu::read(text.as_bytes(), &Limits::default())
    };
    assert_eq!(backwards(1_000).unwrap().beatmap.timing_points.len(), 1_000);
    assert!(matches!(backwards(100_000), Err(OsuError::UnsortedTimingPoints { .. })));
}

/// A map with one of everything, as a start for mutations.
const SEED: &str = "osu file format v14\n\n[General]\nAudioFilename: a.mp3\nMode: 0\n\n\
    [Metadata]\nTitle:T\nArtist:A\nCreator:C\nVersion:V\nBeatmapID:1\n\n\
    [Difficulty]\nHPDrainRate:5\nCircleSize:4\nOverallDifficulty:8\nApproachRate:9\n\
    SliderMultiplier:1.4\nSliderTickRate:1\n\n[Events]\n2,1000,2000\n\n\
    [TimingPoints]\n0,500,4,2,0,50,1,0\n900,-50,4,2,0,50,0,1\n\n[HitObjects]\n\
    100,80,500,5,2,0:0:0:0:\n100,80,1000,2,0,B|1:2|3:4|3:4|50:60,2,140,2|0|8,0:0|0:0|1:2,0:0:0:0:\n\
    100,80,2500,2,0,P|150:30|200:80,1,120\n100,80,3500,6,0,C|90:10|40:70|9:9,1,210\n\
    100,80,4500,2,0,P|150:30|L|200:80|B|200:99|3:7,3,300\n256,192,7000,12,8,8000,0:0:0:0:\n";

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        if let Ok(map) = osu::read(&bytes, &Limits::default()) {
            check_numbers(&map);
        }
    }

    #[test]
    fn no_mutated_map_panics_and_its_numbers_stay_finite(
        changes in proptest::collection::vec((0..SEED.len(), 0..16_usize), 1..12),
        format in prop_oneof!["v14", "v128", "v3"],
    ) {
        const PIECES: [&str; 16] = [
            "", "9", "-", ".5", ",", "|", ":", "\n", "1e308", "NaN", "131072", "P|", "B|", "\r", "é", "0",
        ];
        let mut text = SEED.to_owned();
        for (at, piece) in changes {
            let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let end = (at + piece % 3).min(text.len());
            let end = if text.is_char_boundary(end) { end } else { at };
            text.replace_range(at..end, PIECES[piece]);
        }
        let text = text.replacen("v14", &format, 1);
        let limits = Limits::default();
        let as_osu = osu::read(text.as_bytes(), &limits);
        if let Ok(map) = &as_osu {
            check_numbers(map);
        }
        let _ = osu::differences(&published::read(text.as_bytes(), &limits), &as_osu);
    }

    #[test]
    fn every_object_line_is_an_object_or_counted(
        lines in proptest::collection::vec("[0-9NaB|:,.-]{0,30}|[0-9]{1,3},[0-9]{1,3},[0-9]{1,6},(1|2|5|6|12|128),[0-9],[BCLP](\\|-?[0-9]{1,6}:-?[0-9]{1,6}){1,5},[0-9]{1,5},-?[0-9]{1,6}", 0..20),
    ) {
        let n_lines = lines.iter().filter(|line| !line.trim().is_empty()).count();
        match read(&lines.join("\n")) {
            Ok(map) => {
                check_numbers(&map);
                let n_left_out = map.notes.n_skipped_objects + map.notes.n_ignored_holds;
                prop_assert_eq!(map.beatmap.hit_objects.len() + n_left_out, n_lines);
                prop_assert_eq!(map.notes.n_object_lines, n_lines);
            }
            Err(OsuError::NoObjects { n_lines: counted }) => prop_assert_eq!(counted, n_lines),
            Err(error) => prop_assert_eq!(error.cause(), "over-a-limit"),
        }
    }
}
