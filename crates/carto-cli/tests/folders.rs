//! Extracted sets, as osu!stable keeps them in its folder `Songs`.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod shared;

use std::fs::{self, File};
use std::path::Path;

use carto_archive::{Archive, Limits, ZipRules};
use serde_json::Value;
use shared::{carto, json};

/// Writes the demo's archives into a folder; gives their names.
fn demo(folder: &Path) -> Vec<String> {
    assert!(carto(&["demo".as_ref(), "--out".as_ref(), folder]).status.success());
    let entries = fs::read_dir(folder).unwrap().flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.retain(|name| name.ends_with(".osz"));
    names.sort();
    assert!(names.len() > 10);
    names
}

/// Extracts an archive, with the name of its audio changed by `audio_name`, and adds what
/// lies in such folders too.
fn extract(archive: &Path, folder: &Path, audio_name: fn(&str) -> String) {
    let limits = Limits::default();
    let mut archive =
        Archive::open(File::open(archive).unwrap(), "", ZipRules::Osu, &limits).unwrap();
    let entries: Vec<_> =
        archive.entries().iter().map(|entry| (entry.index, entry.name.clone())).collect();
    fs::create_dir_all(folder.join("sb")).unwrap();
    for (index, name) in entries {
        let bytes = archive.read_entry(index, limits.max_audio_bytes).unwrap();
        let name = if name.ends_with(".osu") { name } else { audio_name(&name) };
        fs::write(folder.join(name), bytes).unwrap();
    }
    let beside = ["._a.osu", "desktop.ini", "bg.jpg", "soft-hitclap.wav", "x.osb", "sb/1.png"];
    beside.iter().for_each(|name| fs::write(folder.join(name), "no map").unwrap());
}

/// All files of a run but the times that it took.
fn analyzed(input: &Path, mode: &str) -> Vec<(String, String)> {
    let out = tempfile::tempdir().unwrap();
    let args = ["analyze".as_ref(), input, "--mode".as_ref(), mode.as_ref(), "--out".as_ref()];
    let output = carto(&[&args[..], &[out.path()]].concat());
    assert!(output.status.success(), "{output:?}");
    let mut files: Vec<_> = fs::read_dir(out.path())
        .unwrap()
        .flatten()
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            let mut text = fs::read_to_string(entry.path()).unwrap();
            if name == "report.json" {
                let mut report: Value = serde_json::from_str(&text).unwrap();
                report.as_object_mut().unwrap().remove("timings").unwrap();
                text = report.to_string();
            }
            (name, text)
        })
        .collect();
    files.sort();
    assert!(files.len() > 5, "{files:?}");
    files
}

#[test]
fn extracted_sets_give_the_files_of_their_archives() {
    let (archives, folders, mixed) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let names = demo(archives.path());
    for (idx, name) in names.iter().enumerate() {
        let (archive, stem) = (archives.path().join(name), name.strip_suffix(".osz").unwrap());
        extract(&archive, &folders.path().join(stem), str::to_uppercase);
        if idx % 2 == 0 {
            extract(&archive, &mixed.path().join(stem), str::to_uppercase);
        } else {
            fs::copy(&archive, mixed.path().join(name)).unwrap();
        }
    }
    let expected = analyzed(archives.path(), "osu");
    assert!(analyzed(folders.path(), "osu") == expected, "folders");
    assert!(analyzed(mixed.path(), "osu") == expected, "folders beside archives");
}

#[test]
fn the_published_rules_see_what_extraction_leaves() {
    let (archives, folders) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for name in demo(archives.path()) {
        let folder = folders.path().join(name.strip_suffix(".osz").unwrap());
        extract(&archives.path().join(&name), &folder, str::to_owned);
    }
    assert!(analyzed(folders.path(), "published") == analyzed(archives.path(), "published"));

    // Its file system tells capitals from small letters, so the audio is not found.
    let capitals = tempfile::tempdir().unwrap();
    for name in demo(archives.path()) {
        let folder = capitals.path().join(name.strip_suffix(".osz").unwrap());
        extract(&archives.path().join(&name), &folder, str::to_uppercase);
    }
    let out = tempfile::tempdir().unwrap();
    let args = ["analyze".as_ref(), capitals.path(), "--mode".as_ref(), "published".as_ref()];
    let output = carto(&[&args[..], &["--out".as_ref(), out.path()]].concat());
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let report = json(&out.path().join("report.json"));
    let refused = report["counts"]["representatives_refused"]["no-audio"].as_u64();
    assert!(refused > Some(20), "{refused:?}");
}

/// The folder `Songs` of a person: sets in any depth, beside archives, and much else.
#[test]
fn a_songs_folder_is_read_with_all_that_lies_in_it() {
    let (archives, songs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let names = demo(archives.path());
    let root = songs.path().join("Songs");
    for (idx, name) in names.iter().enumerate() {
        let stem = name.strip_suffix(".osz").unwrap();
        let nested = ["", "__Stream Maps", "a/b/c"][idx % 3];
        let folder = root.join(nested).join(format!("{stem} é #%20 [x]."));
        extract(&archives.path().join(name), &folder, str::to_uppercase);
        if idx == 0 {
            // The audio in a folder of the set, as its maps say.
            fs::create_dir(folder.join("music")).unwrap();
            for entry in fs::read_dir(&folder).unwrap().flatten() {
                let (name, path) = (entry.file_name().into_string().unwrap(), entry.path());
                if name.ends_with(".osu") && !name.starts_with("._") {
                    let text = fs::read_to_string(&path).unwrap();
                    let text = text.replace("AudioFilename: ", "AudioFilename: music\\");
                    fs::write(&path, text).unwrap();
                } else if name.ends_with(".MP3") {
                    fs::rename(&path, folder.join("music").join(&name)).unwrap();
                }
            }
        }
    }
    let archive = fs::read(archives.path().join(&names[0])).unwrap();
    fs::create_dir_all(root.join("Failed")).unwrap();
    fs::write(root.join("Failed/half.osz"), &archive[..archive.len() / 2]).unwrap();
    fs::create_dir_all(root.join("9 only storyboard")).unwrap();
    fs::write(root.join("9 only storyboard/x.osb"), "").unwrap();
    fs::write(root.join("9 only storyboard/bg.png"), "").unwrap();
    fs::write(root.join("desktop.ini"), "").unwrap();

    let files = analyzed(songs.path(), "osu");
    let report: Value =
        serde_json::from_str(&files.iter().find(|file| file.0 == "report.json").unwrap().1)
            .unwrap();
    assert_eq!(report["counts"]["archives"].as_u64(), Some(names.len() as u64 + 1));
    assert_eq!(report["counts"]["bare_maps"].as_u64(), Some(0));
    let issues = report["issues"].as_array().unwrap();
    let subjects: Vec<_> =
        issues.iter().map(|issue| issue["subject"].as_str().unwrap().to_owned()).collect();
    assert_eq!(subjects, ["Songs/Failed/half.osz"]);
    let reference = analyzed(archives.path(), "osu");
    let pairs = |files: &[(String, String)]| {
        let text = &files.iter().find(|file| file.0 == "track_a_results.json").unwrap().1;
        serde_json::from_str::<Value>(text).unwrap()["pairs_compared"].clone()
    };
    assert_eq!(pairs(&files), pairs(&reference));
}

#[test]
fn a_set_can_be_named_itself_and_the_folder_of_lazer_is_told_apart() {
    let (archives, input) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let names = demo(archives.path());
    let folder = input.path().join("1 a");
    extract(&archives.path().join(&names[0]), &folder, str::to_owned);
    let lazer = input.path().join("osu");
    fs::create_dir_all(lazer.join("files/0/00")).unwrap();
    fs::write(lazer.join("files/0/00/00ab"), "osu file format v14").unwrap();
    fs::write(lazer.join("client.realm"), "").unwrap();
    fs::create_dir_all(lazer.join("exports")).unwrap();
    fs::copy(archives.path().join(&names[0]), lazer.join("exports/b.olz")).unwrap();

    let out = tempfile::tempdir().unwrap();
    let (mode, dir) = ("--mode=osu".as_ref(), "--out".as_ref());
    // One song by one mapper: there is nothing to compare, and the report says all else.
    carto(&["analyze".as_ref(), &folder, &lazer, mode, dir, out.path()]);
    let report = json(&out.path().join("report.json"));
    assert_eq!(report["counts"]["archives"].as_u64(), Some(2), "{report}");
    let issues = report["issues"].as_array().unwrap();
    let of =
        |cause: &str| issues.iter().filter(|issue| issue["cause"] == cause).collect::<Vec<_>>();
    let [told] = of("lazer-folder")[..] else { unreachable!("it is told once: {issues:?}") };
    assert!(told["message"].as_str().unwrap().contains("Export"), "{told}");
    assert!(told["subject"].as_str().unwrap().ends_with("osu"), "{told}");
    let subjects: Vec<_> = of("one-mapper").iter().map(|issue| issue["subject"].clone()).collect();
    assert_eq!(subjects, ["1 a.osz", "exports/b.olz"]);

    let table = carto(&["features".as_ref(), &folder]);
    let text = String::from_utf8(table.stdout).unwrap();
    assert!(table.status.success() && text.lines().count() > 1, "{text}");
    let inside = carto(&["features".as_ref(), input.path()]);
    let text = String::from_utf8(inside.stdout).unwrap();
    assert!(text.contains("1 a/"), "{text}");
}
