use carto_features::Md5Sum;
use proptest::prelude::*;

use super::super::collection::CollectionMap;
use super::*;
use crate::read_collection_db;

fn collection(name: &str, maps: impl IntoIterator<Item = u32>) -> Collection {
    let map = |idx: u32| {
        let md5 = Some(Md5Sum::of(&idx.to_le_bytes()));
        CollectionMap { md5, ..CollectionMap::default() }
    };
    Collection { name: name.to_owned(), maps: maps.into_iter().map(map).collect(), n_nameless: 0 }
}

/// A person's file with the oddities that osu! and its tools leave: a version of 2011, a
/// collection without a name, an entry without a sum, a sum in capitals, a name that is no UTF-8.
fn odd_file() -> Vec<u8> {
    let mut writer = Writer::default();
    writer.i32(20_110_203);
    writer.i32(3);
    writer.osu_string("jump");
    writer.i32(2);
    writer.osu_string(&Md5Sum::of(b"1").to_string().to_uppercase());
    writer.u8(0);
    writer.u8(0);
    writer.i32(0);
    writer.bytes(&[0x0b, 2, 0xff, 0xfe]);
    writer.i32(1);
    writer.osu_string("no sum at all");
    writer.into_bytes()
}

fn add(existing: &[u8], added: &[Collection]) -> Result<GrownCollectionDb, CollectionError> {
    add_to_collection_db(existing, added, &Limits::default())
}

#[test]
fn a_new_file_has_the_documented_bytes() {
    let bytes = write_collection_db(&[collection("jump", [7])]);
    let sum = Md5Sum::of(&7_u32.to_le_bytes()).to_string();
    let mut expected = vec![0xbb, 0x77, 0x33, 0x01, 1, 0, 0, 0, 0x0b, 4];
    expected.extend_from_slice(b"jump");
    expected.extend([1, 0, 0, 0, 0x0b, 32]);
    expected.extend_from_slice(sum.as_bytes());
    assert_eq!(bytes, expected);
    assert_eq!(write_collection_db(&[]), [0xbb, 0x77, 0x33, 0x01, 0, 0, 0, 0]);
}

#[test]
fn what_was_there_keeps_its_bytes_and_a_taken_name_gets_a_number() {
    let before = odd_file();
    let new = [collection("jump", [1, 2]), collection("tech", []), collection("jump (2)", [3])];
    let grown = add(&before, &new).unwrap();
    assert_eq!(grown.bytes[..4], before[..4], "the version");
    assert_eq!(grown.bytes[4..8], [6, 0, 0, 0]);
    assert_eq!(grown.bytes[8..before.len()], before[8..], "every earlier collection");
    assert_eq!(
        (grown.n_earlier, grown.names),
        (3, vec!["jump (2)".to_owned(), "tech".to_owned(), "jump (2) (2)".to_owned()])
    );
    let read = read_collection_db(&grown.bytes, &Limits::default()).unwrap();
    assert_eq!(read[..3], read_collection_db(&before, &Limits::default()).unwrap());
    let added: Vec<_> = read[3..].iter().map(|it| it.maps.clone()).collect();
    assert_eq!(added, new.map(|it| it.maps));
    // Adding once more finds these names taken too.
    let again = add(&grown.bytes, &[collection("jump", [1])]).unwrap();
    assert_eq!(again.names, ["jump (3)"]);
}

#[test]
fn nothing_is_added_to_a_file_that_is_cut_empty_or_goes_on() {
    let (file, new) = (odd_file(), [collection("jump", [1])]);
    for n_bytes in 0..file.len() {
        let error = add(&file[..n_bytes], &new).unwrap_err();
        assert!(matches!(error, CollectionError::CutShort { .. }), "{n_bytes}: {error}");
    }
    let behind = [&file[..], b"more"].concat();
    assert_eq!(add(&behind, &new), Err(CollectionError::BytesBehind { n_bytes: 4 }));
    for odd in [&b"PK\x03\x04 an archive, or anything else"[..], &[0xff; 64]] {
        assert!(add(odd, &new).is_err());
    }
}

#[test]
fn what_would_be_too_much_is_refused() {
    let file = write_collection_db(&[collection("a", 0..3)]);
    let add = |limits: &Limits| add_to_collection_db(&file, &[collection("b", 0..2)], limits);
    let refused = |what, count, limit| Err(CollectionError::TooMany { what, count, limit });
    let limits = Limits { max_collections: 1, ..Limits::default() };
    assert_eq!(add(&limits), refused("collections", 2, 1));
    let limits = Limits { max_maps: 4, ..Limits::default() };
    assert_eq!(add(&limits), refused("maps", 5, 4));
    let limits = Limits { max_collection_bytes: file.len() + 9, ..Limits::default() };
    assert_eq!(add(&limits), Err(CollectionError::TooManyBytes { limit: file.len() + 9 }));
    assert!(add(&Limits { max_collections: 2, max_maps: 5, ..Limits::default() }).is_ok());
}

proptest! {
    /// Whatever the reader accepts and is complete grows by exactly what is added.
    #[test]
    fn a_file_that_is_read_grows_by_what_is_added(
        names in proptest::collection::vec(".{0,200}", 0..6),
        new in ".{0,20}",
        at: usize,
        byte: u8,
    ) {
        let before: Vec<Collection> =
            names.iter().enumerate().map(|(idx, name)| collection(name, 0..idx as u32)).collect();
        let mut file = write_collection_db(&before);
        let added = [collection(&new, 0..4)];
        let grown = add(&file, &added)?;
        let read = read_collection_db(&grown.bytes, &Limits::default())?;
        prop_assert_eq!(&read[..before.len()], &before[..]);
        prop_assert_eq!(&read[before.len()].maps, &added[0].maps);
        prop_assert!(!names.contains(&read[before.len()].name));
        // A byte is another: refused, or still unchanged to the byte.
        let idx = at % file.len();
        file[idx] = byte;
        if let Ok(grown) = add(&file, &added) {
            prop_assert_eq!(&grown.bytes[8..file.len()], &file[8..]);
            prop_assert!(read_collection_db(&grown.bytes, &Limits::default()).is_ok());
        }
    }
}
