//! `collections.json` and `labels.csv`.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::collector_api::Collection;
use crate::disk::{read_if_there, write_atomic};
use crate::error::CollectError;
use crate::labels::Labels;

const NAME: &str = "collections.json";
const LABELS_NAME: &str = "labels.csv";

/// One entry of `collections.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    /// Number of the collection at osu!collector.
    id: u64,
    label: String,
    name: String,
    uploader: String,
    beatmaps: Vec<u64>,
}

/// The collections that are known, and the two files that are made of them:
/// `collections.json` and `labels.csv`.
#[derive(Debug)]
pub(crate) struct CollectionsFile {
    folder: PathBuf,
    labels: Labels,
    known: HashMap<u64, Collection>,
}

impl CollectionsFile {
    /// Reads `collections.json` of an earlier run, whatever its labels were.
    ///
    /// # Errors
    ///
    /// A file that is there and cannot be read.
    pub(crate) fn open(folder: &Path, labels: Labels) -> Result<Self, CollectError> {
        let path = folder.join(NAME);
        let entries: Vec<Entry> = match read_if_there(&path)? {
            Some(bytes) => serde_json::from_slice(&bytes)
                .map_err(|error| CollectError::Damaged { path, line: error.line() })?,
            None => Vec::new(),
        };
        let known = |entry: Entry| {
            let Entry { id, name, uploader, beatmaps, .. } = entry;
            (id, Collection { name, uploader, beatmaps })
        };
        let known = entries.into_iter().map(known).collect();
        Ok(Self { folder: folder.to_owned(), labels, known })
    }

    /// Numbers of all collections that are wanted, each once.
    pub(crate) fn wanted(&self) -> Vec<u64> {
        let mut ids: Vec<u64> = Vec::new();
        for &(_, id) in &self.labels.collections {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    pub(crate) fn has(&self, id: u64) -> bool {
        self.known.contains_key(&id)
    }

    /// Adds a collection and writes the file anew.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub(crate) fn add(&mut self, id: u64, collection: Collection) -> Result<(), CollectError> {
        self.known.insert(id, collection);
        self.write()
    }

    /// Writes `collections.json`: for each label its collections, in the order
    /// of the labels' file; those that are not known are left out.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub(crate) fn write(&self) -> Result<(), CollectError> {
        let lines: Vec<_> = self.entries().map(|entry| json_line(&entry)).collect();
        write_atomic(&self.folder, NAME, format!("[\n{}\n]\n", lines.join(",\n")).as_bytes())
    }

    /// Writes `labels.csv`: a row for each appearance of a map, collection by
    /// collection. A map in two collections has two rows.
    ///
    /// # Errors
    ///
    /// A file that cannot be written.
    pub(crate) fn write_labels(&self) -> Result<(), CollectError> {
        let mut text = "id,label\n".to_owned();
        for entry in self.entries() {
            let label = cell(&entry.label);
            entry.beatmaps.iter().for_each(|id| text.push_str(&format!("{id},{label}\n")));
        }
        write_atomic(&self.folder, LABELS_NAME, text.as_bytes())
    }

    /// Number of wanted collections that are known, and number of maps in them.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let n_known = self.wanted().into_iter().filter(|&id| self.has(id)).count();
        (n_known, self.entries().map(|entry| entry.beatmaps.len()).sum())
    }

    /// Ids of all maps in the order of their first appearance, each once.
    pub(crate) fn beatmaps(&self) -> Vec<u64> {
        let mut seen = HashSet::new();
        let all = self.entries().flat_map(|entry| entry.beatmaps);
        all.filter(|&id| seen.insert(id)).collect()
    }

    /// Label of the first appearance of a collection.
    pub(crate) fn label(&self, id: u64) -> &str {
        let named = self.labels.collections.iter().find(|&&(_, other)| other == id);
        named.map_or("", |(label, _)| label)
    }

    fn entries(&self) -> impl Iterator<Item = Entry> {
        self.labels.collections.iter().filter_map(|(label, id)| {
            let Collection { name, uploader, beatmaps } = self.known.get(id)?.clone();
            Some(Entry { id: *id, label: label.clone(), name, uploader, beatmaps })
        })
    }
}

/// Texts and numbers always have a JSON form.
fn json_line(entry: &Entry) -> String {
    serde_json::to_string(entry).unwrap_or_default()
}

/// A cell of a CSV file (RFC 4180).
fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn collection(beatmaps: &[u64]) -> Collection {
        Collection { name: "n".to_owned(), uploader: "u".to_owned(), beatmaps: beatmaps.to_vec() }
    }

    fn labels(named: &[(&str, u64)]) -> Labels {
        let owned = |&(label, id): &(&str, u64)| (label.to_owned(), id);
        Labels { collections: named.iter().map(owned).collect() }
    }

    #[test]
    fn files_keep_the_order_of_the_labels_whatever_came_first() {
        let folder = tempfile::tempdir().unwrap();
        let named = labels(&[("z", 5), ("a, b", 1), ("z", 2)]);
        let mut file = CollectionsFile::open(folder.path(), named.clone()).unwrap();
        file.add(2, collection(&[9, 7])).unwrap();
        file.add(1, collection(&[7])).unwrap();
        file.add(5, collection(&[3, 9])).unwrap();
        file.write_labels().unwrap();
        let text = fs::read_to_string(folder.path().join(LABELS_NAME)).unwrap();
        assert_eq!(text, "id,label\n3,z\n9,z\n7,\"a, b\"\n9,z\n7,z\n");
        assert_eq!(file.beatmaps(), [3, 9, 7]);
        assert_eq!(file.counts(), (3, 5));
        let again = CollectionsFile::open(folder.path(), named).unwrap();
        assert_eq!(again.known, file.known);
    }

    #[test]
    fn a_collection_may_stand_for_two_labels() {
        let folder = tempfile::tempdir().unwrap();
        let named = labels(&[("a", 1), ("b", 1)]);
        let mut file = CollectionsFile::open(folder.path(), named).unwrap();
        assert_eq!(file.wanted(), [1]);
        file.add(1, collection(&[4])).unwrap();
        file.write_labels().unwrap();
        let text = fs::read_to_string(folder.path().join(LABELS_NAME)).unwrap();
        assert_eq!(text, "id,label\n4,a\n4,b\n");
    }

    #[test]
    fn a_changed_file_is_named_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), "[\n{\"id\": 1,\n").unwrap();
        let error = CollectionsFile::open(folder.path(), labels(&[("a", 1)])).unwrap_err();
        assert!(matches!(error, CollectError::Damaged { .. }), "{error}");
        assert!(error.to_string().contains(NAME), "{error}");
    }
}
