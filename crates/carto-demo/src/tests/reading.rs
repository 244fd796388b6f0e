//! A reader of the demo's texts, written from the published rules and sharing
//! nothing with the writer or with the crate's own readers.

use crate::DemoMap;

pub(super) struct ReadMap {
    pub(super) name: String,
    pub(super) timing_points: Vec<ReadTimingPoint>,
    pub(super) objects: Vec<ReadObject>,
}

pub(super) struct ReadTimingPoint {
    pub(super) time_ms: f64,
    pub(super) beat_ms: f64,
    pub(super) velocity: f64,
}

pub(super) struct ReadObject {
    pub(super) time_ms: f64,
    pub(super) end_ms: f64,
    pub(super) type_bits: u32,
    pub(super) sound_bits: u32,
    pub(super) n_slides: f64,
    /// Head first; a circle has one, a slider two or more.
    pub(super) points: Vec<(f64, f64)>,
}

/// The lines between `[name]` and the next blank line.
pub(super) fn section<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let header = format!("[{name}]");
    let lines = text.split("\r\n").skip_while(|line| **line != header).skip(1);
    lines.take_while(|line| !line.is_empty()).collect()
}

/// What stands behind `key:` in a section.
pub(super) fn value<'a>(text: &'a str, name: &str, key: &str) -> &'a str {
    let values: Vec<&str> = section(text, name)
        .into_iter()
        .filter_map(|line| line.split_once(':').filter(|(found, _)| *found == key))
        .map(|(_, value)| value.trim())
        .collect();
    assert_eq!(values.len(), 1, "{name}/{key} stands {} times", values.len());
    values[0]
}

pub(super) fn read(map: &DemoMap) -> ReadMap {
    let name = format!("{} ({}) [{}]", map.title, map.creator, map.version);
    let multiplier: f64 = value(&map.text, "Difficulty", "SliderMultiplier").parse().unwrap();
    let timing_points = read_timing_points(&section(&map.text, "TimingPoints"));
    let object_lines = section(&map.text, "HitObjects");
    let read_object = |line: &&str| read_object(line, multiplier, &timing_points);
    let objects: Vec<ReadObject> = object_lines.iter().map(read_object).collect();
    assert!(!objects.is_empty(), "{name} has no objects");
    ReadMap { name, objects, timing_points }
}

fn numbers(line: &str) -> Vec<f64> {
    line.split(',').map(|field| field.parse().unwrap()).collect()
}

fn read_timing_points(lines: &[&str]) -> Vec<ReadTimingPoint> {
    let mut points: Vec<ReadTimingPoint> = Vec::new();
    for line in lines {
        let fields = numbers(line);
        assert_eq!(fields.len(), 8, "{line}");
        let (time_ms, length) = (fields[0], fields[1]);
        assert!(time_ms.fract() == 0.0, "{line}");
        if length > 0.0 {
            points.push(ReadTimingPoint { time_ms, beat_ms: length, velocity: 1.0 });
        } else {
            let beat_ms = points.last().unwrap().beat_ms;
            let velocity = ((-100.0 / length) * 1000.0).round() / 1000.0;
            points.push(ReadTimingPoint { time_ms, beat_ms, velocity });
        }
    }
    points
}

fn read_object(line: &str, multiplier: f64, timing_points: &[ReadTimingPoint]) -> ReadObject {
    let fields: Vec<&str> = line.split(',').collect();
    let [x, y, time_ms, type_bits, sound_bits] =
        [0, 1, 2, 3, 4].map(|idx| fields[idx].parse::<i32>().unwrap_or_else(|_| panic!("{line}")));
    let (x, y, time_ms) = (f64::from(x), f64::from(y), f64::from(time_ms));
    let mut points = vec![(x, y)];
    let (mut end_ms, mut n_slides) = (time_ms, 0.0);
    match type_bits & 0b1011 {
        1 => assert_eq!(fields.len(), 6, "{line}"),
        2 => {
            for point in fields[5].split('|').skip(1) {
                let (x, y) = point.split_once(':').unwrap();
                points.push((x.parse().unwrap(), y.parse().unwrap()));
            }
            n_slides = fields[6].parse().unwrap();
            let length: f64 = fields[7].parse().unwrap();
            let active = timing_points.iter().rfind(|point| point.time_ms <= time_ms).unwrap();
            let slide_ms = length / (multiplier * active.velocity * 100.0) * active.beat_ms;
            end_ms = (time_ms + slide_ms * n_slides).trunc();
        }
        8 => end_ms = fields[5].parse::<i32>().unwrap().into(),
        _ => panic!("type of {line}"),
    }
    ReadObject {
        time_ms,
        end_ms,
        type_bits: type_bits.try_into().unwrap(),
        sound_bits: sound_bits.try_into().unwrap(),
        n_slides,
        points,
    }
}
