use carto_features::Md5Sum;

/// A named list of maps.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Collection {
    /// The name that a person gave it; [`crate::clean_label`] makes a label of it.
    pub name: String,
    /// In the order of the file.
    pub maps: Vec<CollectionMap>,
    /// Entries that name no map, with neither a number nor a sum: left out.
    pub n_nameless: usize,
}

/// What a file of collections says of one map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CollectionMap {
    /// The site's number of the map.
    pub id: Option<u64>,
    /// The sum of its `.osu`.
    pub md5: Option<Md5Sum>,
    /// Romanised artist, empty where the file does not tell it.
    pub artist: String,
    /// Romanised title, empty where the file does not tell it.
    pub title: String,
    /// The difficulty's name, empty where the file does not tell it.
    pub version: String,
    /// Star rating without mods, where the file tells it.
    pub star_rating: Option<f64>,
    /// Game: 0 osu!standard, 1 taiko, 2 catch, 3 mania.
    pub mode: Option<u8>,
}

impl Collection {
    pub(super) fn push(&mut self, map: CollectionMap) {
        if map.id.is_none() && map.md5.is_none() {
            self.n_nameless += 1;
        } else {
            self.maps.push(map);
        }
    }
}
