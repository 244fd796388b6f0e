//! Labels that a person has: collections of the game and of its tools.

use carto_dataset::{Collection, Limits, clean_label, read_collection_db, read_osdb};
use carto_types::LabelSource;

/// The largest file that is read: a hundred thousand maps take 20 MB.
pub(crate) const MAX_BYTES: u64 = 64 << 20;

/// Bounds of a page, below those of the command.
pub(crate) const LIMITS: Limits = Limits {
    max_rows: 500_000,
    max_collection_bytes: MAX_BYTES as usize,
    max_collections: 20_000,
    max_maps: 500_000,
    max_object_bytes: 1 << 20,
};

/// Reads a `collection.db` or an `.osdb`, whatever its name.
///
/// Maps that the file says to be of another game are left out.
///
/// # Errors
///
/// Words that name the file and say what to do.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Vec<LabelSource>, String> {
    let is_osdb = begins_as_osdb(bytes) || name.to_ascii_lowercase().ends_with(".osdb");
    let collections =
        if is_osdb { read_osdb(bytes, &LIMITS) } else { read_collection_db(bytes, &LIMITS) };
    let collections = collections.map_err(|error| {
        format!(
            "{name} holds no collections that can be read: {error}. Choose collection.db of the \
             game's own folder, or an .osdb of Collection Manager or osu!collector"
        )
    })?;
    if collections.iter().all(|collection| collection.maps.is_empty()) {
        return Err(format!("{name} holds no collection with maps in it: choose another file"));
    }
    Ok(collections.iter().map(source).collect())
}

/// Whether the first string is a version of that format, behind its length.
fn begins_as_osdb(bytes: &[u8]) -> bool {
    bytes.get(1..).is_some_and(|text| text.starts_with(b"o!dm"))
}

fn source(collection: &Collection) -> LabelSource {
    let maps = || collection.maps.iter().filter(|map| map.mode.unwrap_or(0) == 0);
    LabelSource {
        name: clean_label(&collection.name),
        md5: maps().filter_map(|map| Some(map.md5?.to_string())).collect(),
        ids: maps().filter_map(|map| map.id).collect(),
    }
}

#[cfg(test)]
mod tests {
    use carto_dataset::Md5Sum;

    use super::*;

    fn string(text: &str) -> Vec<u8> {
        [&[text.len() as u8], text.as_bytes()].concat()
    }

    fn collection_db(name: &str, maps: &[Md5Sum]) -> Vec<u8> {
        let osu = |text: &str| [vec![0x0b], string(text)].concat();
        let mut bytes = [20_150_203_i32, 1].map(i32::to_le_bytes).concat();
        bytes.extend(osu(name));
        bytes.extend((maps.len() as i32).to_le_bytes());
        maps.iter().for_each(|sum| bytes.extend(osu(&sum.to_string())));
        bytes
    }

    /// Of the fifth version: one collection, a map of each of two games.
    fn osdb() -> Vec<u8> {
        let mut bytes = [string("o!dm5"), vec![0; 8], string("who"), vec![1, 0, 0, 0]].concat();
        bytes.extend([string("tech"), vec![2, 0, 0, 0]].concat());
        for (id, mode) in [(5, 0), (6, 3)] {
            bytes.extend([id, 0, 0, 0, 0, 0, 0, 0]);
            bytes.extend(["artist", "title", "version"].map(string).concat());
            bytes.extend(string(&Md5Sum::of(&[mode]).to_string()));
            bytes.extend([string("comment"), vec![mode]].concat());
        }
        bytes.extend([vec![0; 4], string("By Piotrekol")].concat());
        bytes
    }

    #[test]
    fn collections_of_the_game_are_names_and_sums() {
        let sums = [1, 2].map(|idx| Md5Sum::of(&[idx]));
        let found = read("collection.db", &collection_db(" jump\t", &sums));
        let (name, md5) = ("jump".to_owned(), sums.map(|sum| sum.to_string()).to_vec());
        assert_eq!(found, Ok(vec![LabelSource { name, md5, ids: Vec::new() }]));
    }

    #[test]
    fn exports_are_known_by_their_content_and_other_games_left_out() {
        let expected = LabelSource {
            name: "tech".to_owned(),
            md5: vec![Md5Sum::of(&[0]).to_string()],
            ids: vec![5],
        };
        assert_eq!(read("export (1)", &osdb()), Ok(vec![expected]));
    }

    #[test]
    fn what_is_no_file_of_collections_is_told() {
        let said = |bytes: &[u8]| read("a.db", bytes).err().unwrap_or_default();
        assert!(said(b"no").starts_with("a.db holds no collections that can be read: it is cut"));
        let empty = collection_db("jump", &[]);
        assert_eq!(said(&empty), "a.db holds no collection with maps in it: choose another file");
    }
}
