//! `carto analyze` says how much of an agreement is more than a shared grid, unless it is told not
//! to.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod shared;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use shared::carto;

/// What the command says and the files that it writes, by their names.
fn analyze(demo: &Path, more: &[&str]) -> (String, BTreeMap<String, String>) {
    let out = tempfile::tempdir().unwrap();
    let mut args: Vec<&Path> = vec!["analyze".as_ref(), demo, "--no-latents".as_ref()];
    args.extend(more.iter().map(Path::new));
    args.extend([Path::new("--out"), out.path()]);
    let output = carto(&args);
    assert!(output.status.success(), "{output:?}");
    let text = |path: &Path| fs::read_to_string(path).unwrap();
    let files = fs::read_dir(out.path()).unwrap().map(|entry| entry.unwrap().path());
    let file = |path: std::path::PathBuf| {
        (path.file_name().unwrap().to_string_lossy().into_owned(), text(&path))
    };
    (String::from_utf8(output.stdout).unwrap(), files.map(file).collect())
}

#[test]
fn evidence_comes_by_default_and_can_be_left_out() {
    let demo = tempfile::tempdir().unwrap();
    assert!(carto(&["demo".as_ref(), "--out".as_ref(), demo.path()]).status.success());
    let names = ["evidence.json", "evidence_channels.csv", "evidence_pairs.csv"];

    let (said, with) = analyze(demo.path(), &[]);
    assert!(said.contains("\nevidence: ") && said.contains(" pairs aligned"), "{said}");
    assert!(said.contains("(margin 0.10): "), "{said}");
    assert!(names.iter().all(|name| with.contains_key(*name)));
    let json: Value = serde_json::from_str(&with["evidence.json"]).unwrap();
    assert_eq!(json["format"], "carto-evidence/1");
    let n_pairs = json["pairs"].as_array().unwrap().len();
    assert_eq!(with["evidence_pairs.csv"].matches("\r\n").count(), n_pairs + 1);
    assert!(with["methods.txt"].contains("pairs of two mappers and two sets are aligned"));

    let (said, without) = analyze(demo.path(), &["--no-evidence"]);
    assert!(!said.contains("aligned"), "{said}");
    assert!(names.iter().all(|name| !without.contains_key(*name)));
    // What was there before stays as it was.
    for (name, text) in &without {
        if !["result.json", "methods.txt", "report.json"].contains(&&**name) {
            assert_eq!(&with[name], text, "{name}");
        }
    }

    let (said, published) = analyze(demo.path(), &["--mode", "published"]);
    assert!(!said.contains("aligned"), "{said}");
    assert!(names.iter().all(|name| !published.contains_key(*name)));
    assert!(!published["result.json"].contains("evidence"));

    let (_, others) = analyze(demo.path(), &["--other-songs"]);
    let json: Value = serde_json::from_str(&others["evidence.json"]).unwrap();
    assert_eq!(json["set"]["floor"], "other songs");
    assert!(others["methods.txt"].contains("maps of other songs"));
}

#[test]
fn recordings_are_heard_where_it_is_asked_for() {
    let demo = tempfile::tempdir().unwrap();
    assert!(carto(&["demo".as_ref(), "--out".as_ref(), demo.path()]).status.success());
    let (plain_said, plain) = analyze(demo.path(), &[]);
    let (said, heard) = analyze(demo.path(), &["--audio"]);
    assert!(!plain_said.contains("heard"), "{plain_said}");
    assert!(said.contains("  recordings of ") && said.contains(" heard: "), "{said}");
    let pairs = |files: &BTreeMap<String, String>| -> Vec<Value> {
        let json: Value = serde_json::from_str(&files["evidence.json"]).unwrap();
        json["pairs"].as_array().unwrap().clone()
    };
    // The timing points of the demo leave no lag open.
    let (said, open) = analyze(demo.path(), &["--audio=open"]);
    assert!(!said.contains("heard"), "{said}");
    assert_eq!((&plain["result.json"], pairs(&plain)), (&open["result.json"], pairs(&open)));
    // All sets of one song of the demo have copies of one file.
    let (plain, heard_pairs) = (pairs(&plain), pairs(&heard));
    assert_eq!(plain.len(), heard_pairs.len());
    let mut n_heard = 0;
    for (alone, heard) in plain.iter().zip(&heard_pairs) {
        if heard["source"] == "audio" {
            n_heard += 1;
            assert_eq!(alone["source"], "timing points");
            assert_eq!(alone["lag_ms"], heard["lag_ms"]);
            assert_eq!(alone["on_bars"], heard["on_bars"]);
        } else {
            assert_eq!(alone, heard);
        }
    }
    assert!(n_heard > 10, "{n_heard}");
    assert!(heard["methods.txt"].contains("The recordings settled"), "{}", heard["methods.txt"]);
    let refused = ["--audio", "--no-evidence"];
    let mut args: Vec<&Path> = vec!["analyze".as_ref(), demo.path(), "--out".as_ref(), demo.path()];
    args.extend(refused.iter().map(Path::new));
    let output = carto(&args);
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be used with"), "{output:?}");
}

#[test]
fn evidence_is_asked_for_in_one_way_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("1.osu"), "osu file format v14\n").unwrap();
    let refused = |more: &[&str]| {
        let mut args: Vec<&Path> = vec!["analyze".as_ref(), folder.path()];
        args.extend(more.iter().map(Path::new));
        args.extend(["--out".as_ref(), folder.path()]);
        let output = carto(&args);
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused(&["--other-songs", "--no-evidence"]).contains("cannot be used with"));
    assert!(refused(&["--other-songs", "--mode", "published"]).contains("needs --mode osu"));
    assert!(refused(&["--audio", "--mode", "published"]).contains("needs --mode osu"));
}

#[test]
fn latents_have_evidence_where_they_are_computed() {
    let folder = tempfile::tempdir().unwrap();
    let (demo, encoder) = (folder.path().join("demo"), folder.path().join("tiny.safetensors"));
    assert!(carto(&["demo".as_ref(), "--out".as_ref(), &demo]).status.success());
    let random = ["random-encoder", "--seed", "3", "--hidden-dim", "8", "--out"].map(Path::new);
    assert!(carto(&[&random[..], &[&encoder]].concat()).status.success());
    let analyze = |more: &[&str]| {
        let out = folder.path().join("out");
        let words: [&Path; 4] = ["analyze".as_ref(), &demo, "--encoder".as_ref(), &encoder];
        let more: Vec<&Path> = more.iter().map(Path::new).collect();
        let output = carto(&[&words[..], &more, &["--out".as_ref(), &out]].concat());
        assert!(output.status.success(), "{output:?}");
        let text = |name: &str| fs::read_to_string(out.join(name)).unwrap_or_default();
        let names = ["evidence.json", "evidence_channels.csv", "methods.txt", "result.json"];
        let files = names.map(text);
        fs::remove_dir_all(&out).unwrap();
        (String::from_utf8(output.stdout).unwrap(), files)
    };

    let (said, [json, csv, methods, result]) = analyze(&[]);
    assert!(said.contains("  of 32 latents mappers agree beyond the grid on "), "{said}");
    let json: Value = serde_json::from_str(&json).unwrap();
    let tables = json["set"]["tables"].as_array().unwrap();
    for name in [
        "latent r as is",
        "latent r aligned, on active bars",
        "latent r after whole-bar shifts",
        "latent excess over whole-bar shifts",
        "latent excess over bars permuted within 8",
        "latent columns",
        "effective share of latent columns",
    ] {
        let table = tables.iter().find(|table| table["kind"] == name).unwrap();
        let dimensions = table["dimensions"].as_array().unwrap();
        assert_eq!((dimensions.len(), &dimensions[31]["name"]), (32, &"z31".into()), "{name}");
        assert!(dimensions[0]["mean"]["n_songs"].as_u64() >= Some(10), "{name}: {dimensions:?}");
        // A name with a comma is quoted.
        let row =
            if name.contains(',') { format!("\"{name}\",z31,") } else { format!("{name},z31,") };
        assert!(csv.contains(&row), "{row}");
    }
    assert!(methods.contains("Bartlett") && result.contains("latent columns"));

    // The same bytes when all is taken from a cache.
    let cache = folder.path().join("cache").to_string_lossy().into_owned();
    let fresh = analyze(&["--cache", &cache]).1;
    let [kept_json, kept_csv, ..] = analyze(&["--cache", &cache]).1;
    assert_eq!((&fresh[0], &fresh[1]), (&kept_json, &kept_csv));
    assert_eq!(serde_json::from_str::<Value>(&kept_json).unwrap(), json);

    for more in [&["--no-evidence"][..], &["--mode", "published"]] {
        let (said, files) = analyze(more);
        assert!(!said.contains("beyond the grid"), "{said}");
        assert!(files.iter().all(|text| !text.contains("whole-bar")), "{more:?}");
    }
}
