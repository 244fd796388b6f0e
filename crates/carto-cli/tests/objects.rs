//! `carto objects` against a port of osu!lazer, and what it refuses.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod shared;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Output;

use carto_testkit::gunzip;
use serde_json::Value;
use shared::{carto, folder, same};

fn objects(map: &Path) -> Output {
    carto(&["objects".as_ref(), map])
}

fn printed(output: &Output) -> Value {
    assert!(output.status.success(), "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// All maps of the golden are compared in `carto-playfield`; here a few of each format, with
/// every key and decimal.
#[test]
fn objects_are_printed_as_the_golden_has_them() {
    let (Some(golden), Some(corpus)) = (folder("golden/playfield"), folder("corpus/osu")) else {
        return;
    };
    let golden: Value = serde_json::from_slice(&gunzip(&golden.join("playfield.json.gz"))).unwrap();
    // Their differences from the port are explained there.
    let known = ["b66659a9", "bb3dbd5b", "bf61ea42"];
    let (mut seen, mut kinds, mut n_objects) = (BTreeSet::new(), BTreeSet::new(), 0);
    let mut differences = Vec::new();
    for map in golden["maps"].as_array().unwrap() {
        let sha1 = map["sha1"].as_str().unwrap();
        let is_known = known.iter().any(|known| sha1.starts_with(known));
        if is_known || !seen.insert(map["format"].to_string()) {
            continue;
        }
        let found = printed(&objects(&corpus.join(format!("{sha1}.osu"))));
        let mut expected = map.clone();
        for key in ["sha1", "format", "cs", "ar", "stack_leniency"] {
            expected.as_object_mut().unwrap().remove(key).unwrap();
        }
        // The last decimal of a sum in single precision may differ.
        same(&found, &expected, 1e-3, sha1, &mut differences);
        let rows = found["objects"].as_array().unwrap();
        kinds.extend(rows.iter().map(|row| row["k"].as_str().unwrap().to_owned()));
        n_objects += rows.len();
    }
    assert!(differences.is_empty(), "{differences:#?}");
    assert!(seen.len() >= 6 && kinds.len() == 3 && n_objects > 1000, "{seen:?} {kinds:?}");
}

fn map(version: u8, mode: u8, objects: &str) -> String {
    format!(
        "osu file format v{version}\n\n[General]\nMode: {mode}\n\n[Difficulty]\nHPDrainRate:5\n\
         CircleSize:4\nOverallDifficulty:8\nApproachRate:9.4\nSliderMultiplier:1\n\
         SliderTickRate:2\n\n[TimingPoints]\n0,500,4,2,0,50,1,0\n\n[HitObjects]\n{objects}"
    )
}

const OBJECTS: &str =
    "10,20,1000,1,0\n10,20,1100,1,0\n100,100,2000,2,0,L|300:100,1,80\n256,192,3000,12,0,4000.5\n";

#[test]
fn a_made_map_is_printed_line_by_line_with_times_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.osu");
    let expected = "\
        {\"preempt_ms\": 540.0001, \"fade_in_ms\": 400, \"radius\": 36.48, \"objects\": [\n\
        {\"t\":1000,\"k\":\"circle\",\"x\":10,\"y\":20,\"sx\":6.352,\"sy\":16.352,\"stack\":1,\"combo\":0,\"index\":1},\n\
        {\"t\":1100,\"k\":\"circle\",\"x\":10,\"y\":20,\"sx\":10,\"sy\":20,\"stack\":0,\"combo\":1,\"index\":1},\n\
        {\"t\":2000,\"k\":\"slider\",\"x\":100,\"y\":100,\"sx\":100,\"sy\":100,\"stack\":0,\"combo\":2,\"index\":1,\
        \"end\":2400,\"ex\":180,\"ey\":100,\"ticks\":[[2250,150,100]]},\n\
        {\"t\":3000,\"k\":\"spinner\",\"x\":256,\"y\":192,\"sx\":256,\"sy\":192,\"stack\":0,\"combo\":3,\"index\":1,\
        \"end\":4000.5}\n\
        ]}\n";
    // Format 4 is played 24 ms later, and stacks circles alike here.
    for version in [14, 4] {
        fs::write(&path, map(version, 0, OBJECTS)).unwrap();
        let output = objects(&path);
        printed(&output);
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected, "format {version}");
        assert!(output.stderr.is_empty());
    }
}

#[test]
fn a_map_beyond_the_limits_is_printed_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ticks.osu");
    fs::write(&path, map(14, 0, "0,0,1000,2,0,L|131000:0,9000,100000\n")).unwrap();
    let output = objects(&path);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(stderr.starts_with("carto: warning: ") && stderr.contains("ticks.osu"), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert_eq!(printed(&output)["objects"].as_array().unwrap().len(), 1);
}

#[test]
fn what_is_refused_is_named_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        ("mania.osu", map(14, 3, OBJECTS).into_bytes(), "map of osu!Mania"),
        ("empty map.osu", map(14, 0, "").into_bytes(), "no hit object"),
        ("picture.osu", b"\x89PNG\r\n\x1a\n".to_vec(), "not a .osu file"),
        ("nothing.osu", Vec::new(), "the file is empty"),
    ];
    for (name, bytes, words) in cases {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let output = objects(&path);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{name}: {stderr}");
        assert_eq!(stderr.lines().count(), 1, "{name}: {stderr}");
        assert!(stderr.contains(name) && stderr.contains(words), "{name}: {stderr}");
        assert!(output.stdout.is_empty(), "{name}");
    }
    let missing = objects(&folder.path().join("missing.osu"));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("missing.osu cannot be read"));
    assert_eq!(carto(&["objects".as_ref()]).status.code(), Some(2));
}
