//! `carto mapper` as other tools call it.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod shared;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use carto_archive::write_archive;
use serde_json::Value;
use shared::{carto, json};
use tempfile::TempDir;

/// A map of 120 circles, two a second, that goes to and fro between two places.
///
/// - `left`: x of the left place
fn map(title: &str, creator: &str, version: &str, left: u32, approach_rate: u32) -> String {
    let circle = |idx: u32| format!("{},192,{},1,0\n", left + 40 * (idx % 2), 1000 + 500 * idx);
    let circles: String = (0..120).map(circle).collect();
    format!(
        "osu file format v14\n\n[General]\nMode: 0\n\n[Metadata]\nTitle:{title}\nArtist:Nobody\n\
         Creator:{creator}\nVersion:{version}\nTags:ann\n\n[Difficulty]\nHPDrainRate:5\n\
         CircleSize:4\nOverallDifficulty:8\nApproachRate:{approach_rate}\nSliderMultiplier:1.4\n\
         SliderTickRate:1\n\n[TimingPoints]\n1000,500,4,2,0,60,1,0\n\n[HitObjects]\n{circles}"
    )
}

/// Ten songs by Ann and Bea, of the first of which Ann's is a guest difficulty in Bea's set, and one
/// song by Cid and Dora. Ann's maps lie 352 px to the left of Bea's and have an approach rate that is
/// 1 higher; else they are alike.
fn songs() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("songs");
    fs::create_dir(&path).unwrap();
    let bare =
        |name: &str, text: String| fs::write(path.join(format!("{name}.osu")), text).unwrap();
    for song in 1..10 {
        let title = format!("Song {song}");
        bare(&format!("{song} ann"), map(&title, "Ann", "Insane", 60, 9));
        bare(&format!("{song} bea"), map(&title, "Bea", "Insane", 412, 8));
    }
    let set =
        [("Ann's Insane", 60, 9), ("Insane", 412, 8)].map(|(version, left, approach_rate)| {
            let text = map("Song 0", "Bea", version, left, approach_rate);
            (format!("{version}.osu"), text.into_bytes())
        });
    fs::write(path.join("1.osz"), write_archive(&set).unwrap()).unwrap();
    bare("other cid", map("Other", "Cid", "Insane", 100, 9));
    bare("other dora", map("Other", "Dora", "Insane", 200, 9));
    (folder, path)
}

fn mapper(songs: &Path, out: &Path, more: &[&str]) -> Output {
    let words = ["mapper".as_ref(), songs, "--out".as_ref(), out];
    let more: Vec<&Path> = more.iter().map(Path::new).collect();
    carto(&[&words, &more[..]].concat())
}

/// The cells of a row by the heads of its table.
fn row(out: &Path, table: &str, column: &str, is_it: &str) -> Vec<(String, String)> {
    let bytes = fs::read(out.join(table)).unwrap();
    let mut reader = csv::Reader::from_reader(&*bytes);
    let heads = reader.headers().unwrap().clone();
    let place = heads.iter().position(|head| head == column).unwrap();
    let record = reader.records().map(Result::unwrap).find(|record| &record[place] == is_it);
    let text = |text: &str| text.to_owned();
    heads.iter().map(text).zip(record.unwrap().iter().map(text)).collect()
}

fn cell<'a>(row: &'a [(String, String)], head: &str) -> &'a str {
    &row.iter().find(|(name, _)| name == head).unwrap().1
}

#[test]
fn planted_differences_are_found_with_their_songs_and_moments() {
    let (folder, songs) = songs();
    let out = folder.path().join("out");
    let output = mapper(&songs, &out, &["--mapper", "ann", "--against", "Bea", "--png"]);
    assert!(output.status.success(), "{output:?}");
    let mut names: Vec<_> = fs::read_dir(&out)
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let expected = [
        "fingerprint.csv",
        "head_to_head.csv",
        "head_to_head.png",
        "head_to_head.svg",
        "mapper.json",
        "mapper.png",
        "mapper.svg",
        "typical.csv",
    ];
    assert_eq!(names, expected);

    let number = |row: &[(String, String)], head: &str| cell(row, head).parse::<f64>().unwrap();
    for table in ["fingerprint.csv", "head_to_head.csv"] {
        let x = row(&out, table, "dimension", "X");
        assert_eq!((cell(&x, "n_songs"), cell(&x, "verdict")), ("10", "lower"), "{table}");
        // 352 px of the 256 that are 1.
        assert!((number(&x, "difference") + 1.375).abs() < 1e-9);
        // The spread counts the song of the others too, whose maps lie 100 px apart.
        let spread = ((10.0 * 1.375 * 1.375 + 0.390_625 * 0.390_625) / 11.0_f64).sqrt();
        assert!((number(&x, "standardised") + 1.375 / spread).abs() < 1e-9);
        assert_eq!(number(&x, "p"), 2.0 / 1024.0, "two of all choices of ten signs");
        let ar = row(&out, table, "dimension", "ar");
        assert_eq!((cell(&ar, "difference"), cell(&ar, "verdict")), ("1.0", "higher"));
        let onset = row(&out, table, "dimension", "ONSET");
        assert_eq!(cell(&onset, "why_undetermined"), "no difference");
    }
    let example = row(&out, "typical.csv", "dimension", "X");
    assert_eq!((cell(&example, "other_mapper"), cell(&example, "artist")), ("Bea", "Nobody"));
    assert_eq!(cell(&example, "moments_ms").split(';').count(), 3);
    let report: Value = json(&out.join("mapper.json"));
    assert_eq!(report["format"], "carto-mapper/1");
    let fingerprint = &report["fingerprint"];
    assert_eq!((&fingerprint["mapper"], &fingerprint["n_songs"]), (&"Ann".into(), &10.into()));
    assert_eq!(report["head_to_head"]["against"], "Bea");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("Ann and the other mappers of 10 songs"), "{said}");
}

#[test]
fn the_same_songs_give_the_same_bytes_again() {
    let (folder, songs) = songs();
    let outs = ["one", "two"].map(|name| folder.path().join(name));
    for out in &outs {
        assert!(mapper(&songs, out, &["--mapper", "Ann"]).status.success());
    }
    for name in ["fingerprint.csv", "typical.csv", "mapper.json", "mapper.svg"] {
        let [one, two] = outs.each_ref().map(|out| fs::read(out.join(name)).unwrap());
        assert!(one == two, "{name}");
    }
    assert!(!outs[0].join("head_to_head.csv").exists());
}

#[test]
fn latents_are_dimensions_like_others_and_the_files_name_their_encoder() {
    let (folder, songs) = songs();
    let encoder = folder.path().join("tiny.safetensors");
    let random = ["random-encoder", "--seed", "3", "--hidden-dim", "8", "--out"].map(Path::new);
    assert!(carto(&[&random[..], &[&encoder]].concat()).status.success());
    let [plain, out] = ["plain", "out"].map(|name| folder.path().join(name));
    assert!(mapper(&songs, &plain, &["--mapper", "Ann"]).status.success());
    let words = ["--mapper", "Ann", "--latents", "--encoder", encoder.to_str().unwrap()];
    let output = mapper(&songs, &out, &words);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("latents by tiny.safetensors (untrained, for testing)"), "{said}");

    let [before, with] = [&plain, &out].map(|out| row(out, "fingerprint.csv", "dimension", "X"));
    for head in ["n_songs", "difference", "standardised", "p"] {
        assert_eq!(cell(&before, head), cell(&with, head), "{head} of X is the same");
    }
    for name in ["z0", "z31"] {
        let latent = row(&out, "fingerprint.csv", "dimension", name);
        assert_eq!((cell(&latent, "group"), cell(&latent, "n_songs")), ("latent", "10"));
        assert!(cell(&latent, "difference").parse::<f64>().unwrap() != 0.0, "{latent:?}");
        let p = cell(&latent, "p").parse::<f64>().unwrap();
        assert_eq!(p, 2.0 / 1024.0, "all ten songs have the same two maps");
    }
    let [before, with] = [&plain, &out].map(|out| json(&out.join("mapper.json")));
    assert_eq!(with["encoder"]["name"], "tiny.safetensors");
    assert_eq!(with["encoder"]["weights_sha256"].as_str().unwrap().len(), 64);
    assert!(before["encoder"].is_null());
    let n_of = |report: &Value| report["fingerprint"]["dimensions"].as_array().unwrap().len();
    assert_eq!(n_of(&with), n_of(&before) + 32);
    let svg = fs::read_to_string(out.join("mapper.svg")).unwrap();
    assert!(svg.contains("Encoder: tiny.safetensors. Its weights are random"), "{svg}");
    assert!(svg.contains("Latents") && svg.contains("z31"), "{svg}");
}

#[test]
fn few_songs_are_undetermined() {
    let (folder, songs) = songs();
    let out = folder.path().join("out");
    let output = mapper(&songs, &out, &["--mapper", "Cid"]);
    assert!(output.status.success(), "{output:?}");
    let x = row(&out, "fingerprint.csv", "dimension", "X");
    assert_eq!((cell(&x, "n_songs"), cell(&x, "why_undetermined")), ("1", "too few songs"));
    assert_eq!(fs::read_to_string(out.join("typical.csv")).unwrap().lines().count(), 1);
    assert!(String::from_utf8_lossy(&output.stdout).contains("Undetermined in all"));
}

#[test]
fn who_is_not_there_is_answered_with_who_is() {
    let (folder, songs) = songs();
    let out = folder.path().join("out");
    for (names, words) in [
        (&["--mapper", "an"][..], "the nearest names"),
        (&["--mapper", "an"], "Ann (10 songs)"),
        (&["--mapper", "Ann", "--against", "Eve"], "Eve has no map"),
        (&["--mapper", "Ann", "--against", "cid"], "no song in common"),
    ] {
        let output = mapper(&songs, &out, names);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.lines().count()), (Some(1), 1), "{said}");
        assert!(said.contains(words), "{said}");
        assert!(!out.exists(), "nothing is written");
    }
    let alone = folder.path().join("alone");
    fs::create_dir(&alone).unwrap();
    fs::write(alone.join("a.osu"), map("Song", "Ann", "Hard", 9, 9)).unwrap();
    let said = String::from_utf8(mapper(&alone, &out, &["--mapper", "Ann"]).stderr).unwrap();
    assert!(said.contains("no song that was read has maps by two mappers"), "{said}");
}
