//! The mappers of one song by the rules of osu!, and which difficulties speak for them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use carto_types::{Mode, Ownership, creator_key};

/// One difficulty of a song.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Difficulty<'a> {
    /// Who made it.
    pub(crate) owner: &'a Ownership,
    /// Place of its set in the run's list of archives.
    pub(crate) archive_idx: u32,
    /// Stars, where it has a rating.
    pub(crate) star_rating: Option<f64>,
    /// Whether its text refuses it.
    pub(crate) is_refused: bool,
}

/// One person, as far as the files tell: a name, and the set that it is known in where it
/// may be a nickname.
type Person = (String, Option<u32>);

/// The mappers of one song.
///
/// A difficulty of several people is the work of the group, which counts as a mapper and is
/// compared with none of its members. A name that a difficulty's name alone gives is the
/// same person within one set only, unless a surer name of the song is equal to it; two such
/// names that are equal may be one person or two, so their maps are not compared.
#[derive(Debug, Default)]
pub(crate) struct Mappers<'a> {
    mappers: Vec<Mapper<'a>>,
    /// Of each difficulty; `None` of nobody's.
    of_difficulty: Vec<Option<u32>>,
}

#[derive(Debug)]
struct Mapper<'a> {
    people: BTreeSet<Person>,
    /// The surest spelling of the name; of equally sure ones the first in the alphabet.
    owner: &'a Ownership,
}

impl<'a> Mappers<'a> {
    /// - `difficulties`: of one song; mappers come in the order of their first ones
    pub(crate) fn of(difficulties: &[Difficulty<'a>]) -> Self {
        let sure: BTreeSet<_> = difficulties
            .iter()
            .filter(|difficulty| difficulty.owner.evidence.is_sure())
            .flat_map(|difficulty| difficulty.owner.names.iter().map(|name| key(name)))
            .collect();
        let mut found = Self::default();
        let mut place_of = BTreeMap::new();
        for &Difficulty { owner, archive_idx, .. } in difficulties {
            let person = |name: &'a String| {
                let key = key(name);
                let is_sure = owner.evidence.is_sure() || sure.contains(&key);
                (key.into_owned(), (!is_sure).then_some(archive_idx))
            };
            let people: BTreeSet<Person> = owner.names.iter().map(person).collect();
            let place = (!people.is_empty()).then(|| {
                *place_of.entry(people.clone()).or_insert_with(|| {
                    found.mappers.push(Mapper { people, owner });
                    found.mappers.len() as u32 - 1
                })
            });
            if let Some(place) = place {
                let known = &mut found.mappers[place as usize].owner;
                if (owner.evidence, &owner.names) < (known.evidence, &known.names) {
                    *known = owner;
                }
            }
            found.of_difficulty.push(place);
        }
        found
    }

    /// Names of the mappers, in the order of their first difficulties.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        self.mappers.iter().map(|mapper| mapper.owner.text())
    }

    /// Name of a mapper.
    pub(crate) fn name(&self, mapper: u32) -> String {
        self.mappers.get(mapper as usize).map(|mapper| mapper.owner.text()).unwrap_or_default()
    }

    /// Place of a difficulty's mapper; `None` of nobody's.
    pub(crate) fn of_difficulty(&self, place: usize) -> Option<u32> {
        self.of_difficulty.get(place).copied().flatten()
    }

    /// Whether any two of them can be compared.
    pub(crate) fn has_pair(&self) -> bool {
        self.pairs().next().is_some()
    }

    /// Pairs of mappers without a name in common.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let n_mappers = self.mappers.len();
        let pairs = (0..n_mappers).flat_map(move |a| (a + 1..n_mappers).map(move |b| (a, b)));
        pairs.filter(|&(a, b)| {
            let keys = |place: usize| self.mappers[place].people.iter().map(|(key, _)| key);
            keys(a).all(|key| keys(b).all(|other| other != key))
        })
    }

    /// The two difficulties that speak for each pair of mappers: those nearest in stars; of
    /// equally near ones the first. Where one has no rating, the first rated ones or, without
    /// any, the first.
    ///
    /// A refused difficulty speaks only for a mapper who has no other.
    ///
    /// - returns: places of difficulties, ascending within a pair and from pair to pair
    pub(crate) fn nearest(&self, difficulties: &[Difficulty<'_>]) -> Vec<(usize, usize)> {
        let candidates: Vec<_> =
            (0..self.mappers.len()).map(|mapper| self.candidates(mapper, difficulties)).collect();
        let mut nearest: Vec<_> = self
            .pairs()
            .filter_map(|(a, b)| {
                let (a, b) = (&candidates[a], &candidates[b]);
                let pairs = a.iter().flat_map(|&a| b.iter().map(move |&b| (a.min(b), a.max(b))));
                pairs.min_by(|one, other| {
                    let distance = |&(a, b)| stars_between(&difficulties[a], &difficulties[b]);
                    distance(one).total_cmp(&distance(other)).then(one.cmp(other))
                })
            })
            .collect();
        nearest.sort_unstable();
        nearest
    }

    fn candidates(&self, mapper: usize, difficulties: &[Difficulty<'_>]) -> Vec<usize> {
        let is_own = |place: &usize| self.of_difficulty(*place) == Some(mapper as u32);
        let own: Vec<_> = (0..difficulties.len()).filter(is_own).collect();
        let is_usable = |place: &usize| !difficulties[*place].is_refused;
        let usable: Vec<_> = own.iter().copied().filter(is_usable).collect();
        if usable.is_empty() { own.into_iter().take(1).collect() } else { usable }
    }
}

fn key(name: &str) -> Cow<'_, str> {
    creator_key(Mode::Osu, name)
}

fn stars_between(a: &Difficulty<'_>, b: &Difficulty<'_>) -> f64 {
    match (a.star_rating, b.star_rating) {
        (Some(a), Some(b)) => (a - b).abs(),
        _ => f64::INFINITY,
    }
}

#[cfg(test)]
mod tests {
    use carto_types::OwnerEvidence::{self, Api, Host, Name, Tags};

    use super::*;

    fn owner(names: &[&str], evidence: OwnerEvidence) -> Ownership {
        Ownership { names: names.iter().map(|name| (*name).to_owned()).collect(), evidence }
    }

    /// Names of the mappers and the pairs, of `(owner, archive, stars)`.
    fn chosen(maps: &[(Ownership, u32, f64)]) -> (Vec<String>, Vec<(usize, usize)>) {
        let difficulties: Vec<_> = maps
            .iter()
            .map(|(owner, archive_idx, stars)| Difficulty {
                owner,
                archive_idx: *archive_idx,
                star_rating: Some(*stars).filter(|stars| *stars > 0.0),
                is_refused: *stars < 0.0,
            })
            .collect();
        let mappers = Mappers::of(&difficulties);
        (mappers.names().collect(), mappers.nearest(&difficulties))
    }

    #[test]
    fn the_nearest_difficulties_speak_for_each_pair_of_mappers() {
        let (names, pairs) = chosen(&[
            (owner(&["Ann"], Host), 0, 2.0),
            (owner(&["Ann"], Host), 0, 5.0),
            (owner(&["Bea"], Tags), 0, 4.5),
            (owner(&["bea"], Host), 1, 2.5),
            (owner(&["Cid"], Name), 0, 2.4),
        ]);
        assert_eq!(names, ["Ann", "Bea", "Cid"]);
        // Ann and Bea lie 0.5 apart twice: the first of both counts.
        assert_eq!(pairs, [(0, 3), (0, 4), (3, 4)]);
    }

    #[test]
    fn a_nickname_is_one_person_within_a_set_only() {
        let (names, pairs) = chosen(&[
            (owner(&["HW"], Name), 0, 3.0),
            (owner(&["HW"], Name), 0, 4.0),
            (owner(&["HW"], Name), 1, 4.0),
            (owner(&["Ann"], Host), 0, 4.0),
        ]);
        assert_eq!(names, ["HW", "HW", "Ann"]);
        assert_eq!(pairs, [(1, 3), (2, 3)], "the two of one nickname are not compared");
        let sure = [
            (owner(&["HW"], Name), 0, 3.0),
            (owner(&["hw"], Api), 1, 4.0),
            (owner(&["HW"], Name), 2, 4.0),
        ];
        assert_eq!(chosen(&sure), (vec!["hw".to_owned()], Vec::new()));
    }

    #[test]
    fn a_group_is_not_compared_with_its_members() {
        let (names, pairs) = chosen(&[
            (owner(&["Ann"], Host), 0, 3.0),
            (owner(&["Ann", "Bea"], Tags), 0, 3.0),
            (owner(&["Bea", "Ann"], Tags), 0, 4.0),
            (owner(&["Cid"], Tags), 0, 4.0),
            (owner(&[], Name), 0, 4.0),
        ]);
        assert_eq!(names, ["Ann", "Ann & Bea", "Cid"]);
        assert_eq!(pairs, [(0, 3), (2, 3)]);
    }

    #[test]
    fn refused_and_unrated_difficulties_speak_where_there_is_no_other() {
        let maps = [
            (owner(&["Ann"], Host), 0, -1.0),
            (owner(&["Ann"], Host), 0, 0.0),
            (owner(&["Ann"], Host), 0, 3.0),
            (owner(&["Bea"], Tags), 0, 3.0),
            (owner(&["Cid"], Tags), 0, -1.0),
            (owner(&["Dora"], Tags), 0, 0.0),
        ];
        assert_eq!(chosen(&maps[..4]).1, [(2, 3)]);
        assert_eq!(chosen(&maps[3..]).1, [(0, 1), (0, 2), (1, 2)]);
        assert_eq!(
            chosen(&maps[1..3].iter().chain(&maps[5..]).cloned().collect::<Vec<_>>()).1,
            [(0, 2)]
        );
    }
}
