//! The file that says which collections stand for which label.

use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// Which collections stand for which label, in the order of the file.
///
/// The file is `{"stream": [1661, 44], "jump": [9]}`: every number of a list
/// counts, and a label that is named twice has the collections of both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    /// Label and number of a collection, each pair once.
    pub(crate) collections: Vec<(String, u64)>,
}

/// Why a file of labels cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LabelsError {
    /// The file does not exist or cannot be read.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// Path of the file.
        path: PathBuf,
        /// Error of the system.
        source: io::Error,
    },
    /// The file holds something else than labels with lists of numbers.
    #[error(
        "{} does not name collections; it should read {{\"stream\": [1661], \"jump\": [9, 12]}}, \
         numbers being those in the addresses of osu!collector",
        path.display()
    )]
    Malformed {
        /// Path of the file.
        path: PathBuf,
        /// Place of the fault, and what was expected there.
        source: serde_json::Error,
    },
    /// The file holds no number.
    #[error("{} names no collection", path.display())]
    Empty {
        /// Path of the file.
        path: PathBuf,
    },
}

impl Labels {
    /// Reads a file of labels.
    ///
    /// # Errors
    ///
    /// [`LabelsError`]: a file that cannot be read, another layout, and one
    /// without any collection.
    pub fn read(path: &Path) -> Result<Self, LabelsError> {
        let text = fs::read(path)
            .map_err(|source| LabelsError::Unreadable { path: path.to_owned(), source })?;
        let named: Named = serde_json::from_slice(&text)
            .map_err(|source| LabelsError::Malformed { path: path.to_owned(), source })?;
        let mut seen = HashSet::new();
        let collections: Vec<_> = named
            .0
            .into_iter()
            .flat_map(|(label, ids)| ids.into_iter().map(move |id| (label.clone(), id)))
            .filter(|pair| seen.insert(pair.clone()))
            .collect();
        if collections.is_empty() {
            return Err(LabelsError::Empty { path: path.to_owned() });
        }
        Ok(Self { collections })
    }
}

/// An object's members as they come: a map would sort them, and would keep one
/// of two with the same name.
struct Named(Vec<(String, Vec<u64>)>);

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Named;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("labels with lists of collection numbers")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Named, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Named(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Labels, LabelsError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("labels.json");
        fs::write(&path, text).unwrap();
        Labels::read(&path)
    }

    #[test]
    fn every_number_counts_in_the_order_of_the_file() {
        let labels = read(r#"{"z": [3, 1, 3], "a": [1], "none": [], "z": [2]}"#).unwrap();
        let expected = [("z", 3), ("z", 1), ("a", 1), ("z", 2)];
        assert_eq!(labels.collections, expected.map(|(label, id)| (label.to_owned(), id)));
    }

    #[test]
    fn another_layout_is_refused() {
        for text in ["[1661]", r#"{"stream": 1661}"#, r#"{"stream": [-1]}"#, "{", ""] {
            let error = read(text).unwrap_err();
            assert!(matches!(error, LabelsError::Malformed { .. }), "{text}: {error}");
        }
        assert!(matches!(read(r#"{"stream": []}"#).unwrap_err(), LabelsError::Empty { .. }));
    }
}
