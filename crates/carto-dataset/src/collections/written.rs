use std::collections::BTreeMap;

use carto_types::{AddedCollection, CollectionFormat, WrittenCollections};

use super::collection::Collection;
use super::collection_db_writer::{add_to_collection_db, write_collection_db};
use super::error::CollectionError;
use super::osdb_writer::write_osdb;
use crate::limits::Limits;

/// Writes collections in one of the layouts.
///
/// - `existing`: for `collection.db`, the file of a person that they are added to, see
///   [`add_to_collection_db`]; the other layouts are always written anew
///
/// # Errors
///
/// Those of [`add_to_collection_db`].
pub fn write_collections(
    format: CollectionFormat,
    existing: Option<&[u8]>,
    collections: &[Collection],
    limits: &Limits,
) -> Result<WrittenCollections, CollectionError> {
    let mut names: Vec<String> = collections.iter().map(|it| it.name.clone()).collect();
    let mut n_earlier = 0;
    let bytes = match (format, existing) {
        (CollectionFormat::CollectionDb, Some(existing)) => {
            let grown = add_to_collection_db(existing, collections, limits)?;
            (names, n_earlier) = (grown.names, grown.n_earlier);
            grown.bytes
        }
        (CollectionFormat::CollectionDb, None) => write_collection_db(collections),
        (CollectionFormat::Osdb, _) => write_osdb(collections),
        (CollectionFormat::Md5Json, _) => md5_json(collections),
    };
    let added = collections.iter().zip(names).map(|(collection, name)| AddedCollection {
        label: collection.name.clone(),
        name,
        n_maps: collection.maps.len() as u32,
    });
    Ok(WrittenCollections { bytes, n_earlier: n_earlier as u32, added: added.collect() })
}

/// An object of JSON: the names, ascending, and under each the MD5 sums of its maps as
/// hex, in their order. Maps without a sum are left out.
fn md5_json(collections: &[Collection]) -> Vec<u8> {
    let sums = |collection: &Collection| -> Vec<String> {
        collection.maps.iter().filter_map(|map| map.md5).map(|md5| md5.to_string()).collect()
    };
    let lists: BTreeMap<&str, Vec<String>> =
        collections.iter().map(|it| (it.name.as_str(), sums(it))).collect();
    // Texts under texts are always written.
    let mut bytes = serde_json::to_vec_pretty(&lists).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use carto_features::Md5Sum;

    use super::super::collection::CollectionMap;
    use super::*;
    use crate::{read_collection_db, read_osdb};

    fn collection(name: &str, maps: &[u8]) -> Collection {
        let map = |&idx: &u8| CollectionMap { md5: Some(Md5Sum::of(&[idx])), ..Default::default() };
        Collection { name: name.to_owned(), maps: maps.iter().map(map).collect(), n_nameless: 0 }
    }

    #[test]
    fn every_layout_holds_the_same_maps() {
        let (limits, collections) =
            (Limits::default(), [collection("tech", &[2, 1]), collection("jump", &[3])]);
        let written = |format| {
            let written = write_collections(format, None, &collections, &limits).unwrap();
            let added: Vec<_> = written.added.iter().map(|it| (&*it.name, it.n_maps)).collect();
            assert_eq!((added, written.n_earlier), (vec![("tech", 2), ("jump", 1)], 0));
            written.bytes
        };
        let db = written(CollectionFormat::CollectionDb);
        assert_eq!(read_collection_db(&db, &limits), Ok(collections.to_vec()));
        let osdb = written(CollectionFormat::Osdb);
        assert_eq!(read_osdb(&osdb, &limits), Ok(collections.to_vec()));
        let sums = [3_u8, 2, 1].map(|idx| Md5Sum::of(&[idx]));
        let expected = format!(
            "{{\n  \"jump\": [\n    \"{}\"\n  ],\n  \"tech\": [\n    \"{}\",\n    \"{}\"\n  ]\n}}\n",
            sums[0], sums[1], sums[2]
        );
        assert_eq!(String::from_utf8(written(CollectionFormat::Md5Json)), Ok(expected));
    }

    #[test]
    fn a_taken_name_is_told_beside_its_label() {
        let limits = Limits::default();
        let existing = write_collection_db(&[collection("jump", &[9])]);
        let format = CollectionFormat::CollectionDb;
        let written =
            write_collections(format, Some(&existing), &[collection("jump", &[3])], &limits);
        let written = written.unwrap();
        let (label, name) = ("jump".to_owned(), "jump (2)".to_owned());
        assert_eq!(written.added, [AddedCollection { label, name, n_maps: 1 }]);
        assert_eq!(written.n_earlier, 1);
    }
}
