//! `carto owners`, and tables of owners for `carto analyze`, as other tools call them.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod shared;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use carto_archive::write_archive;
use shared::{carto, json};
use tempfile::TempDir;

/// A map of 32 circles, one every 75 ms times `every`.
fn map(version: &str, tags: &str, every: usize) -> String {
    let circle =
        |idx: usize| format!("{},192,{},1,0,0:0:0:0:\n", idx * 16, 1000 + idx * 75 * every);
    let circles: String = (0..32).map(circle).collect();
    format!(
        "osu file format v14\n\n[General]\nAudioFilename: audio.wav\nMode: 0\n\n[Metadata]\n\
         Title:Tide\nArtist:Nobody\nCreator:Hosty\nVersion:{version}\nTags:{tags}\nBeatmapID:0\n\n\
         [Difficulty]\nHPDrainRate:5\nCircleSize:4\nOverallDifficulty:8\nApproachRate:9\n\
         SliderMultiplier:1.4\nSliderTickRate:1\n\n[TimingPoints]\n1000,300,4,2,0,60,1,1\n\n\
         [HitObjects]\n{circles}"
    )
}

/// Seconds of silence, 8 bit at 8 kHz.
fn silence(seconds: u32) -> Vec<u8> {
    let n_bytes = 8_000 * seconds;
    let mut wav = b"RIFF".to_vec();
    wav.extend((36 + n_bytes).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data");
    wav.extend(n_bytes.to_le_bytes());
    wav.resize(wav.len() + n_bytes as usize, 128);
    wav
}

/// A folder with one archive of three difficulties, of which one names a guest.
fn set() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("a.osu".to_owned(), map("Insane", "inaba-tan rock", 1).into_bytes()),
        ("b.osu".to_owned(), map("Inaba's Hard", "inaba-tan rock", 2).into_bytes()),
        ("c.osu".to_owned(), map("Reuse, \"again\"", "inaba-tan rock", 3).into_bytes()),
        ("audio.wav".to_owned(), silence(10)),
    ];
    let path = folder.path().join("set");
    fs::create_dir(&path).unwrap();
    fs::write(path.join("7.osz"), write_archive(&files).unwrap()).unwrap();
    (folder, path)
}

fn analyze(set: &Path, out: &Path, more: &[&Path]) -> Output {
    let words = ["analyze".as_ref(), set, "--no-latents".as_ref(), "--out".as_ref(), out];
    carto(&[&words, more].concat())
}

fn one_line(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

#[test]
fn the_table_of_owners_is_an_interface() {
    let (folder, set) = set();
    fs::write(set.join("bare.osu"), map("Ann & Bea's Extra", "ann", 1)).unwrap();
    fs::write(set.join("collab.osu"), map("Collab Extra", "", 1)).unwrap();
    fs::write(set.join("drums.osu"), map("Oni", "", 1).replace("Mode: 0", "Mode: 1")).unwrap();
    let table = folder.path().join("owners.csv");
    let output = carto(&["owners".as_ref(), &set, "--csv".as_ref(), &table]);
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("1 map of other games is left out"), "{said}");
    let sum = |path: &Path| carto_features::Md5Sum::of(&fs::read(path).unwrap()).to_string();
    let inner = |version, every| {
        carto_features::Md5Sum::of(map(version, "inaba-tan rock", every).as_bytes()).to_string()
    };
    let expected = format!(
        "path,creator,version,mappers,evidence,md5\n\
        7.osz/a.osu,Hosty,Insane,Hosty,host,{}\n\
        7.osz/b.osu,Hosty,Inaba's Hard,inaba-tan,name and tags,{}\n\
        7.osz/c.osu,Hosty,\"Reuse, \"\"again\"\"\",Hosty,host,{}\n\
        bare.osu,Hosty,Ann & Bea's Extra,Ann;Bea,name alone,{}\n\
        collab.osu,Hosty,Collab Extra,,name alone,{}\n",
        inner("Insane", 1),
        inner("Inaba's Hard", 2),
        inner("Reuse, \"again\"", 3),
        sum(&set.join("bare.osu")),
        sum(&set.join("collab.osu")),
    );
    assert_eq!(fs::read_to_string(&table).unwrap(), expected);
}

#[test]
fn the_written_table_is_corrected_and_read_again() {
    let (folder, set) = set();
    let table = folder.path().join("owners.csv");
    let output = carto(&["owners".as_ref(), &set, "--csv".as_ref(), &table]);
    assert!(output.status.success(), "{output:?}");
    let text = fs::read_to_string(&table).unwrap();
    fs::write(&table, text.replace("Insane,Hosty,host", "Insane,Cid,host")).unwrap();
    let out = folder.path().join("out");
    let output = analyze(&set, &out, &["--owners".as_ref(), &table]);
    assert!(output.status.success(), "{output:?}");
    let result = json(&out.join("result.json"));
    assert_eq!(result["songs"][0]["pairs"].as_array().unwrap().len(), 3, "{result}");
    let issues = result["issues"].to_string();
    assert!(!issues.contains("not read"), "all of its columns are known: {issues}");
}

#[test]
fn one_archive_with_a_guest_is_compared_and_a_table_may_say_more() {
    let (folder, set) = set();
    let out = folder.path().join("out");
    let output = analyze(&set, &out, &[]);
    assert!(output.status.success(), "{output:?}");
    let result = json(&out.join("result.json"));
    assert_eq!(result["parameters"]["mode"], "Osu");
    assert_eq!(result["songs"][0]["pairs"].as_array().unwrap().len(), 1);
    assert_eq!(result["songs"][0]["pairs"][0]["audio"], "SameFile");

    let report = json(&out.join("beatmap_registry.json"));
    assert_eq!(report[1]["mappers"][0], "inaba-tan");
    let sum = carto_features::Md5Sum::of(map("Reuse, \"again\"", "inaba-tan rock", 3).as_bytes());
    let table = folder.path().join("mine.csv");
    fs::write(&table, format!("md5,mapper,note\n{sum},Cid,x\n{},Dora,y\nz,Eve,\n", "0".repeat(32)))
        .unwrap();
    let output = analyze(&set, &out, &["--owners".as_ref(), &table]);
    assert!(output.status.success(), "{output:?}");
    let result = json(&out.join("result.json"));
    assert_eq!(result["songs"][0]["pairs"].as_array().unwrap().len(), 3);
    assert_eq!(result["owners"].as_array().unwrap().len(), 2);
    let issues = result["issues"].to_string();
    for said in ["not read: note", "lines 4: each", "not among those that were read: 0000"] {
        assert!(issues.contains(said), "{said}: {issues}");
    }
}

#[test]
fn pairs_with_audio_of_another_length_are_told_and_left_out_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let set = folder.path().join("set");
    fs::create_dir(&set).unwrap();
    for (idx, (host, seconds)) in [("Ann", 10), ("Bea", 10), ("Cid", 14)].into_iter().enumerate() {
        let text = map("Insane", "", idx + 1).replace("Hosty", host);
        let files =
            [("a.osu".to_owned(), text.into_bytes()), ("audio.wav".to_owned(), silence(seconds))];
        fs::write(set.join(format!("{idx}.osz")), write_archive(&files).unwrap()).unwrap();
    }
    let out = folder.path().join("out");
    let said = |more: &[&Path]| {
        let output = analyze(&set, &out, more);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    let told = said(&[]);
    assert!(
        told.contains("2 of the pairs are doubtful: 2 with audio of another or unknown length"),
        "{told}"
    );
    let n_pairs = || json(&out.join("track_a_results.json"))["pairs_compared"].clone();
    assert_eq!(n_pairs(), 3);
    assert_eq!(json(&out.join("report.json")).get("left_out_pairs"), None);

    let told = said(&["--leave-out-doubtful".as_ref()]);
    assert!(told.contains("2 doubtful pairs left out"), "{told}");
    assert_eq!(n_pairs(), 1);
    assert_eq!(json(&out.join("report.json"))["left_out_pairs"]["n_other_audio"], 2);
    let result = json(&out.join("result.json"));
    assert_eq!(result["parameters"]["left_out"]["n_other_audio"], 2);
    assert_eq!(result["songs"][0]["pairs"].as_array().unwrap().len(), 1);
}

#[test]
fn where_all_pairs_are_left_out_the_command_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let set = folder.path().join("set");
    fs::create_dir(&set).unwrap();
    for (idx, host) in ["Ann", "Bea"].into_iter().enumerate() {
        let text = map("Insane", "", idx + 1).replace("Hosty", host);
        fs::write(set.join(format!("{idx}.osu")), text).unwrap();
    }
    let output = analyze(&set, &folder.path().join("out"), &["--leave-out-doubtful".as_ref()]);
    let told = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(!output.status.success(), "{told}");
    assert!(told.contains("1 song with doubtful pairs alone, which are left out"), "{told}");
    assert!(
        told.contains("nothing is left to compare: the one pair there is is doubtful"),
        "{told}"
    );
    assert!(!told.contains("fewer than two of its mappers"), "{told}");
}

#[test]
fn a_table_that_cannot_be_used_is_told_before_anything_is_written() {
    let (folder, set) = set();
    let (out, table) = (folder.path().join("out"), folder.path().join("mine.csv"));
    fs::write(&table, "md5;mapper\n").unwrap();
    let published = ["--mode", "published"].map(Path::new);
    for (more, why) in [
        (
            vec!["--owners".as_ref(), table.as_path()],
            "needs mapper or mappers, and md5 or beatmap_id",
        ),
        (vec!["--owners".as_ref(), Path::new("gone.csv")], "gone.csv cannot be read"),
        (vec!["--owners".as_ref(), &table, published[0], published[1]], "needs --mode osu"),
    ] {
        let output = analyze(&set, &out, &more);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(one_line(&output).contains(why), "{output:?}");
        assert!(!out.exists());
    }
}
