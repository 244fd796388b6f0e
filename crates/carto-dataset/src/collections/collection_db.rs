use carto_features::Md5Sum;

use super::collection::{Collection, CollectionMap};
use super::error::{CollectionError, refuse_realm};
use super::reader::Reader;
use crate::limits::Limits;

/// Reads the collections of osu!stable: its file `collection.db`.
///
/// Maps are named by their sums alone. Bytes behind the last collection are not
/// looked at, as osu! does not.
///
/// # Errors
///
/// [`CollectionError`] for bytes that are not such a file, are cut short, or go
/// beyond `limits`.
///
/// # Source
///
/// The layout that ppy/osu documents for osu!stable's databases (wiki, "Legacy
/// database file structure"): version, number of collections, and for each its
/// name, its number of maps and their sums, all strings behind a byte 0x0b.
pub fn read_collection_db(
    bytes: &[u8],
    limits: &Limits,
) -> Result<Vec<Collection>, CollectionError> {
    read_with_rest(bytes, limits).map(|(collections, _)| collections)
}

/// As [`read_collection_db`], with the bytes behind the last collection.
pub(super) fn read_with_rest<'a>(
    bytes: &'a [u8],
    limits: &Limits,
) -> Result<(Vec<Collection>, &'a [u8]), CollectionError> {
    if bytes.len() > limits.max_collection_bytes {
        return Err(CollectionError::TooManyBytes { limit: limits.max_collection_bytes });
    }
    refuse_realm(bytes)?;
    let mut reader = Reader::new(bytes);
    // A date such as 20150203. What is not such a file fails at what follows.
    reader.i32("the version")?;
    let n_collections = reader.count("collections", limits.max_collections)?;
    let mut room = limits.max_maps;
    let mut collections = Vec::new();
    for _ in 0..n_collections {
        let name = reader.osu_string("the name of a collection")?;
        let mut collection = Collection { name, ..Collection::default() };
        let n_maps = reader.count("maps", room)?;
        for _ in 0..n_maps {
            let md5 = Md5Sum::of_hex(&reader.osu_string("the sum of a map")?);
            collection.push(CollectionMap { md5, ..CollectionMap::default() });
        }
        room -= n_maps;
        collections.push(collection);
    }
    Ok((collections, reader.rest()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn string(text: &str) -> Vec<u8> {
        [&[0x0b, text.len() as u8], text.as_bytes()].concat()
    }

    fn sum(idx: u8) -> Md5Sum {
        Md5Sum::of(&[idx])
    }

    /// Two collections: "jump" of two maps and an entry without a sum, and an
    /// empty one without a name.
    fn file() -> Vec<u8> {
        let mut bytes = [20_150_203_i32, 2].map(i32::to_le_bytes).concat();
        bytes.extend(string("jump"));
        bytes.extend(3_i32.to_le_bytes());
        bytes.extend(string(&sum(1).to_string()));
        bytes.push(0);
        bytes.extend(string(&sum(2).to_string().to_uppercase()));
        bytes.push(0);
        bytes.extend(0_i32.to_le_bytes());
        bytes
    }

    fn read(bytes: &[u8]) -> Result<Vec<Collection>, CollectionError> {
        read_collection_db(bytes, &Limits { max_maps: 5, max_collections: 5, ..Limits::default() })
    }

    #[test]
    fn collections_are_names_and_sums() {
        let collections = read(&file()).unwrap();
        assert_eq!(collections.len(), 2);
        assert_eq!((collections[0].name.as_str(), collections[0].n_nameless), ("jump", 1));
        let sums: Vec<_> = collections[0].maps.iter().map(|map| map.md5).collect();
        assert_eq!(sums, [Some(sum(1)), Some(sum(2))]);
        assert_eq!((collections[1].name.as_str(), collections[1].maps.len()), ("", 0));
    }

    #[test]
    fn a_file_that_is_cut_anywhere_is_refused() {
        let bytes = file();
        for n_bytes in 0..bytes.len() {
            assert!(
                matches!(read(&bytes[..n_bytes]), Err(CollectionError::CutShort { .. })),
                "{n_bytes}"
            );
        }
        assert!(read(&[&bytes[..], b"more"].concat()).is_ok());
    }

    #[test]
    fn the_database_of_osu_lazer_is_told_by_its_content() {
        let header = |references: [u64; 2]| {
            [&references.map(u64::to_le_bytes).concat()[..], b"T-DB\x18\x18\0\x01", &[0; 40]]
                .concat()
        };
        for references in [[0, 0], [88, 1 << 20], [u64::MAX, 0]] {
            assert_eq!(read(&header(references)), Err(CollectionError::LazerRealm));
        }
        // A collection may be called so.
        let mut bytes = [20_150_203_i32, 1].map(i32::to_le_bytes).concat();
        bytes.extend(string("my old T-DB"));
        bytes.extend(0_i32.to_le_bytes());
        bytes[16..20].copy_from_slice(b"T-DB");
        assert!(read(&bytes).is_ok());
    }

    #[test]
    fn the_shared_database_of_osu_lazer_is_told() {
        let Some(folder) = carto_testkit::folder("cases/collections") else { return };
        let bytes = std::fs::read(folder.join("realm-of-lazer.db")).unwrap();
        assert_eq!(read(&bytes), Err(CollectionError::LazerRealm));
        assert_eq!(
            super::super::read_osdb(&bytes, &Limits::default()),
            Err(CollectionError::LazerRealm)
        );
    }

    #[test]
    fn counts_are_not_believed() {
        let with_count = |count: i32| {
            let mut bytes = file();
            bytes[4..8].copy_from_slice(&count.to_le_bytes());
            read(&bytes)
        };
        for count in [-1, 6, i32::MAX] {
            let error =
                CollectionError::BadCount { what: "collections", count: count.into(), limit: 5 };
            assert_eq!(with_count(count), Err(error));
        }
        let mut bytes = file();
        bytes[14..18].copy_from_slice(&6_i32.to_le_bytes());
        let error = CollectionError::BadCount { what: "maps", count: 6, limit: 5 };
        assert_eq!(read(&bytes), Err(error));
        let limits = Limits { max_collection_bytes: 9, ..Limits::default() };
        let error = CollectionError::TooManyBytes { limit: 9 };
        assert_eq!(read_collection_db(&bytes, &limits), Err(error));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, at in 0..100_usize, byte: u8) {
            let _ = read(&bytes);
            let mut file = file();
            let idx = at % file.len();
            file[idx] = byte;
            let _ = read(&file);
        }
    }
}
