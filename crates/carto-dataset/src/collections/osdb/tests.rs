use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use super::*;

const VERSIONS: [(&str, u32, bool); 11] = [
    ("o!dm", 1, false),
    ("o!dm2", 2, false),
    ("o!dm3", 3, false),
    ("o!dm4", 4, false),
    ("o!dm5", 5, false),
    ("o!dm6", 6, false),
    ("o!dm7", 7, false),
    ("o!dm8", 8, false),
    ("o!dm9", 9, false),
    ("o!dm7min", 7, true),
    ("o!dm8min", 8, true),
];

fn string(text: &str) -> Vec<u8> {
    assert!(text.len() < 128);
    [&[text.len() as u8], text.as_bytes()].concat()
}

fn sum(idx: u8) -> Md5Sum {
    Md5Sum::of(&[idx])
}

/// What stands behind the version: a collection of two maps, the second without
/// a number, and of the sum of a third, which versions before 3 cannot hold.
fn content(number: u32, is_minimal: bool) -> Vec<u8> {
    let mut bytes = 45_000.5_f64.to_le_bytes().to_vec();
    bytes.extend(string("somebody"));
    bytes.extend(1_i32.to_le_bytes());
    bytes.extend(string("Jumps ★"));
    if number >= 7 {
        bytes.extend(123_i32.to_le_bytes());
    }
    if number >= 9 {
        bytes.extend(0_i32.to_le_bytes());
    }
    bytes.extend(2_i32.to_le_bytes());
    for (id, md5) in [(77_i32, 1), (-1, 2)] {
        bytes.extend(id.to_le_bytes());
        if number >= 2 {
            bytes.extend(5_i32.to_le_bytes());
        }
        if !is_minimal {
            bytes.extend(["Artist", "Title", "Insane"].map(string).concat());
        }
        bytes.extend(string(&sum(md5).to_string()));
        if number >= 4 {
            bytes.extend(string("a comment"));
        }
        if number >= 8 || (number >= 5 && !is_minimal) {
            bytes.push(0);
        }
        if number >= 8 || (number >= 6 && !is_minimal) {
            bytes.extend(6.25_f64.to_le_bytes());
        }
    }
    if number >= 3 {
        bytes.extend(1_i32.to_le_bytes());
        bytes.extend(string(&sum(3).to_string()));
    }
    bytes.extend(string("By Piotrekol"));
    bytes
}

fn packed(version: &str, content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(string(version), Compression::fast());
    encoder.write_all(&[&string(version), content].concat()).unwrap();
    encoder.finish().unwrap()
}

fn file(version: &str, number: u32, is_minimal: bool) -> Vec<u8> {
    let content = content(number, is_minimal);
    if number >= 7 { packed(version, &content) } else { [string(version), content].concat() }
}

fn read(bytes: &[u8]) -> Result<Vec<Collection>, CollectionError> {
    let limits = Limits { max_collection_bytes: 1 << 16, max_maps: 9, ..Limits::default() };
    read_osdb(bytes, &limits)
}

#[test]
fn every_version_is_read() {
    for (version, number, is_minimal) in VERSIONS {
        let collections = read(&file(version, number, is_minimal));
        let [collection] = &collections.unwrap()[..] else { panic!("one collection") };
        assert_eq!(collection.name, "Jumps ★", "{version}");
        let map = &collection.maps[0];
        assert_eq!((map.id, map.md5), (Some(77), Some(sum(1))), "{version}");
        assert_eq!(map.title, if is_minimal { "" } else { "Title" }, "{version}");
        assert_eq!(map.version, if is_minimal { "" } else { "Insane" }, "{version}");
        let stars = (number >= 8 || (number >= 6 && !is_minimal)).then_some(6.25);
        assert_eq!(map.star_rating, stars, "{version}");
        let mode = (number >= 8 || (number >= 5 && !is_minimal)).then_some(0);
        assert_eq!(map.mode, mode, "{version}");
        assert_eq!((collection.maps[1].id, collection.maps[1].md5), (None, Some(sum(2))));
        let sums: Vec<_> = collection.maps.iter().skip(2).map(|map| map.md5).collect();
        assert_eq!(sums, if number >= 3 { vec![Some(sum(3))] } else { vec![] }, "{version}");
    }
}

#[test]
fn a_file_that_is_cut_anywhere_is_refused() {
    for (version, number, is_minimal) in VERSIONS {
        let bytes = file(version, number, is_minimal);
        // The last eight bytes of gzip are a sum and a length of what is packed.
        for n_bytes in 0..bytes.len() {
            assert!(read(&bytes[..n_bytes]).is_err(), "{version}, {n_bytes} bytes");
        }
    }
}

#[test]
fn what_is_no_osdb_is_refused_by_its_start() {
    for (bytes, start) in [(&b""[..], ""), (b"\x03abc", "abc"), (b"PK\x03\x04", "PK\u{3}\u{4}")] {
        assert_eq!(read(bytes), Err(CollectionError::NotOsdb { start: start.to_owned() }));
    }
    for version in ["o!dm0", "o!dm10", "o!dmx", "o!dm6min", "o!dm9min", "o!dm-1"] {
        let error = CollectionError::UnknownVersion { version: version.to_owned() };
        assert_eq!(read(&string(version)), Err(error));
    }
}

#[test]
fn gzip_may_have_several_members_and_something_behind_them() {
    let whole = [string("o!dm8"), content(8, false)].concat();
    let member = |part: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(part).unwrap();
        encoder.finish().unwrap()
    };
    for place in [0, 1, whole.len() / 2, whole.len()] {
        let (first, second) = whole.split_at(place);
        let bytes = [string("o!dm8"), member(first), member(b""), member(second)].concat();
        assert_eq!(read(&bytes), read(&file("o!dm8", 8, false)), "{place}");
        assert_eq!(read(&[&bytes[..], b"\0\0"].concat()), read(&bytes));
        let is_whole = |n_bytes: usize| read(&bytes[..n_bytes]).is_ok();
        assert!((0..bytes.len()).all(|n_bytes| !is_whole(n_bytes) || place == whole.len()));
    }
    // The limit is that of all members together.
    let half = member(&vec![0; 40_000]);
    let bytes = [string("o!dm8"), half.clone(), half].concat();
    assert_eq!(read(&bytes), Err(CollectionError::TooManyBytes { limit: 1 << 16 }));
}

#[test]
fn the_shared_file_of_two_members_is_read() {
    let Some(folder) = carto_testkit::folder("cases/collections") else { return };
    let bytes = std::fs::read(folder.join("gzip-two-members.osdb")).unwrap();
    let collections = read_osdb(&bytes, &Limits::default()).unwrap();
    assert!(collections.iter().any(|collection| !collection.maps.is_empty()));
}

#[test]
fn what_unpacks_to_too_much_is_refused_before_it_is_held() {
    let bomb = packed("o!dm8", &vec![0; 50 << 20]);
    assert!(bomb.len() < 1 << 20);
    let limits = Limits { max_collection_bytes: 1 << 20, ..Limits::default() };
    let error = CollectionError::TooManyBytes { limit: 1 << 20 };
    assert_eq!(read_osdb(&bomb, &limits), Err(error));
}

#[test]
fn wrong_counts_ends_and_fields_are_named() {
    let date_and_editor = [&9.0_f64.to_le_bytes()[..], &string("")].concat();
    let counts = |counts: &[i32]| {
        let counts: Vec<u8> = counts.iter().flat_map(|count| count.to_le_bytes()).collect();
        [string("o!dm2"), date_and_editor.clone(), counts].concat()
    };
    for count in [-1, 1_000_000] {
        let error =
            CollectionError::BadCount { what: "collections", count: count.into(), limit: 100_000 };
        assert_eq!(read(&counts(&[count])), Err(error));
    }
    assert_eq!(read(&counts(&[0])), Err(CollectionError::BadEnd));
    let maps = [counts(&[1]), string("a"), 10_i32.to_le_bytes().to_vec()].concat();
    let error = CollectionError::BadCount { what: "maps", count: 10, limit: 9 };
    assert_eq!(read(&maps), Err(error));

    let mut fields = [&date_and_editor, &1_i32.to_le_bytes()[..], &string("mine")].concat();
    fields.extend([5_i32, 1].map(i32::to_le_bytes).concat());
    let error = CollectionError::CustomFields { collection: "mine".to_owned() };
    assert_eq!(read(&packed("o!dm9", &fields)), Err(error));

    let mut damaged = file("o!dm8", 8, false);
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0xff;
    assert_eq!(read(&damaged), Err(CollectionError::Damaged));
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes: Vec<u8>, which in 0..VERSIONS.len(), at: usize, byte: u8) {
        let _ = read(&bytes);
        let (version, number, is_minimal) = VERSIONS[which];
        let _ = read(&[string(version), bytes.clone()].concat());
        let _ = read(&packed(version, &bytes));
        let mut content = content(number, is_minimal);
        let idx = at % content.len();
        content[idx] = byte;
        let _ = read(&packed("o!dm8", &content));
        let _ = read(&[string("o!dm6"), content].concat());
    }
}
