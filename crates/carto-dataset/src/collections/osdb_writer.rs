use std::io::Write;

use flate2::{Compression, GzBuilder};

use super::collection::{Collection, CollectionMap};
use super::osdb::LAST_WORDS;
use super::writer::Writer;

/// The newest version that Collection Manager itself writes.
const VERSION: &str = "o!dm8";

/// Date of the file, in days since 30 December 1899: none, so that the same maps give the
/// same bytes.
const NO_DATE: f64 = 0.0;

/// Name of what is packed: Collection Manager takes gzip for an archive of one named file.
const PACKED_NAME: &str = "collections";

/// Who saved the file.
const EDITOR: &str = "osu! Latent Space Cartography";

/// Number of a collection that is not on a site.
const NO_ONLINE_ID: i32 = -1;

/// Writes an `.osdb` of version `o!dm8`, packed by gzip.
///
/// A map with neither a number nor a title is listed by its sum alone. Numbers of sets are
/// not known and written as 0, as unknown numbers of maps and stars are.
///
/// # Source
///
/// The layout is that of `OsdbCollectionHandler` in Piotrekol/CollectionManager @ `bf10813`.
/// Deviations: the date is 0, and the name of what is packed is another.
#[must_use]
pub fn write_osdb(collections: &[Collection]) -> Vec<u8> {
    let mut head = Writer::default();
    head.string(VERSION);
    let mut encoder =
        GzBuilder::new().filename(PACKED_NAME).write(head.into_bytes(), Compression::fast());
    // Writing into memory does not fail.
    let _ = encoder.write_all(&content(collections));
    encoder.finish().unwrap_or_default()
}

/// What is packed: the version once more, then all collections.
fn content(collections: &[Collection]) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.string(VERSION);
    writer.f64(NO_DATE);
    writer.string(EDITOR);
    writer.count(collections.len());
    collections.iter().for_each(|collection| write_collection(&mut writer, collection));
    writer.string(LAST_WORDS);
    writer.into_bytes()
}

fn write_collection(writer: &mut Writer, collection: &Collection) {
    let (told, sums): (Vec<&CollectionMap>, Vec<&CollectionMap>) =
        collection.maps.iter().partition(|map| map.id.is_some() || !map.title.is_empty());
    writer.string(&collection.name);
    writer.i32(NO_ONLINE_ID);
    writer.count(told.len());
    told.iter().for_each(|map| write_map(writer, map));
    writer.count(sums.len());
    sums.iter().for_each(|map| writer.string(&sum(map)));
}

fn write_map(writer: &mut Writer, map: &CollectionMap) {
    writer.i32(map.id.and_then(|id| i32::try_from(id).ok()).unwrap_or_default());
    writer.i32(0);
    [&map.artist, &map.title, &map.version].into_iter().for_each(|text| writer.string(text));
    writer.string(&sum(map));
    // The comment.
    writer.string("");
    writer.u8(map.mode.unwrap_or_default());
    writer.f64(map.star_rating.unwrap_or_default());
}

/// Empty for a map that is known by its number alone.
fn sum(map: &CollectionMap) -> String {
    map.md5.map(|md5| md5.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use carto_features::Md5Sum;

    use super::*;
    use crate::{Limits, read_osdb};

    #[test]
    fn what_is_written_is_read_again_with_all_its_texts() {
        let map = |idx: u8| CollectionMap {
            id: Some(u64::from(idx) + 1),
            md5: Some(Md5Sum::of(&[idx])),
            artist: "x".repeat(300),
            title: format!("題 {idx}"),
            version: "Extra".to_owned(),
            star_rating: Some(6.25),
            mode: Some(0),
        };
        let by_sum = CollectionMap { md5: Some(Md5Sum::of(b"s")), ..CollectionMap::default() };
        let of = |name: &str, maps| Collection { name: name.to_owned(), maps, n_nameless: 0 };
        let collections = [of("jump", vec![map(0), map(1), by_sum]), of("", Vec::new())];
        let bytes = write_osdb(&collections);
        assert_eq!(read_osdb(&bytes, &Limits::default()), Ok(collections.to_vec()));
        assert_eq!(bytes, write_osdb(&collections), "no clock");
    }
}
