//! Evidence of real pairs against an outside implementation (numpy, scipy, mir_eval).
//!
//! `../shared/golden/evidence`: `pairs.json` was written by the programs beside it; never
//! edit it, and never loosen a tolerance to make this pass.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests may fail loudly"
)]

use std::collections::BTreeMap;

use carto_beatmap::beatmap::{
    Beatmap, HitObject, HitObjectKind, HitSound, Position, UninheritedPoint,
};
use carto_beatmap::limits::Limits;
use carto_beatmap::published;
use carto_evidence::{
    Alignment, Bars, EvidenceMap, MainTempo, OtherSong, SlotRows, bar_pearson, compare_pair,
    compare_span, phi_of_shifts, wrap,
};
use carto_types::PairEvidence;
use serde_json::Value;

/// How far values may lie apart: the goldens have nine decimals.
const TOLERANCE: f64 = 1e-6;
/// The same for what depends on slider paths.
const PATH_TOLERANCE: f64 = 1e-5;

struct Goldens {
    folder: std::path::PathBuf,
    json: Value,
    maps: BTreeMap<String, EvidenceMap>,
}

impl Goldens {
    fn open() -> Option<Self> {
        let folder = carto_testkit::folder("golden/evidence")?;
        let corpus = carto_testkit::folder("corpus/osu")?;
        let json = carto_testkit::json(&folder.join("pairs.json"));
        Some(Self { folder: corpus, json, maps: BTreeMap::new() })
    }

    fn read(&mut self, sha1: &str) {
        if !self.maps.contains_key(sha1) {
            let bytes = std::fs::read(self.folder.join(format!("{sha1}.osu"))).unwrap();
            let beatmap = published::read(&bytes, &Limits::default()).unwrap();
            self.maps.insert(sha1.to_owned(), EvidenceMap::new(beatmap).unwrap());
        }
    }
}

/// The largest deviation of each kind of value, and all that are too large.
#[derive(Default)]
struct Deviations {
    largest: BTreeMap<&'static str, (f64, String)>,
    faults: Vec<String>,
    n_values: usize,
}

impl Deviations {
    fn compare(&mut self, path: &str, actual: &Value, expected: &Value) {
        match (actual, expected) {
            (Value::Object(actual), Value::Object(expected)) => {
                for (key, expected) in expected {
                    let at = format!("{path}.{key}");
                    match actual.get(key) {
                        Some(actual) => self.compare(&at, actual, expected),
                        None => self.faults.push(format!("{at} is not there")),
                    }
                }
            }
            (Value::Array(actual), Value::Array(expected)) => {
                if actual.len() != expected.len() {
                    let (n, wanted) = (actual.len(), expected.len());
                    self.faults.push(format!("{path} has {n} items and not {wanted}"));
                }
                for (idx, (actual, expected)) in actual.iter().zip(expected).enumerate() {
                    self.compare(&format!("{path}.{idx}"), actual, expected);
                }
            }
            (Value::Number(actual), Value::Number(expected)) if expected.is_f64() => {
                let (actual, expected) = (actual.as_f64().unwrap(), expected.as_f64().unwrap());
                let deviation = (actual - expected).abs();
                let last = path.rsplit('.').next().unwrap();
                let is_path = path.contains(".X") || path.contains(".Y");
                let tolerance = if is_path { PATH_TOLERANCE } else { TOLERANCE };
                self.n_values += 1;
                if deviation > tolerance || deviation.is_nan() {
                    self.faults.push(format!("{path}: {actual}, golden {expected}"));
                }
                let largest = self.largest.entry(kind_of(path, last)).or_default();
                if deviation >= largest.0 {
                    *largest = (deviation, path.to_owned());
                }
            }
            _ => {
                self.n_values += 1;
                if actual.as_f64() != expected.as_f64()
                    || actual.as_f64().is_none() && actual != expected
                {
                    self.faults.push(format!("{path}: {actual}, golden {expected}"));
                }
            }
        }
    }

    fn finish(self) {
        for (kind, (deviation, at)) in &self.largest {
            println!("{kind}: {deviation:.1e} ({at})");
        }
        let first: Vec<_> = self.faults.iter().take(40).map(String::as_str).collect();
        assert!(self.faults.is_empty(), "{} differ:\n{}", self.faults.len(), first.join("\n"));
        assert!(self.n_values > 20_000, "{} values", self.n_values);
    }
}

fn kind_of(path: &str, last: &str) -> &'static str {
    let has = |part: &str| path.contains(part);
    match last {
        "lag_ms" => "lag",
        "f" | "chance" | "F25" | "F50" | "F70" | "f50_bars" => "F",
        _ if has(".X") || has(".Y") => "X, Y",
        "p" => "p",
        _ if has("phi") => "phi and its shifts",
        _ if has("pearson_bars") => "r on bars, shifts, within 8",
        _ if has(".r") => "r",
        "spacing" | "spacing_given_gap" | "turn" => "spacing and turn",
        _ => "others",
    }
}

#[test]
fn every_pair_agrees() {
    let Some(mut goldens) = Goldens::open() else { return };
    let pairs = goldens.json["pairs"].as_array().unwrap().clone();
    assert_eq!(pairs.len(), 152);
    let mut deviations = Deviations::default();
    for pair in &pairs {
        let text = |key: &str| pair[key].as_str().unwrap();
        let others = pair["other_songs"].as_array().unwrap();
        let names: Vec<_> = others.iter().map(|other| other["c"].as_str().unwrap()).collect();
        for sha1 in [text("a"), text("b")].iter().chain(&names) {
            goldens.read(sha1);
        }
        let map = |sha1: &str| &goldens.maps[sha1];
        let (a, b) = (map(text("a")), map(text("b")));
        let others: Vec<_> = names.iter().map(|name| OtherSong { name, map: map(name) }).collect();
        // The goldens follow the timing points of difficulties of one set too.
        let found = compare_pair(a, b, &Alignment::of_timing_points(a, b), &others);
        let written = serde_json::to_value(&found).unwrap();
        assert_eq!(serde_json::from_value::<PairEvidence>(written.clone()).unwrap(), found);
        let mut expected = pair.clone();
        for key in ["kind", "a", "b", "song", "mappers", "versions"] {
            expected.as_object_mut().unwrap().remove(key);
        }
        deviations.compare(&text("a")[..6], &written, &expected);
    }
    deviations.finish();
}

/// Circles at some times and places, with tempos.
fn circles(objects: &[[f64; 3]], points: &[(f64, f64, f64)]) -> EvidenceMap {
    let of = |&[time_ms, x, y]: &[f64; 3]| HitObject {
        start_ms: time_ms,
        end_ms: time_ms,
        new_combo: false,
        hit_sound: HitSound(0),
        kind: HitObjectKind::Circle(Position { x, y }),
    };
    let point = |&(time_ms, beat_ms, meter)| UninheritedPoint::new(time_ms, beat_ms, meter);
    let beatmap = Beatmap {
        approach_rate: 5.0,
        timing_points: Vec::new(),
        uninherited_points: points.iter().map(point).collect(),
        hit_objects: objects.iter().map(of).collect(),
    };
    EvidenceMap::new(beatmap).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|it| it.as_f64().unwrap()).collect()
}

fn triples(value: &Value) -> Vec<[f64; 3]> {
    value.as_array().unwrap().iter().map(|it| numbers(it).try_into().unwrap()).collect()
}

fn check(actual: Option<f64>, expected: &Value, what: &str) {
    let is_close = match (actual, expected.as_f64()) {
        (Some(actual), Some(expected)) => (actual - expected).abs() <= TOLERANCE,
        (actual, expected) => actual.is_none() && expected.is_none(),
    };
    assert!(is_close, "{what}: {actual:?}, golden {expected}");
}

#[test]
fn tempo_cases_agree() {
    let Some(goldens) = Goldens::open() else { return };
    let cases = &goldens.json["cases"];
    for case in cases["wrap"].as_array().unwrap() {
        let [x, period] = ["x", "period"].map(|key| case[key].as_f64().unwrap());
        check(Some(wrap(x, period)), &case["value"], "wrap");
    }
    let mut n_cases = 0;
    for case in cases["main_tempo"].as_array().unwrap() {
        let points: Vec<_> = triples(&case["red"])
            .iter()
            .map(|&[time_ms, beat_ms, meter]| UninheritedPoint::new(time_ms, beat_ms, meter))
            .collect();
        let [first_ms, end_ms] = ["first", "last_end"].map(|key| case[key].as_f64().unwrap());
        let found = MainTempo::of(&points, first_ms, end_ms).unwrap();
        let (value, note) = (&case["value"], case["note"].as_str().unwrap());
        check(Some(found.beat_ms), &value["beat"], note);
        check(Some(found.offset_ms), &value["offset"], note);
        check(Some(f64::from(found.meter)), &value["meter"], note);
        check(Some(found.share), &value["share"], note);
        check(Some(found.spread_ms), &value["spread"], note);
        assert_eq!(Some(found.is_steady), value["steady"].as_bool(), "{note}");
        n_cases += 1;
    }
    assert!(n_cases > 0);
}

#[test]
fn slot_and_phi_cases_agree() {
    let Some(goldens) = Goldens::open() else { return };
    let cases = &goldens.json["cases"];
    for (name, grid) in [("slots_4", 4), ("slots_12", 12)] {
        let case = &cases[name];
        let bars = Bars::new(&[(0.0, 500.0), (2000.0, 500.0)], 4, 500.0);
        let slots: Vec<_> =
            numbers(&case["times"]).iter().map(|&time_ms| bars.slot(time_ms, grid)).collect();
        let expected = numbers(&case["row"]).into_iter().zip(numbers(&case["slot"]));
        let expected: Vec<_> = expected
            .map(|(row, slot)| (row >= 0.0).then_some((row as usize, slot as usize)))
            .collect();
        assert_eq!(slots, expected, "{name}");
        let occupied = bars.occupied(numbers(&case["times"]).into_iter(), grid);
        assert_eq!(Some(occupied.n_occupied() as u64), case["occupied"].as_u64());
    }
    let column = |case: &Value, key: &str| {
        let n_bars = case["bars"].as_u64().unwrap() as usize;
        let mut rows = SlotRows::empty(n_bars, 1);
        numbers(&case[key]).iter().for_each(|&row| rows.occupy(row as usize, 0));
        rows
    };
    let phis = cases["phi"].as_array().unwrap();
    for case in phis {
        let shifts = phi_of_shifts(&column(case, "a"), &column(case, "b")).unwrap();
        check(shifts[0], &case["value"], case["note"].as_str().unwrap());
    }
    assert!(!phis.is_empty());
    let case = &cases["phi_with_null"];
    let shifts = phi_of_shifts(&column(case, "a"), &column(case, "b")).unwrap();
    let expected = case["shifts"].as_array().unwrap();
    assert_eq!(shifts.len(), expected.len());
    for (&shift, expected) in shifts.iter().zip(expected) {
        check(shift, expected, "a shift of phi");
    }

    let case = &cases["row_pearson"];
    let flat = |key: &str| -> Vec<f64> {
        case[key].as_array().unwrap().iter().flat_map(numbers).collect()
    };
    let found = bar_pearson(&flat("x"), &flat("y"), 2).unwrap();
    let found = serde_json::to_value(found).unwrap();
    for (key, expected) in case["value"].as_object().unwrap() {
        check(found[key].as_f64(), expected, key);
    }
}

#[test]
fn onset_and_spacing_cases_agree() {
    let Some(goldens) = Goldens::open() else { return };
    let cases = &goldens.json["cases"];
    let of_f = cases["f"].as_array().unwrap();
    for case in of_f {
        let [reference, estimate] = ["reference_ms", "estimate_ms"].map(|key| numbers(&case[key]));
        let window_ms = case["window_ms"].as_f64().unwrap();
        let counts = carto_agreement::onset_counts(&estimate, &reference, window_ms);
        check(Some(counts.f_measure()), &case["value"], case["note"].as_str().unwrap());
    }
    assert!(!of_f.is_empty());

    let case = &cases["spatial"];
    let point = [(0.0, 500.0, 4.0)];
    let lag_ms = case["lag_ms"].as_f64().unwrap();
    let (a, b) = (triples(&case["a"]), triples(&case["b"]));
    let [a_map, b_map] = [&a, &b].map(|objects| circles(objects, &point));
    let found = compare_span(&a_map, &b_map, lag_ms).unwrap();
    let value = &case["value"];
    assert_eq!(Some(u64::from(found.matched)), value["matched"].as_u64());
    assert_eq!(Some(u64::from(found.turns)), value["turns"].as_u64());
    check(found.spacing, &value["spacing"], "spacing");
    check(found.spacing_given_gap, &value["spacing_given_gap"], "spacing given the gap");
    check(found.turn, &value["turn"], "turn");
}
