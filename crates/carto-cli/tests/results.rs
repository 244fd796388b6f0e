//! `carto import` and `carto publish` as other tools call them.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod shared;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use shared::{carto, folder, json};
use tempfile::TempDir;

/// A folder with the files of the demo set's run.
fn demo_run() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (set, run) = (folder.path().join("demo"), folder.path().join("run"));
    assert!(carto(&["demo".as_ref(), "--out".as_ref(), &set]).status.success());
    let [latents, mode_flag, mode] = ["--no-latents", "--mode", "published"].map(Path::new);
    let words =
        ["analyze".as_ref(), set.as_path(), latents, mode_flag, mode, "--out".as_ref(), &run];
    let analyzed = carto(&words);
    assert!(analyzed.status.success(), "{analyzed:?}");
    (folder, run)
}

fn import(paths: &[&Path], out: &Path, more: &[&str]) -> Output {
    let words: Vec<&Path> = ["import".as_ref()].into_iter().chain(paths.iter().copied()).collect();
    let more: Vec<&Path> = more.iter().map(Path::new).collect();
    carto(&[&words[..], &["--out".as_ref(), out], &more].concat())
}

fn publish(result: &Path, to: &Path, more: &[&str]) -> Output {
    let more: Vec<&Path> = more.iter().map(Path::new).collect();
    carto(&[&["publish".as_ref(), result, "--to".as_ref(), to], &more[..]].concat())
}

/// The one line of a command that refused.
fn refusal(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

/// Names in a folder, sorted; none of them a leftover.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert!(names.iter().all(|name| !name.starts_with('.')), "{names:?}");
    names
}

#[test]
fn a_run_writes_a_result_that_is_what_its_tables_say() {
    let (folder, run) = demo_run();
    let result = json(&run.join("result.json"));
    assert_eq!(result["format"], "carto-result/1");
    assert_eq!(result["parameters"]["mode"], "Published");
    assert!(result["songs"].as_array().unwrap().len() >= 12);

    let out = folder.path().join("imported.json");
    let table = run.join("track_a_results.json");
    let more = ["--name", "Demo", "--commit", "abc", "--date", "2026-03-01", "--program", "carto"];
    let output = import(&[&table], &out, &more);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.starts_with("Track A in "), "{said}");
    let imported = json(&out);
    assert_eq!(imported["track_a"], result["track_a"]);
    assert_eq!((&imported["name"], &imported["origin"]["commit"]), (&"Demo".into(), &"abc".into()));
    assert_eq!(imported["origin"]["repository"], Value::Null);
    assert_eq!(imported["songs"], Value::Array(Vec::new()));
}

#[test]
fn the_published_figures_become_one_result() {
    let Some(published) = folder("published") else { return };
    let out = tempfile::tempdir().unwrap();
    let out = out.path().join("published.json");
    let names =
        ["track_a.json", "track_b.json", "synthesis.json", "track_b_cv.json", "cv_comparison.json"];
    let paths = names.map(|name| published.join(name));
    let paths: Vec<_> = paths.iter().map(PathBuf::as_path).collect();
    let output = import(&paths, &out, &["--name", "Published study"]);
    assert!(output.status.success(), "{output:?}");
    let result = json(&out);
    assert_eq!(result["track_b"]["pairs_compared"], 455);
    assert_eq!(result["held_out"]["n_songs"], 80);

    let twice = import(&[paths[0], paths[0]], &out, &[]);
    assert!(refusal(&twice).contains("two files hold Track A"));
    assert_eq!(json(&out), result, "what is refused changes nothing");
}

#[test]
fn a_result_is_published_once_under_its_name_and_hash() {
    let (folder, run) = demo_run();
    let (result, to) = (run.join("result.json"), folder.path().join("site/results"));
    // Without a name it is called by its songs.
    let elsewhere = folder.path().join("elsewhere");
    assert!(publish(&result, &elsewhere, &[]).status.success());
    let unnamed = &json(&elsewhere.join("index.json"))[0];
    let n_songs = json(&result)["track_a"]["songs_analyzed"].clone();
    assert_eq!(unnamed["name"], format!("{n_songs} songs"));

    let more = ["--name", "Frühling: forty <songs>", "--date", "2026-03-01"];
    for _ in 0..2 {
        let output = publish(&result, &to, &more);
        assert!(output.status.success(), "{output:?}");
    }
    let index = json(&to.join("index.json"));
    let entries = index.as_array().unwrap();
    assert_eq!(entries.len(), 1);
    let file = entries[0]["file"].as_str().unwrap();
    assert!(file.starts_with("fr-hling-forty-songs-") && file.ends_with(".json"), "{file}");
    assert_eq!(file.len(), "fr-hling-forty-songs-".len() + 12 + ".json".len());
    assert_eq!(entries[0]["name"], "Frühling: forty <songs>");
    assert_eq!(entries[0]["date"], "2026-03-01");
    assert_eq!(entries[0]["counts"], json(&result)["counts"]);
    assert_eq!(names(&to), [file, "index.json", "results.html"]);
    let index = fs::read_to_string(to.join("results.html")).unwrap();
    let link = format!("<a href=\"./?results=./results/{file}\">Frühling: forty &lt;songs&gt;</a>");
    assert!(index.contains(&link) && index.contains("</a> 2026-03-01, "), "{index}");
    assert_eq!(json(&to.join(file))["track_a"], json(&result)["track_a"]);

    assert!(publish(&result, &to, &["--name", "../../etc/x"]).status.success());
    let index = json(&to.join("index.json"));
    let second = index[1]["file"].as_str().unwrap();
    assert!(second.starts_with("etc-x-"), "{second}");
    assert_eq!((names(&to).len(), index[1].get("date")), (4, None));
}

#[test]
fn damaged_files_and_lists_are_refused_and_left_alone() {
    let (folder, run) = demo_run();
    let (whole, to) = (run.join("result.json"), folder.path().join("results"));
    let text = fs::read_to_string(&whole).unwrap();
    let damaged = folder.path().join("damaged.json");
    for (text, words) in [
        (text[..text.len() / 2].to_owned(), "it is no result file: it is cut off in line"),
        (text.replacen("\"ONSET\"", "\"OFFSET\"", 1), "ONSET, name is \"OFFSET\""),
        (text.replace("carto-result/1", "carto-result/9"), "newer version of this program"),
        ("{}".to_owned(), "neither a result file nor"),
    ] {
        fs::write(&damaged, text).unwrap();
        let said = refusal(&publish(&damaged, &to, &["--name", "x"]));
        assert!(said.contains("damaged.json") && said.contains(words), "{said}");
        assert!(!to.exists());
    }
    let missing = refusal(&publish(&folder.path().join("none.json"), &to, &["--name", "x"]));
    assert!(missing.contains("none.json cannot be read"), "{missing}");

    fs::create_dir_all(&to).unwrap();
    fs::write(to.join("index.json"), "{\"not\": \"a list\"}").unwrap();
    let said = refusal(&publish(&whole, &to, &["--name", "x"]));
    assert!(said.contains("index.json is no list of results"), "{said}");
    assert_eq!(names(&to), ["index.json"]);
}

#[test]
fn a_date_is_a_day() {
    for date in ["tomorrow", "2026-3-1", "2026-13-01", "2026-+3-01", "01-03-2026"] {
        let output = publish("x".as_ref(), "y".as_ref(), &["--date", date]);
        assert_eq!(output.status.code(), Some(2), "{date}: {output:?}");
    }
}

/// The page reads the second before any worker runs; both are written by
/// `cargo xtask published`, and by nothing else.
#[test]
fn the_bundled_figures_are_the_same_in_both_forms() {
    let bundled = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/published");
    let text = fs::read_to_string(bundled.join("published.json")).unwrap();
    let result = carto_results::read_result(&text).unwrap();
    assert_eq!(carto_results::write_result(&result), text);
    let name = result.name.clone();
    let shown = carto_protocol::encode(&carto_results::shown(result)).unwrap();
    assert_eq!(fs::read(bundled.join("published.bin")).unwrap(), shown);

    let Some(published) = folder("published") else { return };
    let mut paths: Vec<_> =
        fs::read_dir(published).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let paths: Vec<_> = paths.iter().map(PathBuf::as_path).collect();
    let out = tempfile::tempdir().unwrap();
    let out = out.path().join("published.json");
    let output = import(&paths, &out, &["--name", &name, "--date", "2026-02", "--drawn-latents"]);
    assert!(output.status.success(), "{output:?}");
    let (fresh, bundled) = (json(&out), serde_json::from_str::<Value>(&text).unwrap());
    assert_eq!(bundled["parameters"]["is_seed_unrecorded"], Value::Bool(true));
    for part in ["track_a", "track_b", "synthesis", "held_out", "counts", "parameters"] {
        assert_eq!(fresh[part], bundled[part], "{part}");
    }
}
