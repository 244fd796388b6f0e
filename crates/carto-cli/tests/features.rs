//! `carto features` as other tools call it.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests may fail loudly")]

mod shared;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use shared::{carto, folder};

/// A 1/4 stream of 32 circles at 200 beats a minute, then a slider.
fn stream(title: &str) -> String {
    let circle = |idx: usize| format!("{},{},{},1,0,0:0:0:0:\n", idx * 16, 192, 1000 + idx * 75);
    let circles: String = (0..32).map(circle).collect();
    format!(
        "osu file format v14\n\n[General]\nMode: 0\n\n[Metadata]\nTitle:{title}\nArtist:Nobody\n\
         Creator:Somebody\nVersion:Stream\nTags:stream farm\nBeatmapID:77\n\n[Difficulty]\n\
         HPDrainRate:5\nCircleSize:4\nOverallDifficulty:8\nApproachRate:9\nSliderMultiplier:1.4\n\
         SliderTickRate:1\n\n[TimingPoints]\n1000,300,4,2,0,60,1,1\n\n[HitObjects]\n{circles}\
         0,0,4000,2,0,L|140:0,1,140\n"
    )
}

fn features(args: &[&Path]) -> Output {
    carto(&[&[Path::new("features")], args].concat())
}

type Row = BTreeMap<String, String>;

/// Rows of a table without quotes in it.
fn rows(text: &str) -> Vec<Row> {
    let mut lines = text.lines();
    let head: Vec<_> = lines.next().unwrap().split(',').map(str::to_owned).collect();
    let row = |line: &str| -> Row {
        let cells: Vec<_> = line.split(',').map(str::to_owned).collect();
        assert_eq!(cells.len(), head.len(), "{line}");
        head.iter().cloned().zip(cells).collect()
    };
    lines.map(row).collect()
}

fn printed(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_head_is_an_interface() {
    let temporary = tempfile::tempdir().unwrap();
    let map = temporary.path().join("a.osu");
    fs::write(&map, stream("t")).unwrap();
    let (stdout, _) = printed(&features(&[&map]));
    assert_eq!(
        stdout.lines().next(),
        Some(
            "id,path,title,artist,creator,version,bpm,ar,cs,od,hp,star_rating,hit_length,\
             total_length,break_ratio,break_length,slider_share,max_combo,genre,status,tag_farm,\
             tag_stream,tag_tech,tag_jump,tag_alt,tag_stamina,tag_speed,tag_gimmick,circles,\
             sliders,spinners,total_notes,slider_ratio,base_bpm,mean_distance,std_distance,\
             kiai_note_count,kiai_note_ratio,kiai_mean_dist,mean_interval_ms,interval_variance,\
             interval_variance_log,stream_density,burst_density,speed_index,alt_ratio,\
             mean_velocity,notes_per_second,rhythm_complexity,mean_sliders_length,ar_od_ratio,\
             stream_density_local,mods"
        )
    );
}

#[test]
fn a_map_is_a_row_with_its_numbers() {
    let temporary = tempfile::tempdir().unwrap();
    let map = temporary.path().join("a.osu");
    fs::write(&map, stream("Song")).unwrap();
    let output = features(&[&map]);
    assert!(output.status.success(), "{output:?}");
    let (stdout, stderr) = printed(&output);
    assert_eq!(stderr, "");
    let rows = rows(&stdout);
    for (name, expected) in [
        ("id", "77"),
        ("path", "a.osu"),
        ("title", "Song"),
        ("version", "Stream"),
        ("bpm", "200.0"),
        ("hit_length", "3"),
        ("total_length", "4"),
        ("max_combo", "34"),
        ("genre", "unknown"),
        ("status", ""),
        ("tag_farm", "1"),
        ("tag_tech", "0"),
        ("circles", "32.0"),
        ("stream_density", "0.97"),
        ("stream_density_local", "0.97"),
        ("mods", ""),
        ("speed_index", "194.0"),
        ("kiai_note_count", "33.0"),
        ("ar_od_ratio", "1.125"),
    ] {
        assert_eq!(rows[0][name], expected, "{name}");
    }
    let stars: f64 = rows[0]["star_rating"].parse().unwrap();
    assert!((1.0..8.0).contains(&stars), "{stars}");
}

#[test]
fn mods_change_the_row_and_its_stars() {
    let temporary = tempfile::tempdir().unwrap();
    let map = temporary.path().join("a.osu");
    fs::write(&map, stream("Song")).unwrap();
    let row = |mods: &[&Path]| {
        let output = features(&[&[map.as_path()], mods].concat());
        assert!(output.status.success(), "{output:?}");
        rows(&printed(&output).0).remove(0)
    };
    let mods = |name| [Path::new("--mods"), Path::new(name)];
    let (plain, fast, hard) = (row(&[]), row(&mods("DT")), row(&mods("hr")));
    assert_eq!((&*plain["mods"], &*fast["mods"], &*hard["mods"]), ("", "DT", "HR"));
    assert_eq!((&*fast["bpm"], &*fast["total_length"], &*fast["cs"]), ("300.0", "2", "4.0"));
    assert_eq!((&*hard["bpm"], &*hard["cs"], &*hard["ar"]), ("200.0", "5.2", "10.0"));
    let stars = |row: &Row| row["star_rating"].parse::<f64>().unwrap();
    assert!(stars(&fast) > 1.2 * stars(&plain));
    assert!(stars(&hard) > stars(&plain));
    let output = features(&[&[map.as_path()], &mods("EZ")[..]].concat());
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}

#[test]
fn a_table_of_probabilities_says_which_map_and_which_mods() {
    let temporary = tempfile::tempdir().unwrap();
    let path = |name: &str| temporary.path().join(name);
    fs::write(path("a.osu"), stream("Song")).unwrap();
    fs::write(path("12.osu"), "").unwrap();
    let classify = |args: &[&Path]| {
        let out = path("out.csv");
        let args = [&[Path::new("classify"), Path::new("--out"), &out], args].concat();
        let output = carto(&args);
        assert!(output.status.success(), "{output:?}");
        rows(&fs::read_to_string(out).unwrap())
    };
    let (map, unread) = (path("a.osu"), path("12.osu"));
    let [mods, fast] = ["--mods", "DT"].map(Path::new);
    let found = classify(&[&map, &unread, mods, fast]);
    let facts = |row: &Row| {
        ["map", "id", "title", "artist", "creator", "version", "mods"].map(|name| row[name].clone())
    };
    let of_map = ["a.osu", "77", "Song", "Nobody", "Somebody", "Stream", "DT"].map(str::to_owned);
    // The rows come in the order of the files' names.
    assert_eq!(facts(&found[0]), ["12.osu", "12", "", "", "", "", "DT"].map(str::to_owned));
    assert_eq!(facts(&found[1]), of_map);
    // A table of features says the same of its maps.
    let table = path("features.csv");
    let output = features(&[&map, mods, fast, Path::new("--csv"), &table]);
    assert!(output.status.success(), "{output:?}");
    let of_row = facts(&classify(&[Path::new("--csv"), &table])[0]);
    assert_eq!(of_row[1..], of_map[1..]);
    assert_eq!(found[0]["stream"], "");
    assert!(found[1]["stream"].parse::<f64>().is_ok());
}

#[test]
fn folders_and_archives_come_in_one_order_and_bad_maps_keep_their_rows() {
    let temporary = tempfile::tempdir().unwrap();
    let dir = temporary.path().join("maps");
    fs::create_dir_all(dir.join("deep")).unwrap();
    fs::write(dir.join("deep/z.osu"), stream("z")).unwrap();
    fs::write(dir.join("12.osu"), "").unwrap();
    fs::write(dir.join("b.osu"), stream("b").replace("1075,1", "1x75,1")).unwrap();
    fs::write(dir.join("taiko.osu"), stream("t").replace("Mode: 0", "Mode: 1")).unwrap();
    fs::write(dir.join("no.osz"), "no archive").unwrap();
    let set: Vec<(&str, Vec<u8>)> = vec![
        ("y.osu", stream("y").into_bytes()),
        ("bg.jpg", vec![0; 9]),
        ("__MACOSX/._y.osu", vec![0; 9]),
        ("sub/X.OSU", stream("x").into_bytes()),
    ];
    fs::write(dir.join("set.osz"), archive(&set)).unwrap();

    let output = features(&[&dir]);
    assert!(output.status.success(), "{output:?}");
    let (stdout, stderr) = printed(&output);
    let rows = rows(&stdout);
    let paths: Vec<_> = rows.iter().map(|row| &*row["path"]).collect();
    assert_eq!(paths, ["12.osu", "b.osu", "deep/z.osu", "set.osz/sub/X.OSU", "set.osz/y.osu"]);
    assert_eq!((&*rows[0]["id"], &*rows[0]["title"], &*rows[0]["circles"]), ("12", "", ""));
    assert_eq!(rows[1]["genre"], "");
    assert_eq!(rows[3]["title"], "x");
    for said in [
        "warning: 12.osu: the file is empty",
        "warning: b.osu: line 27: \"1x75\" is not a number",
        "warning: no.osz is no beatmap archive",
        "1 map of other games is left out",
    ] {
        assert!(stderr.contains(said), "{said:?} in {stderr}");
    }

    // Once more, and into a file.
    let table = temporary.path().join("table.csv");
    let output = features(&[&dir, Path::new("--csv"), &table]);
    assert!(output.status.success() && output.stdout.is_empty(), "{output:?}");
    assert_eq!(fs::read_to_string(&table).unwrap(), stdout);
}

fn archive(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let owned = |(name, bytes): &(&str, Vec<u8>)| ((*name).to_owned(), bytes.clone());
    let files: Vec<(String, Vec<u8>)> = files.iter().map(owned).collect();
    carto_archive::write_archive(&files).unwrap()
}

#[test]
fn texts_with_commas_and_quotes_are_quoted() {
    let temporary = tempfile::tempdir().unwrap();
    let map = temporary.path().join("a.osu");
    fs::write(&map, stream("Autumn, \"A\"")).unwrap();
    let (stdout, _) = printed(&features(&[&map]));
    assert!(stdout.contains("\n77,a.osu,\"Autumn, \"\"A\"\"\",Nobody,"), "{stdout}");
}

#[test]
fn nothing_to_read_is_a_failure_that_says_so() {
    let temporary = tempfile::tempdir().unwrap();
    let empty = temporary.path().join("empty.osu");
    fs::write(&empty, "").unwrap();
    let output = features(&[&empty]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let (stdout, stderr) = printed(&output);
    assert_eq!(stdout.lines().count(), 2);
    assert!(stderr.contains("empty.osu: the file is empty"), "{stderr}");
    assert!(stderr.contains("no osu!standard map could be read"), "{stderr}");

    let missing = temporary.path().join("missing");
    let output = features(&[&missing]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(printed(&output).1.contains("missing"), "{output:?}");
    assert_eq!(features(&[]).status.code(), Some(2));
}

/// Every map that lies beside the checkout; the cells themselves are held
/// against the published ones in `carto-features`.
#[test]
fn the_published_maps_have_a_row_each() {
    let Some(maps) = folder("kiai/osu") else { return };
    let temporary = tempfile::tempdir().unwrap();
    let table = temporary.path().join("table.csv");
    let output = features(&[&maps, Path::new("--csv"), &table]);
    assert!(output.status.success(), "{output:?}");
    let text = fs::read_to_string(&table).unwrap();
    let named_by_id = |line: &&str| {
        let mut cells = line.split(',');
        let (id, path) = (cells.next().unwrap(), cells.next().unwrap());
        path == format!("{id}.osu")
    };
    assert_eq!(text.lines().skip(1).filter(named_by_id).count(), 240);
    eprintln!("240 rows");
}
