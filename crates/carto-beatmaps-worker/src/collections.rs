//! Maps as collections of the game, in a file of their own or added to a person's.

use carto_dataset::{
    CollectionError, add_to_collection_db, collections_of_labels, write_collections,
};
use carto_protocol::WriteCollections;
use carto_types::WrittenCollections;

use crate::labels::LIMITS;

/// The number of collections in a `collection.db` that others can be added to.
///
/// # Errors
///
/// Words that name the file and say what to do.
pub(crate) fn count(name: &str, bytes: &[u8]) -> Result<u32, String> {
    let found = add_to_collection_db(bytes, &[], &LIMITS).map_err(|error| refused(name, &error))?;
    Ok(found.n_earlier as u32)
}

/// Writes the maps of each label as a collection.
///
/// - `existing`: the file that [`WriteCollections::add_to`] names
///
/// # Errors
///
/// Words for the page: no map with a label, and a file that nothing can be added to.
pub(crate) fn write(
    call: &WriteCollections,
    existing: Option<&[u8]>,
) -> Result<WrittenCollections, String> {
    let collections = collections_of_labels(&call.labels, &call.maps);
    if collections.is_empty() {
        return Err("no map has such a label: there is nothing to save".to_owned());
    }
    let name = call.add_to.as_deref().unwrap_or("the file");
    write_collections(call.format, existing, &collections, &LIMITS)
        .map_err(|error| refused(name, &error))
}

fn refused(name: &str, error: &CollectionError) -> String {
    format!(
        "nothing can be added to {name}: {error}. Choose the collection.db of osu!'s own \
         folder, or save a new file"
    )
}

#[cfg(test)]
mod tests {
    use carto_dataset::{Md5Sum, read_collection_db};
    use carto_types::{AddedCollection, CollectedMap, CollectionFormat, MapTexts};

    use super::*;

    fn call(add_to: Option<&str>) -> WriteCollections {
        let map = |idx: u8, label| CollectedMap {
            md5: Md5Sum::of(&[idx]).to_string(),
            texts: MapTexts::default(),
            star_rating: None,
            labels: vec![label],
        };
        WriteCollections {
            format: CollectionFormat::CollectionDb,
            labels: ["jump", "tech"].map(str::to_owned).to_vec(),
            maps: vec![map(1, 1), map(2, 0), map(3, 1)],
            add_to: add_to.map(str::to_owned),
        }
    }

    #[test]
    fn labels_become_collections_and_are_added_to_those_of_a_person() {
        let Ok(new) = write(&call(None), None) else { unreachable!("a new file is written") };
        let added = |label: &str, name: &str, n_maps| AddedCollection {
            label: label.to_owned(),
            name: name.to_owned(),
            n_maps,
        };
        assert_eq!(new.added, [added("jump", "jump", 1), added("tech", "tech", 2)]);
        assert_eq!(count("mine.db", &new.bytes), Ok(2));
        let grown = write(&call(Some("mine.db")), Some(&new.bytes));
        let Ok(grown) = grown else { unreachable!("a file that was written is added to") };
        assert_eq!(grown.n_earlier, 2);
        assert_eq!(grown.added[1], added("tech", "tech (2)", 2));
        let read = read_collection_db(&grown.bytes, &LIMITS);
        assert_eq!(read.map(|read| read.len()), Ok(4));
    }

    #[test]
    fn what_cannot_be_added_to_is_named_with_what_to_do() {
        let said = |bytes: &[u8]| count("mine.db", bytes).err().unwrap_or_default();
        assert!(said(b"").starts_with("nothing can be added to mine.db: it is cut short"));
        let Ok(new) = write(&call(None), None) else { unreachable!("a new file is written") };
        let behind = [&new.bytes[..], b"more"].concat();
        for odd in [&new.bytes[..new.bytes.len() - 1], &behind[..], &b"PK\x03\x04"[..]] {
            let why = write(&call(Some("mine.db")), Some(odd)).err().unwrap_or_default();
            assert_eq!(why, said(odd));
            assert!(why.contains("Choose the collection.db"), "{why}");
        }
        let none = WriteCollections { maps: Vec::new(), ..call(None) };
        assert!(write(&none, None).is_err_and(|why| why.contains("nothing to save")));
    }
}
