//! Inputs that people really have, each standing for its whole kind, through the command:
//! our own fixtures, and those of `../shared/cases`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests may fail loudly")]

mod shared;

use std::fs;
use std::path::{Path, PathBuf};

use carto_testkit::{RawEntry, stored_zip};
use shared::{carto, folder, json};
use tempfile::TempDir;

const MODES: [&str; 2] = ["published", "osu"];
const METADATA: &str = "Title:Glass Harbour\nArtist:Quill and Ember";

/// Half a minute of circles; those of two mappers differ.
fn map(creator: &str, metadata: &str, audio: &str) -> Vec<u8> {
    let gap_ms = 300 + creator.len() * 40;
    let circle = |idx: usize| {
        let (x, y) = (idx * 97 % 512, idx * 61 % 384);
        format!(
            "{x},{y},{},{},0\n",
            1_000 + idx * gap_ms,
            if idx.is_multiple_of(4) { 5 } else { 1 }
        )
    };
    let circles: String = (0..20_000 / gap_ms).map(circle).collect();
    format!(
        "osu file format v14\n\n[General]\nAudioFilename: {audio}\nMode: 0\n\n[Metadata]\n\
         {metadata}\nCreator:{creator}\nVersion:Odd\nBeatmapID:0\n\n[Difficulty]\n\
         HPDrainRate:5\nCircleSize:4\nOverallDifficulty:7\nApproachRate:9\n\
         SliderMultiplier:1.4\nSliderTickRate:1\n\n[Events]\n\n\
         [TimingPoints]\n0,500,4,2,0,60,1,0\n\n[HitObjects]\n{circles}"
    )
    .into_bytes()
}

/// Silence of half a minute: frames of MPEG-2 layer III at 22050 Hz, 8 kbit/s.
fn mp3() -> Vec<u8> {
    let mut frame = [0; 26];
    frame[..4].copy_from_slice(&[0xff, 0xf3, 0x10, 0xc4]);
    frame.repeat(30 * 22_050 / 576)
}

fn entry<'a>(name: &'a [u8], content: &'a [u8]) -> RawEntry<'a> {
    RawEntry { name, content, ..RawEntry::default() }
}

/// An archive of one map and its audio.
fn archive(creator: &str) -> Vec<u8> {
    let (map, mp3) = (map(creator, METADATA, "audio.mp3"), mp3());
    stored_zip(&[entry(b"map.osu", &map), entry(b"audio.mp3", &mp3)], b"")
}

/// Files in a folder of their own, beside `control.osz` by another mapper.
fn inputs(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("control.osz"), archive("control")).unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// What a run gave.
#[derive(Debug, PartialEq)]
struct Ran {
    n_pairs: u64,
    /// `severity cause subject` of each issue, but that a song has one mapper.
    issues: Vec<String>,
    messages: String,
}

impl Ran {
    fn said(&self, words: &[&str]) {
        words.iter().for_each(|word| assert!(self.messages.contains(word), "{word}: {self:?}"));
    }
}

fn analyze(paths: &[PathBuf], mode: &str) -> Ran {
    let out = tempfile::tempdir().unwrap();
    let mut args: Vec<&Path> = vec!["analyze".as_ref(), "--no-latents".as_ref()];
    args.extend(paths.iter().map(PathBuf::as_path));
    args.extend(["--mode".as_ref(), mode.as_ref(), "--out".as_ref(), out.path()]);
    let output = carto(&args);
    let report = json(&out.path().join("report.json"));
    let Some(issues) = report["issues"].as_array() else { panic!("no report: {output:?}") };
    let text = |issue: &serde_json::Value, key: &str| issue[key].as_str().unwrap().to_owned();
    let issues: Vec<_> = issues.iter().filter(|issue| issue["cause"] != "one-mapper").collect();
    let n_pairs = match output.status.success() {
        true => json(&out.path().join("track_a_results.json"))["pairs_compared"].as_u64().unwrap(),
        false => 0,
    };
    Ran {
        n_pairs,
        issues: issues
            .iter()
            .map(|issue| ["severity", "cause", "subject"].map(|key| text(issue, key)).join(" "))
            .collect(),
        messages: issues.iter().map(|issue| text(issue, "message") + "\n").collect(),
    }
}

/// Without issues, one pair.
fn is_clean(ran: &Ran) {
    assert_eq!((ran.n_pairs, &*ran.issues), (1, &[][..]), "{ran:?}");
}

#[test]
fn audio_is_found_under_a_name_without_its_encoding() {
    let (map, mp3) = (map("odd", METADATA, "夜.mp3"), mp3());
    for name in [&b"\x96\xe9.mp3"[..], "夜.mp3".as_bytes()] {
        let zip = stored_zip(&[entry(b"map.osu", &map), entry(name, &mp3)], b"");
        let input = inputs(&[("odd.osz", &zip)]);
        let path = [input.path().to_owned()];
        is_clean(&analyze(&path, "osu"));
        let published = analyze(&path, "published");
        assert_eq!(published.issues, ["skipped no-audio odd.osz [Odd]"]);
    }
}

#[test]
fn maps_in_a_folder_are_named_where_the_published_rules_do_not_see_them() {
    let (map, mp3) = (map("odd", METADATA, "audio.mp3"), mp3());
    let zip = stored_zip(&[entry(b"My map/map.osu", &map), entry(b"My map/audio.mp3", &mp3)], b"");
    let input = inputs(&[("odd.osz", &zip)]);
    let path = [input.path().to_owned()];
    is_clean(&analyze(&path, "osu"));
    let published = analyze(&path, "published");
    assert_eq!(
        (published.n_pairs, &*published.issues),
        (0, &["skipped maps-not-seen odd.osz".to_owned()][..])
    );
    published.said(&["lie in a folder", "the rules of osu! read them"]);
    // One of two, and an ending in capitals.
    let zip = stored_zip(
        &[entry(b"map.osu", &map), entry(b"audio.mp3", &mp3), entry(b"MAP.OSU", &map)],
        b"",
    );
    let input = inputs(&[("odd.osz", &zip)]);
    let published = analyze(&[input.path().to_owned()], "published");
    assert_eq!(published.issues, ["warning maps-not-seen odd.osz"]);
    published.said(&["1 of its .osu files"]);
}

#[test]
fn the_archives_of_a_pack_are_read() {
    let [one, two] = ["one", "two-two"].map(archive);
    let stored = stored_zip(&[entry(b"one.osz", &one), entry(b"sub/two.osz", &two)], b"");
    let files = [("one.osz".to_owned(), one.clone()), ("two.osz".to_owned(), two)];
    let deflated = carto_archive::write_archive(&files).unwrap();
    for pack in [stored, deflated] {
        let input = inputs(&[("pack.zip", &pack)]);
        for mode in MODES {
            let path = [input.path().to_owned()];
            let ran = analyze(&path, mode);
            assert_eq!((ran.n_pairs, &*ran.issues), (3, &[][..]), "{mode}");
            // The same as file by file.
            let named = ["pack.zip", "control.osz"].map(|name| input.path().join(name));
            assert_eq!(analyze(&named, mode), ran);
        }
    }
    // A set under another name, packs that are not read, and one that is none.
    let files: [(&str, &[u8]); 4] =
        [("set.osz.zip", &one), ("a.7z", b"7z"), ("b.RAR", b"Rar!"), ("c.zip", b"no zip")];
    let ran = analyze(&[inputs(&files).path().to_owned()], "osu");
    assert_eq!(ran.n_pairs, 1);
    assert_eq!(ran.issues.len(), 3, "{ran:?}");
    ran.said(&["7-Zip archive", "RAR archive", "c.zip is no beatmap archive"]);
}

#[test]
fn other_commands_read_packs_too() {
    let pack = stored_zip(&[entry(b"one.osz", &archive("one"))], b"");
    let input = inputs(&[("pack.zip", &pack)]);
    let output = carto(&["features".as_ref(), &input.path().join("pack.zip")]);
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.contains("pack.zip/one.osz/map.osu"), "{table}");
}

#[test]
fn what_macos_adds_is_passed_over() {
    let (map, mp3) = (map("odd", METADATA, "audio.mp3"), mp3());
    let fork = entry(b"._map.osu", b"\0\x05\x16\x07\0\x02\0\0Mac OS X");
    let set = [entry(b"map.osu", &map), entry(b"audio.mp3", &mp3)];
    let behind = inputs(&[("odd.osz", &stored_zip(&[set[0], set[1], fork], b""))]);
    let before = inputs(&[("odd.osz", &stored_zip(&[fork, set[0], set[1]], b""))]);
    for input in [&before, &behind] {
        is_clean(&analyze(&[input.path().to_owned()], "osu"));
    }
    is_clean(&analyze(&[behind.path().to_owned()], "published"));
    // The published program takes the first `.osu` for the set's names, whatever it is.
    let published = analyze(&[before.path().to_owned()], "published");
    assert_eq!(published.issues, ["skipped no-head odd.osz"]);
    published.said(&["._map.osu, is none, but what macOS adds"]);
}

#[test]
fn a_song_without_a_romanised_name_has_its_other_one() {
    let metadata = "TitleUnicode:ガラスの港\nArtistUnicode:羽ペン";
    let mp3 = mp3();
    let archives = ["odd", "another"].map(|creator| {
        let map = map(creator, metadata, "audio.mp3");
        stored_zip(&[entry(b"map.osu", &map), entry(b"audio.mp3", &mp3)], b"")
    });
    let input = inputs(&[("a.osz", &archives[0]), ("b.osz", &archives[1])]);
    is_clean(&analyze(&[input.path().to_owned()], "osu"));
    let published = analyze(&[input.path().to_owned()], "published");
    for name in ["a.osz", "b.osz"] {
        assert!(published.issues.contains(&format!("skipped no-head {name}")), "{published:?}");
    }
}

#[test]
fn a_signature_in_the_comment_hides_no_archive_from_the_rules_of_osu() {
    let (map, mp3) = (map("odd", METADATA, "audio.mp3"), mp3());
    let comment = b"a zip ends with PK\x05\x06 and more";
    let zip = stored_zip(&[entry(b"map.osu", &map), entry(b"audio.mp3", &mp3)], comment);
    let input = inputs(&[("odd.osz", &zip)]);
    is_clean(&analyze(&[input.path().to_owned()], "osu"));
    let published = analyze(&[input.path().to_owned()], "published");
    assert_eq!(published.issues, ["skipped unreadable-archive odd.osz"]);
}

#[test]
fn audio_that_ends_early_is_told() {
    // States a minute and has half of one.
    let mut wav = Vec::from(
        *b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\0\x40\0\0\0\x40\0\0\x01\0\x08\0data",
    );
    wav.extend((60 * 16_384_u32).to_le_bytes());
    wav.resize(wav.len() + 30 * 16_384, 0x80);
    let map = map("odd", METADATA, "audio.wav");
    let zip = stored_zip(&[entry(b"map.osu", &map), entry(b"audio.wav", &wav)], b"");
    let input = inputs(&[("odd.osz", &zip)]);
    let ran = analyze(&[input.path().to_owned()], "osu");
    assert_eq!(
        (ran.n_pairs, &*ran.issues),
        (1, &["warning audio-ends-early odd.osz [Odd]".to_owned()][..])
    );
}

#[test]
fn the_database_of_osu_lazer_is_answered_with_what_to_do() {
    let input = inputs(&[]);
    let database = input.path().join("backup.db");
    fs::write(&database, [&[0; 16][..], b"T-DB\x18\x18\0\x01", &[0; 64]].concat()).unwrap();
    let out = input.path().join("out.csv");
    let output = carto(&[
        "dataset".as_ref(),
        "--collection-db".as_ref(),
        &database,
        "--maps".as_ref(),
        input.path(),
        "--out".as_ref(),
        &out,
    ]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("osu!lazer's own database") && said.contains("Collection Manager"),
        "{said}"
    );
}

#[test]
fn the_shared_cases_behave() {
    let Some(cases) = folder("cases") else { return };
    let run = |name: &str, mode: &str| analyze(&[cases.join(name)], mode);
    for name in ["nested-maps", "apple-double", "around-the-zip"] {
        is_clean(&run(name, "osu"));
    }
    assert_eq!(run("nested-maps", "published").issues, ["skipped maps-not-seen top-folder.osz"]);
    is_clean(&run("pack", "osu"));
    // The maps of the archive in it lie in a folder too.
    assert_eq!(run("pack", "published").issues, ["skipped maps-not-seen osz-in-zip.zip/set.osz"]);
    // One song, four sets of which three are by one mapper.
    let names = run("names-without-flag", "osu");
    assert!(names.n_pairs >= 1 && names.issues.is_empty(), "{names:?}");
    let metadata = run("metadata", "osu");
    assert!(metadata.issues.is_empty(), "{metadata:?}");
    for (option, file, is_read) in
        [("--osdb", "gzip-two-members.osdb", true), ("--collection-db", "realm-of-lazer.db", false)]
    {
        let out = tempfile::tempdir().unwrap();
        let output = carto(&[
            "dataset".as_ref(),
            option.as_ref(),
            &cases.join("collections").join(file),
            "--maps".as_ref(),
            &cases.join("collections/maps"),
            "--out".as_ref(),
            &out.path().join("out.csv"),
        ]);
        assert_eq!(output.status.success(), is_read, "{output:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(is_read || said.contains("osu!lazer"), "{said}");
    }
}
