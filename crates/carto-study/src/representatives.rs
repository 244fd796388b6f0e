//! Which difficulties speak for the mappers of a song, and which are compared.

use std::borrow::Cow;
use std::collections::BTreeMap;

use carto_types::{ArchiveFacts, Mode, RegistryRow, creator_key};

use crate::mappers::{Difficulty, Mappers};

/// The choice of one song.
#[derive(Debug, Default)]
pub(crate) struct Choice {
    /// Maps that stand for their mappers, in registry order.
    pub(crate) maps: Vec<ChosenMap>,
    /// Places in `maps`, ascending within a pair and from pair to pair.
    pub(crate) pairs: Vec<(u32, u32)>,
}

/// A map that stands for its mapper.
#[derive(Debug)]
pub(crate) struct ChosenMap {
    /// Place in the registry's rows of the song.
    pub(crate) row: usize,
    /// Equal for the maps of one mapper.
    pub(crate) mapper: u32,
    /// The mapper's name.
    pub(crate) name: String,
}

/// - `rows`: of one song, in registry order
pub(crate) fn choose(archives: &[ArchiveFacts], rows: &[RegistryRow], mode: Mode) -> Choice {
    match mode {
        Mode::Published => as_published(archives, rows),
        Mode::Osu => nearest_in_stars(archives, rows),
    }
}

/// Per creator the first map of the highest `OverallDifficulty` (quirk 15), and all pairs of
/// different creators.
///
/// # Source
///
/// `step2_build_registry` in osu-dreamer-cartography `experiment/run_analysis.py` @
/// `7ec522b`.
fn as_published(archives: &[ArchiveFacts], rows: &[RegistryRow]) -> Choice {
    let mut best = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        let map = &archives[row.archive_idx as usize].maps[row.map_idx as usize];
        let Some(fields) = &map.fields else { continue };
        let difficulty = fields.overall_difficulty.unwrap_or(0.0);
        let entry = best.entry(fields.creator.as_deref()).or_insert((difficulty, place));
        if difficulty > entry.0 {
            *entry = (difficulty, place);
        }
    }
    let mut chosen: Vec<_> = best.into_iter().map(|(name, (_, place))| (place, name)).collect();
    chosen.sort_unstable();
    // A map without a creator is by the same mapper as one whose creator is empty.
    let name = |creator: Option<&str>| creator.unwrap_or_default().to_owned();
    let mut mappers: Vec<Cow<'_, str>> = Vec::new();
    let maps: Vec<_> = chosen
        .into_iter()
        .map(|(row, creator)| {
            let key = creator_key(Mode::Published, creator.unwrap_or_default());
            let known = mappers.iter().position(|known| *known == key);
            let mapper = known.unwrap_or_else(|| {
                mappers.push(key);
                mappers.len() - 1
            });
            ChosenMap { row, mapper: mapper as u32, name: name(creator) }
        })
        .collect();
    let n_maps = maps.len();
    let pairs = (0..n_maps).flat_map(|a| (a + 1..n_maps).map(move |b| (a, b)));
    let pairs = pairs.filter(|&(a, b)| maps[a].mapper != maps[b].mapper);
    let pairs = pairs.map(|(a, b)| (a as u32, b as u32)).collect();
    Choice { maps, pairs }
}

/// For each pair of mappers the two difficulties that are nearest in stars.
fn nearest_in_stars(archives: &[ArchiveFacts], rows: &[RegistryRow]) -> Choice {
    let (places, difficulties) = owned(archives, rows);
    let mappers = Mappers::of(&difficulties);
    let nearest = mappers.nearest(&difficulties);
    let mut used: Vec<usize> = nearest.iter().flat_map(|&(a, b)| [a, b]).collect();
    used.sort_unstable();
    used.dedup();
    let map = |&place: &usize| {
        let mapper = mappers.of_difficulty(place)?;
        Some(ChosenMap { row: places[place], mapper, name: mappers.name(mapper) })
    };
    let place_of = |place| used.partition_point(|&other| other < place) as u32;
    let pairs = nearest.iter().map(|&(a, b)| (place_of(a), place_of(b))).collect();
    Choice { maps: used.iter().filter_map(map).collect(), pairs }
}

/// The difficulties of a song that have an owner, with their places in the registry's rows of the
/// song.
pub(crate) fn owned<'a>(
    archives: &[ArchiveFacts],
    rows: impl IntoIterator<Item = &'a RegistryRow>,
) -> (Vec<usize>, Vec<Difficulty<'a>>) {
    let owned = rows.into_iter().enumerate().filter_map(|(place, row)| {
        let map = archives.get(row.archive_idx as usize)?.maps.get(row.map_idx as usize)?;
        let owner = row.owner.as_ref()?;
        let (star_rating, is_refused) = (map.star_rating, map.refusal.is_some());
        let archive_idx = row.archive_idx;
        Some((place, Difficulty { owner, archive_idx, star_rating, is_refused }))
    });
    owned.unzip()
}
