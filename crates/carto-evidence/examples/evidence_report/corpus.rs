//! Maps of a folder, and pairs of them.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use carto_beatmap::limits::Limits;
use carto_beatmap::published::{self, Registration, read_fields};
use carto_evidence::EvidenceMap;
use carto_types::{RegistryFields, song_key};

/// The maps that the published rules compare. The folder holds `.osu` files, or a `manifest.csv`
/// with their names (without ending, in its first column) and a folder `osu` with the files.
pub(crate) fn maps(folder: &Path) -> Vec<Map> {
    files(folder).iter().filter_map(|file| Map::read(file)).collect()
}

/// A file with what says of which song and by whom it is.
pub(crate) struct Map {
    path: PathBuf,
    pub(crate) song: String,
    creator: String,
    owner: String,
    version: String,
    audio: String,
    overall_difficulty: f64,
    n_objects: usize,
}

impl Map {
    /// `None` for a map that the published rules do not compare.
    fn read(path: &Path) -> Option<Self> {
        let bytes = std::fs::read(path).ok()?;
        let Ok(Registration::Standard(fields)) = read_fields(&bytes) else { return None };
        let beatmap = published::read(&bytes, &Limits::default()).ok()?;
        let RegistryFields { title, artist, creator, version, audio_file_name, .. } = fields;
        let creator = creator?.trim().to_lowercase();
        let (version, title) = (version?, title?);
        let guest = ["'s ", "’s ", "' "].into_iter().find_map(|mark| version.split_once(mark));
        let letters = |name: &str| -> String {
            name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect()
        };
        Some(Self {
            path: path.to_owned(),
            song: song_key(&title, &artist.unwrap_or_default()),
            owner: letters(guest.map_or(creator.as_str(), |(name, _)| name)),
            version: version.to_lowercase(),
            creator,
            audio: audio_file_name.unwrap_or_default().to_lowercase(),
            overall_difficulty: fields.overall_difficulty?,
            n_objects: beatmap.hit_objects.len(),
        })
    }

    pub(crate) fn open(&self) -> Option<EvidenceMap> {
        let bytes = std::fs::read(&self.path).ok()?;
        EvidenceMap::new(published::read(&bytes, &Limits::default()).ok()?).ok()
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    if let Ok(manifest) = std::fs::read_to_string(folder.join("manifest.csv")) {
        let name = |line: &str| line.split(',').next().unwrap_or_default().to_owned();
        let names = manifest.lines().skip(1).map(name);
        return names.map(|name| folder.join("osu").join(format!("{name}.osu"))).collect();
    }
    let entries = std::fs::read_dir(folder).expect("a folder that can be read");
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut paths: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|extension| extension == "osu")).collect();
    paths.sort();
    paths
}

/// Of each song and host the first map with the highest overall difficulty; all pairs of them.
pub(crate) fn cross_pairs(maps: &[Map]) -> Vec<[&Map; 2]> {
    let mut songs: Vec<(&str, Vec<&Map>)> = Vec::new();
    let mut place_of: HashMap<&str, usize> = HashMap::new();
    for map in maps {
        let place = *place_of.entry(&map.song).or_insert(songs.len());
        if place == songs.len() {
            songs.push((&map.song, Vec::new()));
        }
        let of_song = &mut songs[place].1;
        match of_song.iter_mut().find(|other| other.creator == map.creator) {
            Some(other) if map.overall_difficulty > other.overall_difficulty => *other = map,
            Some(_) => {}
            None => of_song.push(map),
        }
    }
    songs.iter().flat_map(|(_, maps)| pairs_of(maps)).collect()
}

/// Of each set the two difficulties by two people with the most equal counts of objects.
pub(crate) fn guest_pairs(maps: &[Map]) -> Vec<[&Map; 2]> {
    pairs_of_sets(maps, |a, b| a.owner != b.owner)
}

/// Of each set the two difficulties by one person with the most equal counts of objects.
pub(crate) fn same_mapper_pairs(maps: &[Map]) -> Vec<[&Map; 2]> {
    pairs_of_sets(maps, |a, b| a.owner == b.owner)
}

/// A set has one song, one host and one audio file; of a difficulty's name one map counts.
fn pairs_of_sets(maps: &[Map], is_wanted: impl Fn(&Map, &Map) -> bool) -> Vec<[&Map; 2]> {
    let mut sets: BTreeMap<(&str, &str, &str), Vec<&Map>> = BTreeMap::new();
    for map in maps.iter().filter(|map| map.n_objects >= 20) {
        let set = sets.entry((&map.song, &map.creator, &map.audio)).or_default();
        if set.iter().all(|other| other.version != map.version) {
            set.push(map);
        }
    }
    let ratio = |pair: &[&Map; 2]| {
        let [a, b] = pair.map(|map| map.n_objects as f64);
        (a / b).ln().abs()
    };
    let wanted =
        sets.values().map(|maps| pairs_of(maps).into_iter().filter(|[a, b]| is_wanted(a, b)));
    wanted.filter_map(|pairs| pairs.min_by(|a, b| ratio(a).total_cmp(&ratio(b)))).collect()
}

fn pairs_of<'a>(maps: &[&'a Map]) -> Vec<[&'a Map; 2]> {
    let with_later = |(idx, &a): (usize, &&'a Map)| maps[idx + 1..].iter().map(move |&b| [a, b]);
    maps.iter().enumerate().flat_map(with_later).collect()
}
