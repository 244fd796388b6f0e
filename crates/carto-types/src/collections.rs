//! Maps as collections of the game: which labels a map goes into, and what is written.

use serde::{Deserialize, Serialize};

use crate::MapTexts;

/// By which of a map's label probabilities it goes into the collection of a label.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum LabelRule {
    /// The most probable label alone: every map is in one collection.
    First,
    /// Every label whose probability is above this share, in `[0, 1)`: a map may be in
    /// several collections, or in none.
    Above(f64),
}

impl LabelRule {
    /// Labels of one map, ascending; of equally probable first labels the first.
    ///
    /// - `probabilities`: `[n_labels]`; empty for a map that is not classified, which has no label
    /// - returns: places among the labels
    #[must_use]
    pub fn labels_of(self, probabilities: &[f64]) -> Vec<usize> {
        match self {
            Self::First => {
                let best = probabilities.iter().copied().reduce(f64::max);
                let first = |best: f64| probabilities.iter().position(|&found| found >= best);
                best.and_then(first).into_iter().collect()
            }
            Self::Above(share) => {
                let is_above = |&(_, found): &(usize, &f64)| *found > share;
                probabilities.iter().enumerate().filter(is_above).map(|(label, _)| label).collect()
            }
        }
    }
}

/// Layout of a file of collections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CollectionFormat {
    /// `collection.db` of osu!stable: names and MD5 sums.
    CollectionDb,
    /// `.osdb` of Collection Manager, version `o!dm8`: what maps are called too.
    Osdb,
    /// An object of JSON: under each name a list of MD5 sums.
    Md5Json,
}

impl CollectionFormat {
    /// All of them, in the order of every list.
    pub const ALL: [Self; 3] = [Self::CollectionDb, Self::Osdb, Self::Md5Json];

    /// Extension of such files, without the full stop.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::CollectionDb => "db",
            Self::Osdb => "osdb",
            Self::Md5Json => "json",
        }
    }

    /// Name under which the page saves it; osu!stable knows its own by this one alone.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::CollectionDb => "collection.db",
            Self::Osdb => "collections.osdb",
            Self::Md5Json => "collections.json",
        }
    }

    /// The layout that an extension stands for, in any case; `None` for any other.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.extension().eq_ignore_ascii_case(extension))
    }
}

/// A map on its way into collections.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CollectedMap {
    /// MD5 sum of the bytes of its `.osu`, as hex: by it the game finds the map.
    pub md5: String,
    /// Its number, names and difficulty.
    pub texts: MapTexts,
    /// Star rating without mods, where it is known.
    pub star_rating: Option<f64>,
    /// Places of its labels, as [`LabelRule::labels_of`] gives them.
    pub labels: Vec<u32>,
}

/// A file of collections, and what is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenCollections {
    /// The file.
    pub bytes: Vec<u8>,
    /// Collections that the file had before, each as it was to the byte.
    pub n_earlier: u32,
    /// The new ones, in their order.
    pub added: Vec<AddedCollection>,
}

/// A collection that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedCollection {
    /// The label.
    pub label: String,
    /// Name of the collection: the label, with a number where that name was taken.
    pub name: String,
    /// Maps in it.
    pub n_maps: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_goes_by_its_first_label_or_by_all_above_a_share() {
        let found = [0.3, 0.1, 0.3, 0.2];
        assert_eq!(LabelRule::First.labels_of(&found), [0]);
        assert_eq!(
            LabelRule::Above(0.1).labels_of(&found),
            [0, 2, 3],
            "not the one that equals it"
        );
        assert_eq!(LabelRule::Above(0.3).labels_of(&found), [0_usize; 0]);
        for rule in [LabelRule::First, LabelRule::Above(0.0)] {
            assert_eq!(rule.labels_of(&[]), [0_usize; 0]);
        }
    }

    #[test]
    fn a_layout_is_known_by_its_extension() {
        for format in CollectionFormat::ALL {
            let (_, extension) = format.file_name().split_once('.').unwrap_or_default();
            assert_eq!(extension, format.extension());
            assert_eq!(CollectionFormat::of_extension(&extension.to_uppercase()), Some(format));
        }
        assert_eq!(CollectionFormat::of_extension("csv"), None);
    }
}
