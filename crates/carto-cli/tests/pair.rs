//! `carto pair` against the values of an outside implementation, and what it refuses.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod shared;

use std::fs;
use std::path::Path;

use carto_testkit::Music;
use serde_json::Value;
use shared::{carto, folder, json, same};

fn pair(a: &Path, b: &Path, options: &[&str]) -> std::process::Output {
    let args: Vec<&Path> =
        ["pair".as_ref(), a, b].into_iter().chain(options.iter().map(Path::new)).collect();
    carto(&args)
}

/// What the command prints, without what the goldens do not have.
fn printed(output: &std::process::Output) -> Value {
    assert!(output.status.success(), "{output:?}");
    let mut value: Value = serde_json::from_slice(&output.stdout).unwrap();
    value.as_object_mut().unwrap().remove("source").unwrap();
    value
}

/// An entry of the goldens without what names the pair, and without other songs, which the
/// command is not given.
fn expected(entry: &Value) -> Value {
    let mut entry = entry.clone();
    let fields = entry.as_object_mut().unwrap();
    for key in ["kind", "a", "b", "song", "mappers", "versions"] {
        fields.remove(key).unwrap();
    }
    fields.entry("grid_share").or_insert(Value::Null);
    fields.insert("other_songs".to_owned(), Value::Array(Vec::new()));
    entry
}

#[test]
fn pairs_are_those_of_the_goldens() {
    let (Some(golden), Some(corpus)) = (folder("golden/evidence"), folder("corpus/osu")) else {
        return;
    };
    let goldens = json(&golden.join("pairs.json"));
    let entries = goldens["pairs"].as_array().unwrap();
    let (mut n_pairs, mut n_same_set) = (0, 0);
    let mut differences = Vec::new();
    // One of each class and kind, whatever comes first.
    let mut seen = std::collections::BTreeSet::new();
    for entry in entries {
        let what =
            (entry["kind"].to_string(), entry["class"].to_string(), entry["steady"].to_string());
        if !seen.insert(what) {
            continue;
        }
        let [a, b] =
            ["a", "b"].map(|key| corpus.join(format!("{}.osu", entry[key].as_str().unwrap())));
        let found = printed(&pair(&a, &b, &[]));
        same(&found, &expected(entry), 1e-5, &a.display().to_string(), &mut differences);
        n_pairs += 1;
        let is_same_set =
            entry["kind"] != "cross" && entry["lag_ms"] == 0.0 && entry["class"] == "aligned";
        if is_same_set {
            let found = printed(&pair(&a, &b, &["--same-set"]));
            same(&found, &expected(entry), 1e-5, "--same-set", &mut differences);
            n_same_set += 1;
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
    assert!(n_pairs >= 6 && n_same_set >= 2, "{n_pairs} pairs, {n_same_set} of one set");
}

/// A map of four circles a bar.
fn map(mode: u8, objects: &str) -> String {
    format!(
        "osu file format v14\n\n[General]\nAudioFilename: audio.mp3\nMode: {mode}\n\n[Metadata]\n\
         Title:Title\nArtist:Artist\nCreator:Creator\nVersion:Version\n\n[Difficulty]\n\
         HPDrainRate:5\nCircleSize:4\nOverallDifficulty:8\nApproachRate:9\nSliderMultiplier:1.4\n\
         SliderTickRate:1\n\n[Events]\n\n[TimingPoints]\n1000,500,4,2,0,50,1,0\n\n[HitObjects]\n{objects}"
    )
}

fn circles(n_objects: u32) -> String {
    (0..n_objects).map(|idx| format!("{},192,{},1,0\n", idx % 7 * 60, 1000 + idx * 500)).collect()
}

#[test]
fn made_maps_have_the_lag_that_was_planted() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (folder.path().join("a.osu"), folder.path().join("b.osu"));
    let text = map(0, &circles(100));
    fs::write(&a, &text).unwrap();
    let late: String =
        (0..100).map(|idx| format!("{},192,{},1,0\n", idx % 7 * 60, 1011 + idx * 500)).collect();
    fs::write(&b, map(0, &late).replace("1000,500,4,", "1011,500,4,")).unwrap();
    let output = pair(&a, &b, &[]);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&found["class"], &found["source"]), (&"aligned".into(), &"timing points".into()));
    assert_eq!((found["lag_ms"].as_f64(), found["k"].as_i64()), (Some(-11.0), Some(0)));
    assert_eq!(found["aligned"]["F25"], 1.0);
    let same_set = pair(&a, &b, &["--same-set"]);
    let found: Value = serde_json::from_slice(&same_set.stdout).unwrap();
    assert_eq!((&found["class"], &found["source"]), (&"aligned".into(), &"same file".into()));
    assert_eq!((found["lag_ms"].as_f64(), found["k"].as_i64()), (Some(0.0), Some(0)));
    assert!(found["warning"].as_str().unwrap().contains("lag -11.0 ms"), "{found}");
}

#[test]
fn recordings_settle_lag_and_version_and_the_keys_stay() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.osu"), map(0, &circles(100))).unwrap();
    let music = Music::new(1, 60_000.0);
    let cut = music.moved(30_000.0, 4000.0);
    let other = Music::new(2, 60_000.0);
    let recordings = [("a", &music), ("b", &music.moved(0.0, -1010.0)), ("cut", &cut)];
    for (name, music) in recordings.into_iter().chain([("other", &other)]) {
        fs::write(at(name), music.wav(16_000)).unwrap();
    }
    let heard = |b: &str| -> Value {
        let audio = ["--audio".to_owned(), text(&at("a")), text(&at(b))];
        let options: Vec<&str> = audio.iter().map(String::as_str).collect();
        let output = pair(&at("a.osu"), &at("a.osu"), &options);
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let alone = pair(&at("a.osu"), &at("a.osu"), &[]);
    let alone: Value = serde_json::from_slice(&alone.stdout).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();

    // Two beats, though the maps alone fit best where they are.
    let found = heard("b");
    assert_eq!(keys(&found), keys(&alone));
    assert_eq!((&found["class"], &found["source"]), (&"aligned".into(), &"audio".into()));
    assert_eq!((found["lag_ms"].as_f64(), found["k"].as_i64()), (Some(1000.0), Some(2)));
    assert!(found["warning"].as_str().unwrap().contains("alone: aligned, lag 0.0 ms"), "{found}");
    assert_eq!(heard("a")["warning"], Value::Null);

    let found = heard("cut");
    assert_eq!((&found["class"], &found["source"]), (&"other version".into(), &"audio".into()));
    assert_eq!(found["on_bars"], Value::Null);

    let found = heard("other");
    assert_eq!((&found["class"], &found["source"]), (&"aligned".into(), &"timing points".into()));
    assert!(found["warning"].as_str().unwrap().contains("fit clearly at no lag"), "{found}");
    assert_eq!(found["on_bars"], alone["on_bars"]);
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_recording_that_cannot_be_heard_is_named_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.osu"), map(0, &circles(100))).unwrap();
    let music = Music::new(1, 60_000.0).wav(16_000);
    fs::write(at("short.wav"), Music::new(1, 6000.0).wav(16_000)).unwrap();
    fs::write(at("good.wav"), music).unwrap();
    fs::write(at("text.mp3"), "no audio").unwrap();
    let cases = [
        ("short.wav", "it takes 12500 ms"),
        ("text.mp3", "no audio file that we know"),
        ("gone.ogg", "gone.ogg cannot be read"),
    ];
    for (name, words) in cases {
        let audio = ["--audio".to_owned(), text(&at("good.wav")), text(&at(name))];
        let options: Vec<&str> = audio.iter().map(String::as_str).collect();
        let output = pair(&at("a.osu"), &at("a.osu"), &options);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{name}: {stderr}");
        assert_eq!(stderr.lines().count(), 1, "{name}: {stderr}");
        assert!(stderr.contains(name) && stderr.contains(words), "{name}: {stderr}");
        assert!(output.stdout.is_empty(), "{name}");
    }
    let both = pair(&at("a.osu"), &at("a.osu"), &["--same-set", "--audio", "a", "b"]);
    assert!(String::from_utf8_lossy(&both.stderr).contains("cannot be used with"), "{both:?}");
}

#[test]
fn what_is_refused_is_named_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good.osu");
    fs::write(&good, map(0, &circles(50))).unwrap();
    let overlapping = "100,100,1000,12,0,3000\n200,200,2000,1,0\n";
    let cases = [
        ("mania.osu", map(3, &circles(50)).into_bytes(), "game mode 3, not of osu!standard"),
        ("empty map.osu", map(0, "").into_bytes(), "object"),
        ("overlap.osu", map(0, overlapping).into_bytes(), "`--mode osu` reads it"),
        ("picture.osu", b"\x89PNG\r\n\x1a\n".to_vec(), "refused"),
        ("nothing.osu", Vec::new(), "empty"),
        ("long.osu", map(0, "100,100,2000000000,1,0\n").into_bytes(), "frames, limit is"),
    ];
    for (name, bytes, words) in cases {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        for (a, b) in [(&path, &good), (&good, &path)] {
            let output = pair(a, b, &[]);
            let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(1), "{name}: {stderr}");
            assert_eq!(stderr.lines().count(), 1, "{name}: {stderr}");
            assert!(stderr.contains(name) && stderr.contains(words), "{name}: {stderr}");
            assert!(output.stdout.is_empty(), "{name}");
        }
    }
    let mania = pair(&folder.path().join("mania.osu"), &good, &["--mode", "osu"]);
    assert!(String::from_utf8_lossy(&mania.stderr).contains("map of osu!Mania"), "{mania:?}");
    let overlap = pair(&folder.path().join("overlap.osu"), &good, &["--mode", "osu"]);
    assert!(overlap.status.success(), "{overlap:?}");
    let missing = pair(&folder.path().join("missing.osu"), &good, &[]);
    assert!(String::from_utf8_lossy(&missing.stderr).contains("missing.osu cannot be read"));
}
