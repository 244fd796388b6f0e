//! Which two maps of a song are shown.

use carto_types::{OfferedMap, OfferedSong, rising_places};

/// The two maps, by their places in the song.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chosen {
    /// Above the line.
    pub(crate) a: u32,
    /// Below it.
    pub(crate) b: u32,
}

/// Which side of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Above the line, and left.
    A,
    /// Below it, and right.
    B,
}

impl Side {
    /// Both.
    pub(crate) const BOTH: [Self; 2] = [Self::A, Self::B];
}

impl Chosen {
    /// The map of a side.
    pub(crate) fn of(self, side: Side) -> u32 {
        match side {
            Side::A => self.a,
            Side::B => self.b,
        }
    }

    /// The pair the other way round.
    pub(crate) fn swapped(self) -> Self {
        Self { a: self.b, b: self.a }
    }

    /// With another map on a side. The map of the other side is not shown twice: the two change
    /// places then.
    pub(crate) fn with(self, side: Side, map: u32) -> Self {
        match side {
            _ if map == self.of(side) => self,
            Side::A if map == self.b => self.swapped(),
            Side::B if map == self.a => self.swapped(),
            Side::A => Self { a: map, ..self },
            Side::B => Self { b: map, ..self },
        }
    }
}

/// How an address names a map: its mapper and difficulty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct MapName {
    pub(crate) mapper: String,
    pub(crate) version: String,
}

impl MapName {
    /// The name of a map of a song; `None` where it has no such map.
    pub(crate) fn of(song: &OfferedSong, map: u32) -> Option<Self> {
        let OfferedMap { mapper, version, .. } = song.maps.get(map as usize)?;
        Some(Self { mapper: mapper.clone(), version: version.clone() })
    }

    /// The map of this name; else one of the mapper, where only the difficulty is not there.
    fn find(&self, song: &OfferedSong) -> Option<u32> {
        let is_mapper = |map: &OfferedMap| map.mapper.eq_ignore_ascii_case(&self.mapper);
        let is_it = |map: &OfferedMap| is_mapper(map) && map.version == self.version;
        let place = |is: &dyn Fn(&OfferedMap) -> bool| song.maps.iter().position(is);
        let found = place(&is_it).or_else(|| place(&is_mapper))?;
        u32::try_from(found).ok()
    }
}

/// The pair that is shown: the two that are named where the song has them, else the first that the
/// run compares, else the first two maps of two mappers. `None` for a song of a single map.
pub(crate) fn choose(song: &OfferedSong, named: &[Option<MapName>; 2]) -> Option<Chosen> {
    let [a, b] = [0, 1].map(|side: usize| named[side].as_ref().and_then(|name| name.find(song)));
    let other_than = |map: u32| {
        let compared = song.pairs.iter().find_map(|pair| match (pair.a, pair.b) {
            (a, b) if a == map => Some(b),
            (a, b) if b == map => Some(a),
            _ => None,
        });
        compared.or_else(|| by_another(song, map))
    };
    match (a, b) {
        (Some(a), Some(b)) if a != b => Some(Chosen { a, b }),
        (Some(a), _) => Some(Chosen { a, b: other_than(a)? }),
        (None, Some(b)) => Some(Chosen { a: other_than(b)?, b }),
        (None, None) => {
            let compared = song.pairs.first().map(|pair| Chosen { a: pair.a, b: pair.b });
            compared.or_else(|| Some(Chosen { a: 0, b: by_another(song, 0)? }))
        }
    }
}

/// A map of another mapper than this one's; of the same where there is no other.
fn by_another(song: &OfferedSong, map: u32) -> Option<u32> {
    let mapper = &song.maps.get(map as usize)?.mapper;
    let places = || (0..).zip(&song.maps).filter(|(place, _)| *place != map);
    let other = places().find(|(_, it)| it.mapper != *mapper).or_else(|| places().next());
    other.map(|(place, _)| place)
}

/// The mappers of a song, each once, in the order of their names.
pub(crate) fn mappers(song: &OfferedSong) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for map in &song.maps {
        if let Err(place) = names.binary_search(&map.mapper) {
            names.insert(place, map.mapper.clone());
        }
    }
    names
}

/// The maps of a mapper, those with most stars first.
pub(crate) fn maps_of(song: &OfferedSong, mapper: &str) -> Vec<u32> {
    let maps: Vec<_> = (0..).zip(&song.maps).filter(|(_, map)| map.mapper == mapper).collect();
    let stars = |map: &OfferedMap| map.star_rating.unwrap_or(f64::NEG_INFINITY);
    let falling: Vec<f64> = maps.iter().map(|(_, map)| -stars(map)).collect();
    rising_places(&falling).into_iter().filter_map(|idx| Some(maps.get(idx)?.0)).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use carto_types::OfferedPair;

    use super::*;

    pub(crate) fn song() -> OfferedSong {
        let map = |mapper: &str, version: &str, star_rating| OfferedMap {
            mapper: mapper.to_owned(),
            version: version.to_owned(),
            star_rating: Some(star_rating),
            label: format!("1.osz [{version}]"),
            slot: 0,
            entry_idx: 0,
            audio_idx: None,
            is_bare: false,
        };
        let maps = vec![
            map("ann", "Hard", 3.0),
            map("ann", "Extra", 5.5),
            map("Bea", "Insane", 4.5),
            map("cid", "Extra", 5.4),
        ];
        let pairs = vec![OfferedPair { a: 1, b: 3, heard: None }];
        OfferedSong { title: "Tide".to_owned(), maps, pairs, ..OfferedSong::default() }
    }

    fn name(mapper: &str, version: &str) -> Option<MapName> {
        Some(MapName { mapper: mapper.to_owned(), version: version.to_owned() })
    }

    #[test]
    fn the_named_pair_is_shown_and_else_one_that_is_compared() {
        let chosen = |named| choose(&song(), &named).map(|it| (it.a, it.b));
        assert_eq!(chosen([None, None]), Some((1, 3)));
        assert_eq!(chosen([name("bea", "Insane"), name("ann", "Hard")]), Some((2, 0)));
        assert_eq!(chosen([name("bea", "gone"), name("nobody", "")]), Some((2, 0)));
        assert_eq!(chosen([None, name("cid", "Extra")]), Some((1, 3)));
        assert_eq!(chosen([name("cid", "Extra"), name("cid", "Extra")]), Some((3, 1)));
        let alone = OfferedSong { maps: song().maps[..1].to_vec(), ..OfferedSong::default() };
        assert_eq!(choose(&alone, &[None, None]), None);
    }

    #[test]
    fn no_map_is_shown_twice() {
        let pair = Chosen { a: 1, b: 3 };
        assert_eq!(pair.with(Side::A, 3), Chosen { a: 3, b: 1 });
        assert_eq!(pair.with(Side::B, 2), Chosen { a: 1, b: 2 });
        assert_eq!(pair.with(Side::A, 1), pair);
        assert_eq!(pair.swapped().of(Side::A), 3);
    }

    #[test]
    fn maps_are_listed_by_mapper() {
        assert_eq!(mappers(&song()), ["Bea", "ann", "cid"]);
        assert_eq!(maps_of(&song(), "ann"), [1, 0]);
        assert_eq!(MapName::of(&song(), 3), name("cid", "Extra"));
    }
}
