//! Any bytes as a file of collections, of both kinds, and as a table: no panic,
//! and no more maps than the limits allow. What is read as a `collection.db` is added to
//! without a change of what was there, and what is read at all is written and read again.
#![no_main]

use carto_dataset::{
    Collection, CollectionError, CollectionMap, Dataset, Limits, Md5Sum, add_to_collection_db,
    read_collection_db, read_osdb, write_collection_db, write_osdb,
};
use libfuzzer_sys::fuzz_target;

/// Tight, so that a limit that does not hold is seen as a slow or large run.
const LIMITS: Limits = Limits {
    max_rows: 1_000,
    max_collection_bytes: 1 << 20,
    max_collections: 100,
    max_maps: 1_000,
    max_object_bytes: 1 << 16,
};

fuzz_target!(|bytes: &[u8]| {
    let found = [read_collection_db(bytes, &LIMITS), read_osdb(bytes, &LIMITS)];
    for collections in found.iter().flatten() {
        let n_maps: usize = collections.iter().map(|c| c.maps.len()).sum();
        assert!(n_maps <= LIMITS.max_maps);
        written_again(collections);
    }
    let [of_game, _] = found;
    add(bytes, of_game);
    // What was read and written once is written again as it is.
    if let Ok(dataset) = Dataset::from_csv(bytes, &LIMITS) {
        let csv = dataset.to_csv();
        let again = Dataset::from_csv(&csv, &LIMITS).map(|dataset| dataset.to_csv());
        assert_eq!(again.as_ref(), Ok(&csv));
    }
});

/// Adding to a file that is refused is refused for the same reason; else every byte but the
/// count stays, and the new collections stand at the end under names that nobody has.
fn add(bytes: &[u8], read: Result<Vec<Collection>, CollectionError>) {
    let map = |idx: u8| CollectionMap { md5: Some(Md5Sum::of(&[idx])), ..Default::default() };
    // A name that the file is likely to have, and one of each length class.
    let taken = read.iter().flatten().next().map(|it| it.name.clone()).unwrap_or_default();
    let new = [
        Collection { name: taken, maps: vec![map(1), map(2)], n_nameless: 0 },
        Collection { name: "x".repeat(200), maps: vec![map(3)], n_nameless: 0 },
    ];
    match (add_to_collection_db(bytes, &new, &LIMITS), read) {
        (Err(error), Err(why)) => assert_eq!(error, why),
        (Ok(_), Err(why)) => panic!("added to what cannot be read: {why}"),
        (Err(CollectionError::BytesBehind { .. } | CollectionError::TooMany { .. }), Ok(_)) => {}
        (Err(CollectionError::TooManyBytes { .. }), Ok(_)) => {}
        (Err(error), Ok(_)) => panic!("not added to what can be read: {error}"),
        (Ok(grown), Ok(before)) => {
            assert_eq!(grown.n_earlier, before.len());
            assert_eq!(grown.bytes[..4], bytes[..4]);
            assert_eq!(grown.bytes[8..bytes.len()], bytes[8..]);
            let Ok(after) = read_collection_db(&grown.bytes, &LIMITS) else {
                panic!("what was added to cannot be read");
            };
            assert_eq!(after[..before.len()], before);
            for (added, wanted) in after[before.len()..].iter().zip(&new) {
                assert_eq!(added.maps, wanted.maps);
                assert!(before.iter().all(|it| it.name != added.name));
            }
            assert_eq!(after.len(), before.len() + new.len());
        }
    }
}

/// Both layouts give back what they can hold.
fn written_again(collections: &[Collection]) {
    let limits = Limits { max_collection_bytes: 16 << 20, ..LIMITS };
    let names = |of: &[Collection]| of.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    let sums = |of: &[Collection]| {
        of.iter().flat_map(|it| it.maps.iter().filter_map(|map| map.md5)).collect::<Vec<_>>()
    };
    let Ok(again) = read_collection_db(&write_collection_db(collections), &limits) else {
        panic!("a written collection.db cannot be read");
    };
    assert_eq!((names(&again), sums(&again)), (names(collections), sums(collections)));
    let Ok(again) = read_osdb(&write_osdb(collections), &limits) else {
        panic!("a written .osdb cannot be read");
    };
    assert_eq!(names(&again), names(collections));
    let n_maps = |of: &[Collection]| of.iter().map(|it| it.maps.len()).sum::<usize>();
    assert_eq!(n_maps(&again), n_maps(collections));
}
