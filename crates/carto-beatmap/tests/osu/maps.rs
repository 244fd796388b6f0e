//! Tiny maps, read both ways.

use carto_beatmap::beatmap::{HitObject, HitObjectKind, Position, Slider};
use carto_beatmap::limits::Limits;
use carto_beatmap::osu::{self, OsuMap};
use carto_beatmap::published;

/// A map at 120 beats a minute, 0.28 osu!pixels a ms.
pub(crate) const PLAIN: &str = "osu file format v14

[General]
AudioFilename: song.mp3
Mode: 0

[Metadata]
Title:Tune
Artist:Someone
Creator:mapper
Version:Odd
BeatmapID:12

[Difficulty]
HPDrainRate:4
CircleSize:4
OverallDifficulty:6
ApproachRate:9
SliderMultiplier:1.4
SliderTickRate:1

[Events]

[TimingPoints]
0,500,4,2,0,50,1,0

[HitObjects]
";

pub(crate) fn read(text: &str) -> OsuMap {
    osu::read(text.as_bytes(), &Limits::default()).unwrap()
}

pub(crate) fn with_objects(objects: &str) -> OsuMap {
    read(&format!("{PLAIN}{objects}"))
}

pub(crate) fn differences(text: &str) -> Vec<String> {
    let limits = Limits::default();
    let published = published::read(text.as_bytes(), &limits);
    osu::differences(&published, &osu::read(text.as_bytes(), &limits))
}

pub(crate) fn starts(map: &OsuMap) -> Vec<f64> {
    map.beatmap.hit_objects.iter().map(|object| object.start_ms).collect()
}

pub(crate) fn slider(object: &HitObject) -> &Slider {
    match &object.kind {
        HitObjectKind::Slider(slider) => slider,
        other => panic!("not a slider: {other:?}"),
    }
}

pub(crate) fn place(object: &HitObject, progress: f64) -> Position {
    slider(object).path.position_at(progress).unwrap()
}

#[track_caller]
pub(crate) fn assert_near(place: Position, x: f64, y: f64) {
    assert!(place.distance(Position { x, y }) < 0.3, "{place:?} is not at {x}, {y}");
}
