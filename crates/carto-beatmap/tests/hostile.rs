//! Maps that mean harm: each is read or refused by name, fast.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

use std::time::{Duration, Instant};

use carto_beatmap::beatmap::Beatmap;
use carto_beatmap::limits::{LimitError, Limits};
use carto_beatmap::osu;
use carto_beatmap::published::{self, Refusal};
use carto_beatmap::sections::Section;
use carto_beatmap::signal::{self, FrameClock, SignalError};

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

/// Both readings, and the signal of the published one, within the time given.
fn read(text: &str) -> Result<Beatmap, Refusal> {
    let limits = Limits::default();
    let start = Instant::now();
    let reading = published::read(text.as_bytes(), &limits);
    if let Ok(beatmap) = &reading {
        let n_frames = FrameClock::OSU_DREAMER.frames_until_ms(beatmap.end_ms() + 2048.0);
        drop(signal::encode(beatmap, n_frames as usize, limits.max_frames));
    }
    let both = start.elapsed();
    assert!(both < PATIENCE, "published: {both:?}");
    let as_osu = osu::read(text.as_bytes(), &limits);
    if let Ok(map) = &as_osu {
        assert!(map.beatmap.hit_objects.iter().all(|object| object.start_ms.is_finite()));
    }
    drop(osu::differences(&reading, &as_osu));
    let all = start.elapsed() - both;
    assert!(all < PATIENCE, "osu: {all:?}");
    reading
}

#[test]
fn a_million_objects_are_too_many() {
    let objects: String = (0..1_000_000).map(|idx| format!("1,1,{idx},1,0\n")).collect();
    assert!(matches!(
        read(&map(&objects)),
        Err(Refusal::Limit(LimitError::TooManyLines { section: Section::HitObjects, .. }))
    ));
}

#[test]
fn nan_and_infinite_coordinates_are_no_numbers() {
    for x in ["nan", "inf", "-inf", "1e309"] {
        let reading = read(&map(&format!("{x},1,0,1,0\n")));
        assert!(matches!(reading, Err(Refusal::NotANumber { line: 25, .. })), "{x}: {reading:?}");
    }
}

#[test]
fn huge_coordinates_and_times_are_read() {
    for line in ["1e308,-1e308,0,1,0\n", "1,1,1e308,1,0\n", "1,1,-99999999999999,1,0\n"] {
        assert!(read(&map(line)).is_ok(), "{line}");
    }
    let beatmap = read(&map("1,1,99999999999999,1,0\n")).unwrap();
    let n_frames = FrameClock::OSU_DREAMER.frames_until_ms(beatmap.end_ms()) as usize;
    let limit = Limits::default().max_frames;
    assert!(matches!(
        signal::encode(&beatmap, n_frames, limit),
        Err(SignalError::TooManyFrames { .. })
    ));
}

#[test]
fn a_hundred_thousand_repeats_cost_no_more_than_their_frames() {
    for repeats in ["100000", "9223372036854775807", "-5", "0"] {
        for curve in ["L|200:100", "P|150:150|200:100", "B|150:150|160:150|200:100"] {
            drop(read(&map(&format!("100,100,0,2,0,{curve},{repeats},100\n"))));
        }
    }
}

#[test]
fn a_slider_of_a_hundred_thousand_points_is_too_much() {
    let points: String = (0..100_000).map(|idx| format!("|{}:{}", idx % 512, idx % 384)).collect();
    let reading = read(&map(&format!("100,100,0,2,0,B{points},1,100\n")));
    assert!(matches!(reading, Err(Refusal::TooManyControlPoints { line: 25, .. })));
}

#[test]
fn as_many_points_as_are_allowed_are_read_in_time() {
    let limit = Limits::default().max_control_points - 1;
    let points: String =
        (0..limit).map(|idx| format!("|{}:{}", idx * 7 % 512, idx % 384)).collect();
    for length in ["1", "100000000"] {
        drop(read(&map(&format!("100,100,0,2,0,B{points},1,{length}\n"))));
    }
}

#[test]
fn many_sliders_of_many_points_are_bounded_together() {
    let points: String =
        (0..4_000).map(|idx| format!("|{}:{}", idx * 7 % 512, idx % 384)).collect();
    let objects: String =
        (0..600).map(|idx| format!("100,100,{},2,0,B{points},1,1\n", idx * 1000)).collect();
    let reading = read(&map(&objects));
    assert!(matches!(reading, Err(Refusal::TooMuchSliderWork { .. })), "{reading:?}");
}

#[test]
fn broken_timing_gives_no_end_and_is_refused() {
    let text = map_with("0,nan,4\n", "1,1,0,2,0,L|9:9,1,10\n1,1,9,1,0\n");
    assert_eq!(read(&text), Err(Refusal::EndNotFinite { line: 26 }));
}

#[test]
fn files_that_are_no_maps_are_refused() {
    let limits = Limits::default();
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0";
    assert!(matches!(published::read(png, &limits), Err(Refusal::NotUtf8 { offset: 0 })));
    assert!(osu::read(png, &limits).is_err());
    assert_eq!(published::read(b"", &limits), Err(Refusal::Empty));
    assert!(osu::read(b"", &limits).is_err());
}

#[test]
fn a_line_without_end_is_read_in_time() {
    let text = map(&"1,".repeat(4_000_000));
    drop(read(&text));
}
