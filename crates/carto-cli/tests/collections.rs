//! `carto classify --collections`: maps as collections of the game.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod shared;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use carto_dataset::{Collection, Limits, Md5Sum, read_collection_db, read_osdb};
use shared::carto;
use tempfile::TempDir;

/// Circles on the beat of a map: close together and fast, or far apart.
fn map(idx: usize) -> String {
    let circle = |place: usize| match idx % 2 {
        0 => format!("{},{},{},1,0,0:0:0:0:\n", place * 8, 192, 1000 + place * (75 + idx)),
        _ => {
            let (x, y) = ((place * 211) % 500, (place * 173) % 370);
            format!("{x},{y},{},1,0,0:0:0:0:\n", 1000 + place * (280 + idx))
        }
    };
    let circles: String = (0..48).map(circle).collect();
    format!(
        "osu file format v14\n\n[General]\nMode: 0\n\n[Metadata]\nTitle:Song {idx}\n\
         Artist:Nobody\nCreator:Somebody\nVersion:Hard\nBeatmapID:{}\n\n[Difficulty]\n\
         HPDrainRate:5\nCircleSize:4\nOverallDifficulty:8\nApproachRate:9\nSliderMultiplier:1.4\n\
         SliderTickRate:1\n\n[TimingPoints]\n1000,300,4,2,0,60,1,1\n\n[HitObjects]\n{circles}",
        idx + 700
    )
}

/// A folder with maps in `songs`, one of them twice and one that cannot be read.
struct Songs(TempDir);

impl Songs {
    const N_MAPS: usize = 6;

    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let songs = folder.path().join("songs");
        fs::create_dir(&songs).unwrap();
        for idx in 0..Self::N_MAPS {
            fs::write(songs.join(format!("{idx}.osu")), map(idx)).unwrap();
        }
        fs::write(songs.join("copy.osu"), map(0)).unwrap();
        fs::write(songs.join("broken.osu"), "").unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn classify(&self, args: &[&str]) -> Output {
        let own: Vec<PathBuf> = args
            .iter()
            .map(|arg| match arg.split_once('.') {
                // Names of files lie in the folder; `0.3` is none.
                Some((stem, _)) if stem.parse::<u32>().is_err() => self.path(arg),
                _ => PathBuf::from(arg),
            })
            .collect();
        let songs = self.path("songs");
        let mut all = vec![Path::new("classify"), songs.as_path()];
        all.extend(own.iter().map(PathBuf::as_path));
        carto(&all)
    }

    /// Names of the files beside `songs`.
    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name != "songs").collect();
        names.sort();
        names
    }
}

fn said(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

fn db(path: &Path) -> Vec<Collection> {
    read_collection_db(&fs::read(path).unwrap(), &Limits::default()).unwrap()
}

fn sums(collection: &Collection) -> BTreeSet<String> {
    collection.maps.iter().map(|map| map.md5.unwrap().to_string()).collect()
}

fn by_name(collections: &[Collection]) -> BTreeMap<String, BTreeSet<String>> {
    collections.iter().map(|it| (it.name.clone(), sums(it))).collect()
}

/// What the table says: the sums of the maps under each label that `takes` gets, of the
/// probabilities of a map and the place of a label.
fn expected(
    table: &Path,
    takes: impl Fn(&[f64], usize) -> bool,
) -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(table).unwrap();
    let mut lines = text.lines();
    // After the labels come facts of the map.
    let columns = lines.next().unwrap().split(',').skip(1);
    let labels: Vec<&str> = columns.take_while(|&name| name != "id").collect();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in lines {
        let mut cells = line.split(',');
        let name = cells.next().unwrap();
        let shares: Vec<f64> =
            cells.take(labels.len()).filter_map(|cell| cell.parse().ok()).collect();
        let idx = if name == "copy.osu" { "0" } else { name.trim_end_matches(".osu") };
        let Ok(idx) = idx.parse() else { continue };
        let sum = Md5Sum::of(map(idx).as_bytes()).to_string();
        for (place, label) in labels.iter().enumerate().filter(|&(place, _)| takes(&shares, place))
        {
            assert!(place < shares.len());
            found.entry((*label).to_owned()).or_default().insert(sum.clone());
        }
    }
    found
}

#[test]
fn the_first_label_is_a_collection_in_every_layout() {
    let songs = Songs::new();
    let table = songs.path("table.csv");
    for file in ["new.db", "new.osdb", "new.json"] {
        let output =
            songs.classify(&["--out", "table.csv", "--collections", file, "--first-label"]);
        assert!(output.status.success(), "{output:?}");
        let (stdout, stderr) = said(&output);
        assert!(stdout.contains("collections, 6 maps") || stdout.contains("collection, 6 maps"));
        assert!(stderr.contains("broken.osu"), "{stderr}");
        assert_eq!(stdout.contains("close it before"), file == "new.db", "{stdout}");
    }
    let is_first = |shares: &[f64], place: usize| {
        shares.iter().all(|other| *other <= shares[place]) && !shares.is_empty()
    };
    let expected = expected(&table, is_first);
    let n_maps: usize = expected.values().map(BTreeSet::len).sum();
    assert_eq!(n_maps, Songs::N_MAPS, "every map once, its copy not again");
    assert!(expected.len() > 1, "the maps differ in kind");

    let collections = db(&songs.path("new.db"));
    assert_eq!(by_name(&collections), expected);
    let osdb = read_osdb(&fs::read(songs.path("new.osdb")).unwrap(), &Limits::default()).unwrap();
    assert_eq!(by_name(&osdb), expected);
    let first = &osdb[0].maps[0];
    assert!(first.title.starts_with("Song ") && first.id.unwrap() >= 700);
    assert!(first.star_rating.is_some_and(|stars| stars > 0.5), "{first:?}");
    let json: BTreeMap<String, BTreeSet<String>> =
        serde_json::from_slice(&fs::read(songs.path("new.json")).unwrap()).unwrap();
    assert_eq!(json, expected);
}

#[test]
fn a_share_puts_a_map_into_several_collections_or_none() {
    let songs = Songs::new();
    let output =
        songs.classify(&["--out", "table.csv", "--collections", "new.DB", "--above", "0.02"]);
    assert!(output.status.success(), "{output:?}");
    let expected = expected(&songs.path("table.csv"), |shares, place| {
        shares.get(place).is_some_and(|share| *share > 0.02)
    });
    assert!(expected.values().map(BTreeSet::len).sum::<usize>() > Songs::N_MAPS);
    assert_eq!(by_name(&db(&songs.path("new.DB"))), expected);

    let output = songs.classify(&["--collections", "none.db", "--above", "0.999"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(said(&output).1.contains("no map has a label above 0.999"), "{output:?}");
    assert_eq!(songs.files(), ["new.DB", "table.csv"]);
}

#[test]
fn collections_of_a_person_are_kept_to_the_byte() {
    let songs = Songs::new();
    let made = songs.classify(&["--collections", "mine.db", "--first-label"]);
    assert!(made.status.success(), "{made:?}");
    let before = fs::read(songs.path("mine.db")).unwrap();
    let n_before = db(&songs.path("mine.db")).len();

    // Not over it, unless it is added to.
    let output = songs.classify(&["--collections", "mine.db", "--first-label"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(said(&output).1.contains("add to it with --add-to"), "{output:?}");
    assert_eq!(fs::read(songs.path("mine.db")).unwrap(), before);

    for (file, n_expected) in [("more.db", 2 * n_before), ("mine.db", 2 * n_before)] {
        let args = ["--collections", file, "--first-label", "--add-to", "mine.db"];
        let output = songs.classify(&args);
        assert!(output.status.success(), "{output:?}");
        let (stdout, _) = said(&output);
        assert!(stdout.contains("of before kept as they were"), "{stdout}");
        assert!(stdout.contains("(2)\" since that name is taken"), "{stdout}");
        assert_eq!(stdout.contains("close it and do this again"), file == "mine.db", "{stdout}");
        let after = fs::read(songs.path(file)).unwrap();
        assert_eq!((&after[..4], &after[8..before.len()]), (&before[..4], &before[8..]));
        let found = db(&songs.path(file));
        assert_eq!(found.len(), n_expected);
        for (earlier, added) in found[..n_before].iter().zip(&found[n_before..]) {
            assert_eq!(added.name, format!("{} (2)", earlier.name));
            assert_eq!(added.maps, earlier.maps);
        }
    }
    assert_eq!(songs.files(), ["mine.db", "more.db"]);
}

#[test]
fn nothing_is_written_where_nothing_can_be_added() {
    let songs = Songs::new();
    assert!(songs.classify(&["--collections", "mine.db", "--first-label"]).status.success());
    let whole = fs::read(songs.path("mine.db")).unwrap();
    let behind = [&whole[..], b"more"].concat();
    let cut = &whole[..whole.len() - 5];
    let osdb = b"\x05o!dm8 and no collection.db";
    for (bytes, why) in [
        (&b""[..], "it is cut short"),
        (cut, "it is cut short"),
        (&behind, "4 bytes that are no collection"),
        (osdb, "it says to hold"),
    ] {
        fs::write(songs.path("mine.db"), bytes).unwrap();
        for file in ["new.db", "mine.db"] {
            let args = ["--out", "table.csv", "--collections", file];
            let output =
                songs.classify(&[&args[..], &["--above", "0.1", "--add-to", "mine.db"]].concat());
            assert_eq!(output.status.code(), Some(1), "{output:?}");
            let (stdout, stderr) = said(&output);
            assert_eq!(stdout, "");
            assert!(stderr.contains("mine.db") && stderr.contains(why), "{stderr}");
            assert_eq!(fs::read(songs.path("mine.db")).unwrap(), bytes);
            assert_eq!(songs.files(), ["mine.db"], "not even the table, and no temporary file");
        }
    }
    let output =
        songs.classify(&["--collections", "new.db", "--first-label", "--add-to", "gone.db"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(said(&output).1.contains("gone.db cannot be read"), "{output:?}");
}

#[test]
fn options_that_do_not_go_together_are_wrong_usage() {
    let songs = Songs::new();
    for (args, why) in [
        (&["--collections", "new.db"][..], "--first-label"),
        (&["--collections", "new.db", "--first-label", "--above", "0.3"], "cannot be used with"),
        (&["--collections", "new.txt", "--first-label"], ".db, .osdb or .json"),
        (&["--collections", "new.db", "--above", "1"], "from 0 to below 1"),
        (&["--collections", "new.osdb", "--first-label", "--add-to", "a.db"], "--add-to"),
        (&["--out", "table.csv", "--first-label"], "--collections"),
        (&["--out", "table.csv", "--add-to", "a.db"], "--collections"),
        (&[], "--out"),
    ] {
        let output = songs.classify(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {output:?}");
        assert!(said(&output).1.contains(why), "{args:?}: {output:?}");
    }
    assert_eq!(songs.files(), [""; 0]);
}
