//! `carto dataset` as other tools call it, from each source of labels.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests may fail loudly")]

mod cells;
#[path = "../shared/mod.rs"]
mod shared;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Output;

use carto_dataset::{COLUMNS, Cell, Dataset, Limits, Md5Sum, Mods, song_key};
use flate2::Compression;
use flate2::write::GzEncoder;
use shared::{carto, folder, json};

/// A stream of 40 circles, by number and title.
fn map(id: u64, title: &str, gap_ms: usize) -> String {
    let circle = |idx: usize| format!("{},{},{},1,0\r\n", idx % 5 * 100, 192, 1000 + idx * gap_ms);
    let circles: String = (0..40).map(circle).collect();
    format!(
        "osu file format v14\r\n\r\n[Metadata]\r\nTitle:{title}\r\nArtist:Nobody\r\n\
         Creator:Somebody\r\nBeatmapID:{id}\r\n\r\n[Difficulty]\r\nHPDrainRate:5\r\n\
         CircleSize:4\r\nOverallDifficulty:8\r\nApproachRate:9\r\nSliderMultiplier:1.4\r\n\
         SliderTickRate:1\r\n\r\n[TimingPoints]\r\n1000,{},4,2,0,60,1,0\r\n\r\n\
         [HitObjects]\r\n{circles}",
        gap_ms * 4
    )
}

fn sum(text: &str) -> String {
    Md5Sum::of(text.as_bytes()).to_string()
}

fn dataset(args: &[&dyn AsRef<OsStr>]) -> Output {
    let args = args.iter().map(|arg| Path::new(arg.as_ref()));
    carto(&[Path::new("dataset")].into_iter().chain(args).collect::<Vec<_>>())
}

fn printed(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

fn said(text: &str, expected: &[&str]) {
    expected.iter().for_each(|line| assert!(text.contains(line), "{line:?} in {text}"));
}

fn read(path: &Path) -> Dataset {
    Dataset::from_csv(&fs::read(path).unwrap(), &Limits::default()).unwrap()
}

/// Label and further labels of each row.
fn labels(dataset: &Dataset) -> Vec<(String, String)> {
    dataset.rows.iter().map(|row| (row.label.clone(), row.also.join("|"))).collect()
}

fn pairs(labels: &[(&str, &str)]) -> Vec<(String, String)> {
    labels.iter().map(|&(a, b)| (a.to_owned(), b.to_owned())).collect()
}

/// As the API says it; the title differs from the file's.
fn answer(id: u64, mode: u8, checksum: &str) -> String {
    format!(
        "{{\"id\":{id},\"mode_int\":{mode},\"bpm\":123.5,\"difficulty_rating\":4.25,\
         \"hit_length\":80,\"total_length\":100,\"max_combo\":99,\"status\":\"ranked\",\
         \"checksum\":\"{checksum}\",\"beatmapset\":{{\"title\":\"Site {id}\",\"artist\":\"A\",\
         \"creator\":\"C\",\"genre_id\":10,\"tags\":\"farm\"}}}}\n"
    )
}

#[test]
fn a_collected_folder_becomes_a_table() {
    let temporary = tempfile::tempdir().unwrap();
    let dir = temporary.path();
    fs::create_dir(dir.join("osu")).unwrap();
    let labels_csv =
        "id,label\n1,jump\n2,jump\n3,tech\n1,tech\n4,tech\n1,jump\nx,tech\n5,alt\n6,alt\n";
    fs::write(dir.join("labels.csv"), labels_csv).unwrap();
    let one = map(1, "File", 80);
    fs::write(dir.join("osu/1.osu"), &one).unwrap();
    fs::write(dir.join("osu/2.osu"), "").unwrap();
    fs::write(dir.join("osu/4.osu"), map(4, "Four", 90)).unwrap();
    fs::write(dir.join("osu/6.osu"), map(6, "Six", 90)).unwrap();
    let answers = [
        answer(1, 0, &sum(&one)),
        answer(2, 0, ""),
        answer(3, 0, ""),
        "\n".to_owned(),
        "{\"id\":\n".to_owned(),
        answer(5, 3, ""),
        answer(6, 0, &sum("newer")),
    ];
    fs::write(dir.join("beatmaps.jsonl"), answers.concat()).unwrap();
    let [out, overlap, further] =
        ["out.csv", "overlap.csv", "further.csv"].map(|name| dir.join(name));
    let output = dataset(&[
        &"--collected",
        &dir,
        &"--out",
        &out,
        &"--overlap",
        &overlap,
        &"--further",
        &further,
    ]);
    assert!(output.status.success(), "{output:?}");
    let (stdout, stderr) = printed(&output);
    said(
        &stdout,
        &[
            "5 maps of 3 labels",
            "  jump: 2\n",
            "  tech: 2, and 1 of other labels",
            "1 maps have two labels or more",
            "2 further mentions: 1 under another label, 1 under one that",
            "1 maps without a file",
            "1 files that cannot be read\n  1: the file is empty",
            "1 maps of which the site said nothing",
            "1 files that are not what the site has now",
            "1 maps of other games left out",
        ],
    );
    said(
        &stderr,
        &["no .osu of 3", "2.osu: the file is empty", "labels.csv, line 8", "jsonl, line 5"],
    );

    let table = read(&out);
    assert_eq!(table.columns, Cell::all());
    let expected =
        pairs(&[("jump", "tech"), ("jump", ""), ("tech", ""), ("tech", ""), ("alt", "")]);
    assert_eq!(labels(&table), expected);
    let row = &table.rows[0];
    assert_eq!((row.title.as_str(), row.genre.as_str(), row.id), ("Site 1", "electronic", Some(1)));
    assert_eq!(row.md5, Some(Md5Sum::of(one.as_bytes())));
    for (name, value) in [("bpm", 123.5), ("ar", 9.0), ("total_notes", 40.0), ("tag_farm", 1.0)] {
        assert_eq!(row.number(name), Some(value), "{name}");
    }
    for row in &table.rows[1..3] {
        assert_eq!((row.number("bpm"), row.number("total_notes")), (Some(123.5), None));
    }
    // Of the fourth the site says nothing: its file does.
    let row = &table.rows[3];
    assert_eq!((row.title.as_str(), row.number("max_combo")), ("Four", Some(40.0)));
    assert_eq!(
        fs::read_to_string(&overlap).unwrap().lines().nth(1),
        Some("jump,tech,1,2,3,0.5000,0.3333,0.2500")
    );
    let sum = sum(&one);
    assert_eq!(
        fs::read_to_string(&further).unwrap(),
        format!(
            "id,md5,label,mentioned_as,is_duplicate\n1,{sum},jump,tech,false\n1,{sum},jump,jump,true\n"
        )
    );
}

/// As osu! writes strings.
fn osu_string(text: &str) -> Vec<u8> {
    [&[0x0b, u8::try_from(text.len()).unwrap()], text.as_bytes()].concat()
}

fn collection_db(collections: &[(&str, &[String])]) -> Vec<u8> {
    let int = |n: usize| i32::try_from(n).unwrap().to_le_bytes();
    let mut bytes = [int(20_150_203), int(collections.len())].concat();
    for (name, sums) in collections {
        bytes.extend(osu_string(name));
        bytes.extend(int(sums.len()));
        sums.iter().for_each(|sum| bytes.extend(osu_string(sum)));
    }
    bytes
}

#[test]
fn collections_of_the_game_find_their_maps_by_their_sums() {
    let temporary = tempfile::tempdir().unwrap();
    let [songs, db, out] = ["Songs", "collection.db", "out.csv"].map(|n| temporary.path().join(n));
    fs::create_dir_all(songs.join("deep")).unwrap();
    let [one, two, three] = [1, 2, 3].map(|id| map(id, &format!("T{id}"), 80));
    fs::write(songs.join("deep/one.osu"), &one).unwrap();
    // Fetched as text, with other line ends than the game knows.
    fs::write(songs.join("two.osu"), two.replace("\r\n", "\n")).unwrap();
    let set = [("three.osu".to_owned(), three.clone().into_bytes())];
    fs::write(songs.join("set.osz"), carto_archive::write_archive(&set).unwrap()).unwrap();
    fs::write(songs.join("other.osu"), map(9, "in no collection", 80)).unwrap();
    fs::write(songs.join("bad.osz"), "no archive").unwrap();
    let collections: [(&str, &[String]); 2] = [
        ("streams|fast", &[sum(&one), sum(&three), sum("gone")]),
        ("jumps", &[sum(&one), sum(&two)]),
    ];
    fs::write(&db, collection_db(&collections)).unwrap();
    let output = dataset(&[&"--collection-db", &db, &"--maps", &songs, &"--out", &out]);
    assert!(output.status.success(), "{output:?}");
    let (stdout, stderr) = printed(&output);
    said(&stdout, &["4 maps of 2 labels", "1 maps without a file"]);
    said(&stderr, &["bad.osz is no beatmap archive", &format!("no .osu of {}", sum("gone"))]);
    let table = read(&out);
    let found: Vec<_> =
        table.rows.iter().map(|row| (row.label.as_str(), row.title.as_str(), row.id)).collect();
    assert_eq!(
        found,
        [
            ("streams/fast", "T1", Some(1)),
            ("streams/fast", "T3", Some(3)),
            ("streams/fast", "", None),
            ("jumps", "T2", Some(2)),
        ]
    );
    assert_eq!(table.rows[0].also, ["jumps"]);
    assert!(table.rows[3].number("star_rating").unwrap() > 1.0);
}

fn osdb(name: &str, maps: &[(i32, &str, String, u8)]) -> Vec<u8> {
    let string = |text: &str| [&[u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
    let mut content = string("o!dm8");
    content.extend(45_000.0_f64.to_le_bytes());
    content.extend(string("somebody"));
    content.extend(1_i32.to_le_bytes());
    content.extend(string(name));
    content.extend([7_i32, i32::try_from(maps.len()).unwrap()].map(i32::to_le_bytes).concat());
    for (id, title, sum, mode) in maps {
        content.extend([*id, 5].map(i32::to_le_bytes).concat());
        content.extend(["Nobody", title, "Hard", sum, ""].map(string).concat());
        content.push(*mode);
        content.extend(4.5_f64.to_le_bytes());
    }
    content.extend(0_i32.to_le_bytes());
    content.extend(string("By Piotrekol"));
    let mut encoder = GzEncoder::new(string("o!dm8"), Compression::fast());
    encoder.write_all(&content).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn exports_of_collection_manager_tell_titles_of_maps_that_are_missing() {
    let temporary = tempfile::tempdir().unwrap();
    let [maps, a, b, out] =
        ["maps", "a.osdb", "b.osdb", "out.csv"].map(|n| temporary.path().join(n));
    fs::create_dir(&maps).unwrap();
    let one = map(1, "T1", 80);
    fs::write(maps.join("1.osu"), &one).unwrap();
    let gone = sum("gone");
    fs::write(&a, osdb("alt", &[(1, "T1", sum(&one), 0), (8, "mania", sum("m"), 3)])).unwrap();
    fs::write(&b, osdb("tech", &[(2, "Gone", gone, 0), (1, "T1", sum("an older version"), 0)]))
        .unwrap();
    let output = dataset(&[&"--osdb", &a, &b, &"--maps", &maps, &"--out", &out]);
    assert!(output.status.success(), "{output:?}");
    let (stdout, stderr) = printed(&output);
    said(&stdout, &["2 maps of 2 labels", "1 maps of other games left out"]);
    said(&stderr, &["no .osu of 2 (Nobody - Gone)"]);
    let table = read(&out);
    assert_eq!(labels(&table), pairs(&[("alt", "tech"), ("tech", "")]));
    let row = &table.rows[1];
    assert_eq!((row.title.as_str(), row.id, row.number("bpm")), ("Gone", Some(2), None));
    assert_eq!(song_key(row).as_deref(), Some("gone\tnobody"));
}

/// Five songs of two labels, two difficulties each; one slow song among the fast ones.
fn folders(dir: &Path) {
    for (label, gap_ms) in [("fast", 60), ("slow", 120)] {
        fs::create_dir(dir.join(label)).unwrap();
        for song in 0..5 {
            for map_idx in 0..2 {
                let id = gap_ms as u64 * 100 + song * 10 + map_idx;
                let is_odd_one = label == "fast" && song == 2;
                let gap_ms = if is_odd_one { 94 } else { gap_ms + song as usize };
                let text = map(id, &format!("{label} {song}"), gap_ms);
                fs::write(dir.join(label).join(format!("{id}.osu")), text).unwrap();
            }
        }
    }
}

#[test]
fn folders_are_labels_and_the_parts_share_no_song() {
    let temporary = tempfile::tempdir().unwrap();
    let dir = temporary.path().join("labels");
    fs::create_dir(&dir).unwrap();
    folders(&dir);
    fs::copy(dir.join("fast/6000.osu"), dir.join("slow/copy.osu")).unwrap();
    fs::copy(dir.join("fast/6000.osu"), dir.join("fast/copy.osu")).unwrap();
    fs::write(dir.join("slow/bad.osu"), "no map").unwrap();
    let out = temporary.path().join("out.csv");
    let run = |seed: &str| {
        let output =
            dataset(&[&"--folders", &dir, &"--out", &out, &"--split", &seed, &"--augment"]);
        assert!(output.status.success(), "{output:?}");
        let parts = ["train.csv", "held_out.csv"].map(|n| temporary.path().join(n));
        (printed(&output), parts.map(|path| read(&path)))
    };
    let ((stdout, stderr), [train, held_out]) = run("1");
    said(
        &stdout,
        &[
            "21 maps of 2 labels",
            "  slow: 11, and 1 of other labels",
            "1 under another label, 1 under one that",
            "  1: not a .osu file: it starts with ...",
            "17 maps and 2 with mods to learn from, 4 held out",
        ],
    );
    said(&stderr, &["slow/bad.osu: not a .osu file", "the song of 1 maps is not known"]);
    let songs = |part: &Dataset| part.rows.iter().map(song_key).collect::<BTreeSet<_>>();
    assert!(songs(&train).is_disjoint(&songs(&held_out)));
    assert!(!held_out.columns.contains(&Cell::Mods) && train.columns.contains(&Cell::Mods));
    let added: Vec<_> = train.rows.iter().filter(|row| row.mods != Mods::None).collect();
    for row in &added {
        assert_eq!((row.label.as_str(), row.title.as_str()), ("fast", "fast 2"));
        assert_eq!((row.mods, row.number("bpm")), (Mods::DoubleTime, Some(239.0)));
        let plain = train.rows.iter().find(|plain| plain.id == row.id).unwrap();
        assert!(row.number("star_rating") > plain.number("star_rating"));
        assert_eq!(row.number("max_combo"), Some(40.0));
    }
    assert_eq!(run("1").1, [train, held_out.clone()]);
    assert_ne!(run("4").1[1], held_out);
}

#[test]
fn what_cannot_be_used_is_named_with_what_to_do() {
    let temporary = tempfile::tempdir().unwrap();
    let dir = temporary.path();
    let [db, out, missing] = ["collection.db", "out.csv", "missing"].map(|n| dir.join(n));
    fs::write(&db, "no collections at all").unwrap();
    let fails = |args: &[&dyn AsRef<OsStr>], code: i32, expected: &[&str]| {
        let output = dataset(args);
        assert_eq!(output.status.code(), Some(code), "{output:?}");
        said(&printed(&output).1, expected);
        assert!(!out.exists());
    };
    let out_args: [&dyn AsRef<OsStr>; 2] = [&"--out", &out];
    let with = |args: &[&'static str], path: &Path, code, expected: &[&str]| {
        let mut all: Vec<&dyn AsRef<OsStr>> = Vec::new();
        args.iter().for_each(|arg| if *arg == "PATH" { all.push(&path) } else { all.push(arg) });
        all.extend(out_args);
        fails(&all, code, expected);
    };
    with(&["--collected", "PATH"], dir, 1, &["labels.csv cannot be read", "`carto collect`"]);
    with(&["--folders", "PATH"], dir, 1, &["has no folders; it should have one for each label"]);
    with(&["--folders", "PATH"], &missing, 1, &["missing cannot be read"]);
    with(&["--collection-db", "PATH", "--maps", "PATH"], &db, 1, &["collection.db is no file of"]);
    with(&["--osdb", "PATH", "--maps", "PATH"], &db, 1, &["not an .osdb file: it begins with"]);
    with(&["--collection-db", "PATH"], &db, 2, &["--maps"]);
    with(&[], &db, 2, &["--collected"]);
    with(&["--folders", "PATH", "--augment"], dir, 2, &["--split"]);
    fs::write(dir.join("labels.csv"), "a,b\n1,2\n").unwrap();
    with(&["--collected", "PATH"], dir, 1, &["labels.csv should begin with the line"]);
    fs::write(dir.join("labels.csv"), "id,label\n").unwrap();
    with(&["--collected", "PATH"], dir, 1, &["no map has a label"]);
    let train = dir.join("train.csv");
    fails(
        &[&"--folders", &dir, &"--out", &train, &"--split", &"1"],
        1,
        &["is where --split writes"],
    );

    // Labels alone are a table too, but nothing to learn from.
    fs::write(dir.join("labels.csv"), "id,label\n1,jump\n").unwrap();
    let output = dataset(&[&"--collected", &dir, &"--out", &out]);
    assert_eq!(output.status.code(), Some(1));
    said(&printed(&output).1, &["nothing is known of any map", "beatmaps.jsonl cannot be read"]);
    assert_eq!(read(&out).rows[0].numbers, [None; COLUMNS.len()]);
}

/// All published maps that lie beside the checkout, as `carto collect` would
/// have left them, against the published rows.
#[test]
fn the_published_maps_have_their_published_rows() {
    let Some(kiai) = folder("kiai") else { return };
    let temporary = tempfile::tempdir().unwrap();
    let dir = temporary.path();
    fs::create_dir(dir.join("osu")).unwrap();
    let published: BTreeMap<_, _> = read(&kiai.join("dataset.csv"))
        .rows
        .into_iter()
        .filter(|row| kiai.join(format!("osu/{}.osu", row.id.unwrap())).is_file())
        .map(|row| (row.id.unwrap(), row))
        .collect();
    let mut labels = "id,label\n".to_owned();
    for (id, row) in &published {
        labels += &format!("{id},{}\n", row.label);
        let name = format!("osu/{id}.osu");
        fs::copy(kiai.join(&name), dir.join(&name)).unwrap();
    }
    fs::write(dir.join("labels.csv"), labels).unwrap();
    let sample = json(&kiai.join("api-beatmaps-sample.json"));
    let lines: String =
        sample["beatmaps"].as_array().unwrap().iter().map(|object| format!("{object}\n")).collect();
    fs::write(dir.join("beatmaps.jsonl"), lines).unwrap();
    let out = dir.join("out.csv");
    let output = dataset(&[&"--collected", &dir, &"--out", &out]);
    assert!(output.status.success(), "{output:?}");
    let tier_2 = COLUMNS.iter().map(|column| column.name).skip_while(|name| *name != "circles");
    let tier_2 = tier_2.filter(|name| !["ar_od_ratio", "stream_density_local"].contains(name));
    let columns: Vec<_> = tier_2.chain(["bpm", "ar", "cs", "od"]).collect();
    assert_eq!(columns.len(), 26);
    let (mut n_equal, mut n_answered) = (0, 0);
    for row in &read(&out).rows {
        let published = &published[&row.id.unwrap()];
        assert_eq!(row.label, published.label);
        n_equal +=
            usize::from(columns.iter().all(|name| row.number(name) == published.number(name)));
        if row.status.is_empty() {
            continue;
        }
        for name in ["star_rating", "total_length", "hit_length"] {
            assert_eq!(row.number(name), published.number(name), "{name} of {:?}", row.id);
        }
        assert_eq!(
            (&row.genre, &row.title, &row.artist, &row.creator),
            (&published.genre, &published.title, &published.artist, &published.creator)
        );
        n_answered += 1;
    }
    cells::assert_as_features(dir, &out);
    eprintln!("{n_equal} of {} rows are equal in 26 columns", published.len());
    assert_eq!((n_equal, published.len(), n_answered), (239, 240, 6));
}
