//! `carto song` as other tools call it: its files, its choice of maps, and what it refuses.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod shared;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use carto_archive::write_archive;
use carto_testkit::Music;
use serde_json::Value;
use shared::{carto, json};
use tempfile::TempDir;

/// A map of 48 bars of 2 s with kiai in the middle and a break.
///
/// - `seed`: which of the eighths have a circle; the first of each bar always has
/// - `lag_ms`: later than others of the song
fn map(creator: &str, version: &str, seed: u32, lag_ms: u32) -> String {
    let mut state = seed;
    let mut objects = String::new();
    for eighth in 0..48 * 8_u32 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let is_in_break = (80..112).contains(&eighth);
        if is_in_break || (eighth % 8 != 0 && state >> 31 == 0) {
            continue;
        }
        let (x, y, at) = (state >> 8 & 255, state >> 16 & 255, 1000 + eighth * 250 + lag_ms);
        let new_combo = if eighth % 8 == 0 { 5 } else { 1 };
        let sound = if eighth % 16 == 0 { 4 } else { 2 * (state >> 30 & 1) };
        objects.push_str(&format!("{x},{y},{at},{new_combo},{sound},0:0:0:0:\n"));
    }
    let at = |ms: u32| ms + lag_ms;
    format!(
        "osu file format v14\n\n[General]\nAudioFilename: audio.mp3\nMode: 0\n\n[Metadata]\n\
         Title:Tide\nArtist:Nobody\nCreator:{creator}\nVersion:{version}\n\n[Difficulty]\n\
         HPDrainRate:5\nCircleSize:4\nOverallDifficulty:8\nApproachRate:9\nSliderMultiplier:1.4\n\
         SliderTickRate:1\n\n[Events]\n2,{},{}\n\n[TimingPoints]\n{},500,4,2,0,50,1,0\n\
         {},-100,4,2,0,50,0,1\n{},-100,4,2,0,50,0,0\n\n[HitObjects]\n{objects}",
        at(21_500),
        at(28_500),
        at(1000),
        at(41_000),
        at(57_000),
    )
}

/// A folder of single maps.
fn folder(maps: &[(&str, String)]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("maps");
    fs::create_dir(&path).unwrap();
    for (name, text) in maps {
        fs::write(path.join(format!("{name}.osu")), text).unwrap();
    }
    (folder, path)
}

fn two() -> (TempDir, PathBuf) {
    folder(&[("a", map("Ann", "Insane", 7, 0)), ("b", map("Bea", "Extra", 1234, 24))])
}

fn song(maps: &Path, out: &Path, name: &str, more: &[&str]) -> Output {
    let words = ["song".as_ref(), maps, "--song".as_ref(), name.as_ref(), "--out".as_ref(), out];
    let more: Vec<&Path> = more.iter().map(Path::new).collect();
    carto(&[&words, &more[..]].concat())
}

/// The one line of a refusal.
fn refused(maps: &Path, name: &str, more: &[&str]) -> String {
    let out = tempfile::tempdir().unwrap();
    let output = song(maps, &out.path().join("out"), name, more);
    assert!(!output.status.success(), "{output:?}");
    assert!(!out.path().join("out").exists(), "nothing is written");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    said.lines().last().unwrap().to_owned()
}

/// Rows of a table, the names first.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

fn number(cell: &str) -> f64 {
    cell.parse().unwrap()
}

#[test]
fn a_song_is_written_as_tables_and_figures() {
    let (folder, maps) = two();
    let out = folder.path().join("out");
    let output = song(&maps, &out, "nobody - TIDE", &["--mappers", "ann,Bea"]);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.starts_with("Nobody - Tide: Ann [Insane] and Bea [Extra], lag −24 ms"), "{said}");
    let mut names: Vec<_> = fs::read_dir(&out)
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let expected =
        ["agreement.csv", "moments.csv", "song.json", "song.png", "song.svg", "strips.csv"];
    assert_eq!(names, expected);

    let found = json(&out.join("song.json"));
    assert_eq!(
        (&found["lag"]["lag_ms"], &found["lag"]["class"]),
        (&(-24.0).into(), &"aligned".into())
    );
    let kinds: Vec<_> =
        found["sections"].as_array().unwrap().iter().map(|it| &it["kind"]).collect();
    assert_eq!(kinds, ["tempo", "break", "tempo", "kiai", "tempo"]);
    let bars = found["bars"].as_array().unwrap();
    assert!(bars.iter().any(|bar| bar["number"] == 1 && bar["start_ms"] == 1000.0));

    let strips = rows(&out.join("strips.csv"));
    assert_eq!((strips[0].len(), &*strips[0][18]), (19, "Y_b"));
    let span = [0, 1].map(|end| found["span_ms"][end].as_f64().unwrap());
    assert!(strips[1..].iter().all(|row| (span[0]..=span[1]).contains(&number(&row[0]))));
    assert_eq!(strips.len() - 1, found["song"]["n_frames"].as_u64().unwrap() as usize);

    let agreement = rows(&out.join("agreement.csv"));
    assert_eq!(agreement.len() - 1, found["windows"].as_array().unwrap().len());
    assert!(agreement.len() > 40, "{} windows of 48 bars", agreement.len() - 1);
    // Four bars of the break have no object of either.
    assert!(agreement[1..].iter().any(|row| row[4].is_empty() && row[5].is_empty()));
    let with_reach = agreement[1..].iter().filter(|row| !row[5].is_empty()).count();
    assert!(with_reach > 30, "{with_reach} windows with a reach");

    let moments = rows(&out.join("moments.csv"));
    assert_eq!(moments.len(), 7, "three of each kind");
    for (row, moment) in moments[1..].iter().zip(found["moments"].as_array().unwrap()) {
        let window = agreement.iter().find(|window| window[0] == row[2]).unwrap();
        assert_eq!(window[4], row[5], "a moment is a window");
        assert_eq!(number(&row[5]), moment["mean"].as_f64().unwrap());
        let ending = if row[1] == "agreement" { " together" } else { " apart" };
        assert!(row[6].ends_with(ending), "{row:?}");
    }
    let svg = fs::read_to_string(out.join("song.svg")).unwrap();
    assert!(svg.contains("<title>Tide by Nobody: Ann [Insane] and Bea [Extra]."), "{svg}");
    assert!(svg.contains(">kiai</text>") || svg.contains("kiai"), "sections have names");
    assert!(fs::read(out.join("song.png")).unwrap().starts_with(b"\x89PNG\r\n\x1a\n"));
}

#[test]
fn r_of_the_song_is_that_of_the_pair() {
    let (folder, maps) = two();
    let out = folder.path().join("out");
    assert!(song(&maps, &out, "Tide", &["--mappers", "Ann,Bea"]).status.success());
    let found = json(&out.join("song.json"));
    let [a, b] = ["a.osu", "b.osu"].map(|name| maps.join(name));
    let output = carto(&["pair".as_ref(), &a, &b, "--mode".as_ref(), "osu".as_ref()]);
    let pair: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["song"]["r"], pair["aligned"]["r"]);
    assert_eq!(found["lag"]["lag_ms"], pair["lag_ms"]);
    assert!(found["song"]["r"]["ONSET"].as_f64().unwrap() > 0.1);
}

#[test]
fn the_first_mapper_that_is_named_is_a() {
    let (folder, maps) = two();
    let [one, other] = ["one", "other"].map(|name| folder.path().join(name));
    assert!(song(&maps, &one, "Tide", &["--mappers", "Ann,Bea"]).status.success());
    assert!(song(&maps, &other, "Tide", &["--mappers", "Bea,Ann"]).status.success());
    let [one, other] = [one, other].map(|out| json(&out.join("song.json")));
    assert_eq!(one["maps"][0], other["maps"][1]);
    assert_eq!((&one["lag"]["lag_ms"], &other["lag"]["lag_ms"]), (&(-24.0).into(), &24.0.into()));
    for channel in ["ONSET", "COMBO", "X"] {
        let r = [&one, &other].map(|found| found["song"]["r"][channel].as_f64().unwrap());
        assert!((r[0] - r[1]).abs() < 0.02, "{channel}: {r:?}");
    }
}

#[test]
fn maps_are_chosen_by_mapper_and_difficulty() {
    let maps = [
        ("a", map("Ann", "Insane", 7, 0)),
        ("a2", map("Ann", "Hard", 8, 0)),
        ("b", map("Bea", "Insane", 9, 0)),
        ("c", map("Cid", "Extra", 10, 0)),
    ];
    let (folder, maps) = folder(&maps);
    let all = "Ann [Hard, Insane]; Bea [Insane]; Cid [Extra]";
    let said = refused(&maps, "Tide", &[]);
    assert!(said.contains("3 pairs of mappers; name two with --mappers"), "{said}");
    assert!(said.ends_with(all), "{said}");
    let said = refused(&maps, "Tide", &["--mappers", "Ann,Dan"]);
    assert_eq!(said, format!("carto: Nobody - Tide has no map by Dan: {all}"));
    let said = refused(&maps, "Tide", &["--difficulties", "Insane", "Extra"]);
    assert!(
        said.contains("has 2 difficulties called \"Insane\"; say whose with --mappers"),
        "{said}"
    );
    let said = refused(&maps, "Tide", &["--difficulties", "Extra", "Easy"]);
    assert_eq!(said, format!("carto: Nobody - Tide has no difficulty \"Easy\": {all}"));
    let said = refused(&maps, "Tide", &["--difficulties", "extra", "Extra"]);
    assert!(said.contains("both maps are the same difficulty"), "{said}");
    let said = refused(&maps, "Tide", &["--mappers", "Ann"]);
    assert!(said.contains("--mappers takes two names with a comma between"), "{said}");

    let out = folder.path().join("out");
    let chosen = ["--mappers", "Cid,Ann", "--difficulties", "Extra", "hard"];
    assert!(song(&maps, &out, "Tide", &chosen).status.success());
    let found = json(&out.join("song.json"));
    let names = [0, 1].map(|side| found["maps"][side]["difficulty"].as_str().unwrap().to_owned());
    assert_eq!(names, ["Extra", "Hard"]);
}

#[test]
fn guest_difficulties_are_maps_of_their_makers() {
    let maps = [("a", map("Hosty", "Insane", 7, 0)), ("b", map("Hosty", "Bea's Hard", 8, 0))];
    let (folder, maps) = folder(&maps);
    let out = folder.path().join("out");
    let output = song(&maps, &out, "Tide", &["--mappers", "Bea,Hosty"]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(json(&out.join("song.json"))["maps"][0]["mapper"], "Bea");
}

#[test]
fn a_song_that_is_not_there_is_told_with_those_that_are() {
    let (_folder, maps) = two();
    let said = refused(&maps, "Tied", &[]);
    let expected = "carto: no song is called \"Tied\"; those with maps by two mappers are: \
                    Nobody - Tide";
    assert_eq!(said, expected);
    let (_folder, one) = folder(&[("a", map("Ann", "Insane", 7, 0))]);
    let said = refused(&one, "Nobody - Tide", &[]);
    assert!(said.contains("\"Nobody - Tide\" has maps by one mapper only"), "{said}");
    let (_folder, none) = folder(&[]);
    let said = refused(&none, "Tide", &[]);
    assert!(said.contains("no .osz archive and no .osu file"), "{said}");
}

#[test]
fn agreement_on_a_stretch_is_that_of_the_window_there() {
    let (folder, maps) = two();
    let out = folder.path().join("out");
    assert!(song(&maps, &out, "Tide", &["--mappers", "Ann,Bea"]).status.success());
    assert!(!out.join("stretch.json").exists());
    let agreement = rows(&out.join("agreement.csv"));
    let window = agreement[1..].iter().find(|row| !row[4].is_empty()).unwrap();
    let more = ["--mappers", "Ann,Bea", "--from", &window[1], "--to", &window[2]];
    let output = song(&maps, &out, "Tide", &more);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains(" the mean r is "), "{said}");
    let found = json(&out.join("stretch.json"));
    assert_eq!(found["n_frames"].as_u64().unwrap().to_string(), window[3]);
    assert_eq!(found["mean"].as_f64().unwrap(), number(&window[4]));
    for (name, cell) in agreement[0][8..].iter().zip(&window[8..]) {
        assert_eq!(found["r"][name].as_f64(), cell.parse().ok(), "{name}");
    }
}

#[test]
fn a_stretch_that_holds_nothing_is_refused() {
    let (_folder, maps) = two();
    let refused = |from: &str, to: &str| refused(&maps, "Tide", &["--from", from, "--to", to]);
    let said = refused("8000", "8000");
    assert!(
        said.ends_with("--from 8000 --to 8000: the end must be after the begin, both in ms"),
        "{said}"
    );
    let said = refused("-5000", "-4000");
    assert!(
        said.contains("--from -5000 --to -4000: nothing is compared there, only from "),
        "{said}"
    );
}

/// Pearson's r of two columns of a table of single precision.
fn r_of(rows: &[Vec<String>], a: usize, b: usize) -> f64 {
    let n = rows.len() as f64;
    let value = |row: &[String], column: usize| f64::from(row[column].parse::<f32>().unwrap());
    let mean = |column: usize| rows.iter().map(|row| value(row, column)).sum::<f64>() / n;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for row in rows {
        let (a, b) = (value(row, a) - mean_a, value(row, b) - mean_b);
        (ab, aa, bb) = (ab + a * b, aa + a * a, bb + b * b);
    }
    ab / (aa * bb).sqrt()
}

#[test]
fn latents_are_written_beside_the_strips_with_their_encoder() {
    let (folder, maps) = two();
    let encoder = folder.path().join("tiny.safetensors");
    let random = ["random-encoder", "--seed", "3", "--hidden-dim", "8", "--out"].map(Path::new);
    assert!(carto(&[&random[..], &[&encoder]].concat()).status.success());
    let plain = folder.path().join("plain");
    assert!(song(&maps, &plain, "Tide", &["--mappers", "Ann,Bea"]).status.success());
    let out = folder.path().join("out");
    let with_encoder = ["--latents", "--encoder", encoder.to_str().unwrap()];
    let output =
        song(&maps, &out, "Tide", &[&["--mappers", "Ann,Bea"][..], &with_encoder].concat());
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("latents by tiny.safetensors (untrained, for testing)"), "{said}");
    assert!(said.contains("r of 32 latents from "), "{said}");
    for name in ["strips.csv", "agreement.csv", "moments.csv", "song.svg", "song.png"] {
        let [with, without] = [&out, &plain].map(|out| fs::read(out.join(name)).unwrap());
        assert!(with == without, "{name} is the same without latents");
    }
    assert!(!plain.join("latents.csv").exists());

    let strips = rows(&plain.join("strips.csv"));
    let latents = rows(&out.join("latents.csv"));
    assert_eq!((latents[0].len(), &*latents[0][1], &*latents[0][64]), (65, "z0_a", "z31_b"));
    assert_eq!(latents.len() - 1, (strips.len() - 1).div_ceil(18));
    assert_eq!(latents[1][0], strips[1][0], "both begin with the span");
    assert_eq!(latents[2][0], strips[19][0], "a column is 18 frames");

    // Of the last column less or more than half may lie in the span.
    let n_columns = (strips.len() - 1 + 9) / 18;
    let agreement = rows(&out.join("latent_agreement.csv"));
    assert_eq!(agreement.len(), 33);
    for (latent, row) in agreement[1..].iter().enumerate() {
        assert_eq!((&*row[0], &*row[1]), (&*format!("z{latent}"), &*n_columns.to_string()));
        let expected = r_of(&latents[1..=n_columns], 1 + latent, 33 + latent);
        assert!((number(&row[2]) - expected).abs() < 1e-9, "{row:?} {expected}");
    }
    let found = json(&out.join("song.json"));
    assert_eq!(found["latents"]["encoder"]["name"], "tiny.safetensors");
    assert_eq!(found["latents"]["r"][5], number(&agreement[6][2]));
    assert!(json(&plain.join("song.json")).get("latents").is_none());
    let svg = fs::read_to_string(out.join("song_latents.svg")).unwrap();
    assert!(svg.contains("8 of 32 latents, those that agree most and least"), "{svg}");
    assert!(svg.contains("Encoder: tiny.safetensors. Its weights are random"), "{svg}");
    assert!(fs::read(out.join("song_latents.png")).unwrap().starts_with(b"\x89PNG\r\n\x1a\n"));
}

#[test]
fn an_encoder_without_latents_is_wrong_usage() {
    let (_folder, maps) = two();
    for more in [["--encoder", "tiny.safetensors"], ["--device", "cpu"]] {
        let said = refused(&maps, "Tide", &more);
        assert!(said.contains("--latents"), "{said}");
    }
    let said = refused(&maps, "Tide", &["--latents", "--encoder", "gone.safetensors"]);
    assert!(said.contains("gone.safetensors"), "{said}");
}

#[test]
fn two_uploads_of_one_song_are_aligned_by_what_is_heard() {
    let folder = tempfile::tempdir().unwrap();
    let maps = folder.path().join("maps");
    fs::create_dir(&maps).unwrap();
    // B was uploaded with two beats of silence before the music, and its map is later by as much.
    let music = Music::new(1, 100_000.0);
    let uploads = [("1", "Ann", 7, 0, &music), ("2", "Bea", 1234, 1000, &music.moved(0.0, 1000.0))];
    for (name, creator, seed, lag_ms, music) in uploads {
        let text = map(creator, "Insane", seed, lag_ms).replace("audio.mp3", "audio.wav");
        let files = [
            ("Insane.osu".to_owned(), text.into_bytes()),
            ("audio.wav".to_owned(), music.wav(16_000)),
        ];
        fs::write(maps.join(format!("{name}.osz")), write_archive(&files).unwrap()).unwrap();
    }
    let of = |more: &[&str]| {
        let out = folder.path().join("out");
        let output = song(&maps, &out, "Tide", &[&["--mappers", "Ann,Bea"], more].concat());
        assert!(output.status.success(), "{output:?}");
        json(&out.join("song.json"))
    };
    let heard = of(&["--audio"]);
    assert_eq!(
        (&heard["lag"]["class"], &heard["lag"]["source"]),
        (&"aligned".into(), &"audio".into())
    );
    assert_eq!(heard["lag"]["lag_ms"], -1000.0);
    // What lies between the two first objects on the time line of A is compared.
    assert_eq!(heard["span_ms"][0], 1000.0);
    let alone = of(&[]);
    assert_eq!(alone["lag"]["source"], "timing points");
}
