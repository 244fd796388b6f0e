use std::io::Cursor;

use carto_archive::write_archive;
use carto_types::SourceFiles;

use super::*;
use crate::column_index;

fn stream(title: &str) -> String {
    let circle = |idx: usize| format!("{},192,{},1,0,0:0:0:0:\n", idx * 16, 1000 + idx * 75);
    let circles: String = (0..32).map(circle).collect();
    format!(
        "osu file format v14\n[General]\nMode: 0\n[Metadata]\nTitle:{title}\nArtist:Nobody\n\
         Creator:Somebody\nVersion:Stream\n[Difficulty]\nApproachRate:9\nOverallDifficulty:8\n\
         [TimingPoints]\n1000,300,4,2,0,60,1,1\n[HitObjects]\n{circles}"
    )
}

fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let file = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
    write_archive(&files.iter().map(file).collect::<Vec<_>>()).unwrap_or_default()
}

fn read(bytes: &[u8], name: &str, kind: SourceKind) -> MapsRead {
    read_maps(MapSource::of_file(kind, Ok(Cursor::new(bytes))), name, Mods::ALL)
}

fn number(map: &ReadMap, mods_idx: usize, name: &str) -> Option<f64> {
    map.numbers.get(mods_idx)?.get(column_index(name)?).copied().flatten()
}

#[test]
fn an_archive_gives_its_maps_by_name_for_three_choices_of_mods() {
    let (plain, taiko) = (stream("a"), stream("t").replace("Mode: 0", "Mode: 1"));
    let bytes = archive(&[
        ("z/9.osu", &plain),
        ("b.osu", "no map"),
        ("taiko.osu", &taiko),
        ("bg.jpg", ""),
        ("__MACOSX/._b.osu", ""),
    ]);
    let found = read(&bytes, "s.osz", SourceKind::Archive);
    let paths: Vec<_> = found.maps.iter().map(|map| &*map.path).collect();
    assert_eq!((paths, found.n_other_games), (vec!["s.osz/b.osu", "s.osz/z/9.osu"], 1));
    assert_eq!((&found.maps[0].facts, found.maps[0].numbers.len()), (&None, 0));
    let issues: Vec<_> =
        found.issues.iter().map(|it| (&*it.subject, it.cause.as_str(), &*it.message)).collect();
    let said = "not a .osu file: it starts with \"no map\"";
    assert_eq!(issues, [("s.osz/b.osu", "unreadable-map", said)]);

    let map = &found.maps[1];
    let id = map.facts.as_ref().and_then(|facts| facts.id);
    assert_eq!((id, map.numbers.len()), (Some(9), Mods::ALL.len()));
    assert_eq!(number(map, 0, "bpm"), Some(200.0));
    assert_eq!(number(map, 1, "bpm"), Some(300.0));
    assert_eq!(number(map, 2, "ar"), Some(10.0));
    let stars = |mods_idx| number(map, mods_idx, "star_rating").unwrap_or_default();
    assert!(stars(1) > stars(0) && stars(0) > 0.5, "{} {}", stars(0), stars(1));
    assert_eq!(number(map, 2, "max_combo"), Some(32.0));
}

#[test]
fn a_map_is_known_by_its_sum_and_by_that_with_windows_line_ends() {
    let unix = stream("a");
    let windows = unix.replace('\n', "\r\n");
    let md5 = |text: &str| {
        let found = read(text.as_bytes(), "a.osu", SourceKind::BareMap);
        found.maps.into_iter().next().map(|map| map.md5).unwrap_or_default()
    };
    let of_windows = Md5Sum::of(windows.as_bytes()).to_string();
    assert_eq!(md5(&windows), std::slice::from_ref(&of_windows));
    assert_eq!(md5(&unix), [Md5Sum::of(unix.as_bytes()).to_string(), of_windows]);
}

#[test]
fn what_cannot_be_read_is_named() {
    let no_zip = read(b"no archive", "no.osz", SourceKind::Archive);
    assert!(no_zip.issues[0].message.starts_with("no.osz is no beatmap archive"));
    let empty = read(&archive(&[("a.jpg", "")]), "e.osz", SourceKind::Archive);
    assert_eq!(empty.issues[0].message, "there is no .osu file in it");
    let gone = |kind| {
        let file = io::Result::<Cursor<Vec<u8>>>::Err(io::ErrorKind::NotFound.into());
        MapSource::of_file(kind, file)
    };
    let bare = read_maps(gone(SourceKind::BareMap), "12.osu", Mods::ALL);
    assert_eq!((&*bare.maps[0].path, &bare.maps[0].facts), ("12.osu", &None));
    assert!(bare.issues[0].message.starts_with("the file cannot be read: "));
    let set = read_maps(gone(SourceKind::Archive), "12.osz", Mods::ALL);
    assert!(set.maps.is_empty() && set.issues.len() == 1);
}

#[test]
fn an_extracted_set_gives_its_maps_under_their_paths() {
    let inner = ["audio.mp3", "b.osu", "z/9.osu"].map(str::to_owned).to_vec();
    let files = SourceFiles { path: "Songs/1 a".to_owned(), kind: SourceKind::Folder, inner };
    let read = |name: &str| {
        let source = MapSource::new(&files, |idx| match idx {
            2 => Ok(Cursor::new(stream("a").into_bytes())),
            _ => Err(io::Error::other("it is locked")),
        });
        read_maps(source, name, Mods::ALL)
    };
    let found = read("Songs/1 a");
    let paths: Vec<_> = found.maps.iter().map(|map| &*map.path).collect();
    assert_eq!(paths, ["Songs/1 a/b.osu", "Songs/1 a/z/9.osu"]);
    assert_eq!(found.maps[1].facts.as_ref().and_then(|facts| facts.id), Some(9));
    assert_eq!(found.issues[0].subject, "Songs/1 a/b.osu");
    assert_eq!(found.issues[0].message, "the file cannot be read: it is locked");
    assert_eq!(read("").maps[1].path, "z/9.osu", "it was named itself");
}

#[test]
fn a_map_that_is_not_rated_keeps_its_other_numbers() {
    let objects: String = (0..300).map(|idx| format!("0,0,{idx},1,0\n")).collect();
    let text = format!("osu file format v14\n[HitObjects]\n{objects}");
    let found = read(text.as_bytes(), "a.osu", SourceKind::BareMap);
    assert_eq!(number(&found.maps[0], 0, "star_rating"), None);
    assert_eq!(number(&found.maps[0], 0, "total_notes"), Some(300.0));
    let issue = &found.issues[0];
    assert_eq!((issue.severity, found.issues.len()), (carto_types::Severity::Warning, 1));
    assert!(
        issue
            .message
            .starts_with("no star rating and no longest combo, all else is there: its objects")
    );
}
