use std::io::Read;

use carto_features::Md5Sum;
use flate2::bufread::GzDecoder;

use super::collection::{Collection, CollectionMap};
use super::error::{CollectionError, refuse_realm};
use super::reader::Reader;
use crate::limits::Limits;

/// Begins every version.
const VERSION_START: &str = "o!dm";

/// Ends the name of a version whose maps have no texts.
const MINIMAL_END: &str = "min";

/// The newest version that is read.
const NEWEST: u32 = 9;

/// From this version on, all behind the version is packed, and begins with the
/// version once more.
const FIRST_PACKED: u32 = 7;

/// The words that end every file.
pub(super) const LAST_WORDS: &str = "By Piotrekol";

/// Begins every member of a gzip file.
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Longest name of a version that an error repeats.
const MAX_START: usize = 16;

/// Reads an `.osdb`: what Collection Manager saves and osu!collector exports.
///
/// # Errors
///
/// [`CollectionError`] for bytes that are not such a file, are cut short or
/// damaged, or go beyond `limits`, unpacked as well.
///
/// # Source
///
/// The layout is that of `OsdbCollectionHandler` in Piotrekol/CollectionManager,
/// versions `o!dm` to `o!dm8` with their two minimal forms. `o!dm9` is read as
/// its writer there lays it out, where a collection has no fields of its own.
/// Deviations: date, editor and numbers of collections are passed over; a sum that is
/// none counts as missing; numbers of maps and stars that are not positive are none.
pub fn read_osdb(bytes: &[u8], limits: &Limits) -> Result<Vec<Collection>, CollectionError> {
    let limit = limits.max_collection_bytes;
    if bytes.len() > limit {
        return Err(CollectionError::TooManyBytes { limit });
    }
    refuse_realm(bytes)?;
    let mut reader = Reader::new(bytes);
    let version = Version::read(&mut reader, bytes)?;
    if version.number < FIRST_PACKED {
        return read_collections(&mut reader, version, limits);
    }
    let unpacked = unpack(reader.rest(), limit)?;
    let mut reader = Reader::new(&unpacked);
    reader.string("the version")?;
    read_collections(&mut reader, version, limits)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Version {
    number: u32,
    is_minimal: bool,
}

impl Version {
    fn read(reader: &mut Reader<'_>, bytes: &[u8]) -> Result<Self, CollectionError> {
        let not_osdb = |_| {
            let start = bytes.get(..bytes.len().min(MAX_START)).unwrap_or_default();
            CollectionError::NotOsdb { start: String::from_utf8_lossy(start).into_owned() }
        };
        let text = reader.string("the version").map_err(not_osdb)?;
        let Some(name) = text.strip_prefix(VERSION_START) else {
            let start = text.chars().take(MAX_START).collect();
            return Err(CollectionError::NotOsdb { start });
        };
        let (number, is_minimal) = match name.strip_suffix(MINIMAL_END) {
            Some(number) => (number, true),
            None => (name, false),
        };
        let number = if number.is_empty() { Ok(1) } else { number.parse() };
        // Only two versions had a minimal form.
        let is_known = |&n: &u32| if is_minimal { (7..=8).contains(&n) } else { n <= NEWEST };
        match number.ok().filter(|n| *n > 0).filter(is_known) {
            Some(number) => Ok(Self { number, is_minimal }),
            None => {
                let version = text.chars().take(MAX_START).collect();
                Err(CollectionError::UnknownVersion { version })
            }
        }
    }

    /// Whether maps have what came with a version, which the minimal form of
    /// version 7 leaves out.
    fn has_since(self, number: u32) -> bool {
        self.number >= 8 || (self.number >= number && !self.is_minimal)
    }
}

/// Unpacks all members, of which gzip allows several (RFC 1952, 2.2); what stands behind
/// them is not looked at.
fn unpack(packed: &[u8], limit: usize) -> Result<Vec<u8>, CollectionError> {
    let (mut unpacked, mut packed) = (Vec::new(), packed);
    loop {
        // A byte more than is allowed tells what is too long.
        let room = (limit - unpacked.len()) as u64 + 1;
        let mut member = GzDecoder::new(packed).take(room);
        member.read_to_end(&mut unpacked).map_err(|_| CollectionError::Damaged)?;
        if unpacked.len() > limit {
            return Err(CollectionError::TooManyBytes { limit });
        }
        packed = member.into_inner().into_inner();
        if !packed.starts_with(&GZIP_MAGIC) {
            return Ok(unpacked);
        }
    }
}

fn read_collections(
    reader: &mut Reader<'_>,
    version: Version,
    limits: &Limits,
) -> Result<Vec<Collection>, CollectionError> {
    reader.f64("the date")?;
    reader.string("who saved it")?;
    let n_collections = reader.count("collections", limits.max_collections)?;
    let mut room = limits.max_maps;
    let mut collections = Vec::new();
    for _ in 0..n_collections {
        collections.push(read_collection(reader, version, &mut room)?);
    }
    match reader.string("its end") {
        Ok(words) if words == LAST_WORDS => Ok(collections),
        _ => Err(CollectionError::BadEnd),
    }
}

/// - `room`: maps that may still come
fn read_collection(
    reader: &mut Reader<'_>,
    version: Version,
    room: &mut usize,
) -> Result<Collection, CollectionError> {
    let name = reader.string("the name of a collection")?;
    let mut collection = Collection { name, ..Collection::default() };
    if version.number >= 7 {
        reader.i32("the number of a collection")?;
    }
    if version.number >= 9 && reader.i32("the count of fields")? != 0 {
        return Err(CollectionError::CustomFields { collection: collection.name });
    }
    let n_maps = reader.count("maps", *room)?;
    *room -= n_maps;
    for _ in 0..n_maps {
        collection.push(read_map(reader, version)?);
    }
    if version.number >= 3 {
        let n_sums = reader.count("maps", *room)?;
        *room -= n_sums;
        for _ in 0..n_sums {
            let md5 = Md5Sum::of_hex(&reader.string("the sum of a map")?);
            collection.push(CollectionMap { md5, ..CollectionMap::default() });
        }
    }
    Ok(collection)
}

fn read_map(reader: &mut Reader<'_>, version: Version) -> Result<CollectionMap, CollectionError> {
    let id = reader.i32("the number of a map")?;
    let id = u64::try_from(id).ok().filter(|&id| id > 0);
    let mut map = CollectionMap { id, ..CollectionMap::default() };
    if version.number >= 2 {
        reader.i32("the number of a set")?;
    }
    if !version.is_minimal {
        map.artist = reader.string("the artist of a map")?;
        map.title = reader.string("the title of a map")?;
        map.version = reader.string("the difficulty's name")?;
    }
    map.md5 = Md5Sum::of_hex(&reader.string("the sum of a map")?);
    if version.number >= 4 {
        reader.string("the comment on a map")?;
    }
    if version.has_since(5) {
        map.mode = Some(reader.u8("the game of a map")?);
    }
    if version.has_since(6) {
        map.star_rating = Some(reader.f64("the stars of a map")?).filter(|&stars| stars > 0.0);
    }
    Ok(map)
}

#[cfg(test)]
mod tests;
