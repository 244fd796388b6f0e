use std::collections::BTreeSet;

use super::collection::Collection;
use super::collection_db::read_with_rest;
use super::error::CollectionError;
use super::writer::Writer;
use crate::limits::Limits;

/// Version of a file that is new: the one that osu!'s documentation gives as its example.
const VERSION: i32 = 20_150_203;

/// The number of collections stands behind the version.
const COUNT_OFFSET: usize = 4;
const COUNT_END: usize = 8;

/// A `collection.db` with collections added to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrownCollectionDb {
    /// The file.
    pub bytes: Vec<u8>,
    /// Collections that were there before.
    pub n_earlier: usize,
    /// Names of the added ones, in their order.
    pub names: Vec<String>,
}

/// Writes a `collection.db` of its own for osu!stable.
///
/// Maps without a sum are left out: the layout knows them by nothing else.
///
/// # Source
///
/// As [`crate::read_collection_db`]; the version is `20150203`.
#[must_use]
pub fn write_collection_db(collections: &[Collection]) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.i32(VERSION);
    writer.count(collections.len());
    collections.iter().for_each(|it| write_collection(&mut writer, &it.name, it));
    writer.into_bytes()
}

/// Adds collections at the end of a person's `collection.db`.
///
/// Nothing that was there changes: version and earlier collections keep their bytes, what
/// cannot be read in them as well; only the number of collections is another. A name that is
/// taken gets a number: `stream (2)`. Maps without a sum are left out.
///
/// - `existing`: the file, read as a whole before anything is added
///
/// # Errors
///
/// Those of [`crate::read_collection_db`]; [`CollectionError::BytesBehind`] where the file
/// goes on behind its last collection, since what stands there may be of a layout that is not
/// known; [`CollectionError::TooMany`] where there would be more than `limits` allow.
pub fn add_to_collection_db(
    existing: &[u8],
    collections: &[Collection],
    limits: &Limits,
) -> Result<GrownCollectionDb, CollectionError> {
    let (earlier, behind) = read_with_rest(existing, limits)?;
    if !behind.is_empty() {
        return Err(CollectionError::BytesBehind { n_bytes: behind.len() });
    }
    let n_collections = earlier.len() + collections.len();
    check("collections", n_collections, limits.max_collections)?;
    let n_maps = |of: &[Collection]| of.iter().map(n_entries).sum::<usize>();
    check("maps", n_maps(&earlier) + n_maps(collections), limits.max_maps)?;

    let mut writer = Writer::default();
    writer.bytes(existing.get(..COUNT_OFFSET).unwrap_or_default());
    writer.count(n_collections);
    writer.bytes(existing.get(COUNT_END..).unwrap_or_default());
    let mut taken: BTreeSet<String> = earlier.iter().map(|it| it.name.clone()).collect();
    let mut names = Vec::new();
    for collection in collections {
        let name = free_name(&collection.name, &taken);
        write_collection(&mut writer, &name, collection);
        taken.insert(name.clone());
        names.push(name);
    }
    let bytes = writer.into_bytes();
    if bytes.len() > limits.max_collection_bytes {
        return Err(CollectionError::TooManyBytes { limit: limits.max_collection_bytes });
    }
    Ok(GrownCollectionDb { bytes, n_earlier: earlier.len(), names })
}

fn check(what: &'static str, count: usize, limit: usize) -> Result<(), CollectionError> {
    if count > limit { Err(CollectionError::TooMany { what, count, limit }) } else { Ok(()) }
}

/// Entries of a collection in a file, those included that name no map.
fn n_entries(collection: &Collection) -> usize {
    collection.maps.len() + collection.n_nameless
}

/// The name, with the first number from 2 on that makes it one that nobody has.
fn free_name(name: &str, taken: &BTreeSet<String>) -> String {
    let numbered = (2_usize..).map(|number| format!("{name} ({number})"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| !taken.contains(name)).unwrap_or_default()
}

fn write_collection(writer: &mut Writer, name: &str, collection: &Collection) {
    writer.osu_string(name);
    let sums: Vec<String> =
        collection.maps.iter().filter_map(|map| map.md5).map(|md5| md5.to_string()).collect();
    writer.count(sums.len());
    sums.iter().for_each(|sum| writer.osu_string(sum));
}

#[cfg(test)]
mod tests;
