//! Which two difficulties of which song a person means.

use anyhow::{Result, bail};
use carto_charts::number::counted;
use carto_types::{
    ArchiveFacts, IndexedSong, Mode, RegistryRow, SongPlan, StudyPlan, creator_key, song_name,
};

/// Songs that a message lists, at most.
const MAX_LISTED: usize = 12;

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    song: String,
    /// Of A and of B.
    mappers: [Option<String>; 2],
    difficulties: [Option<String>; 2],
}

impl Wanted {
    /// - `mappers`: `A,B`
    /// - `difficulties`: two names
    ///
    /// # Errors
    ///
    /// Mappers that are not two.
    pub(super) fn of(
        song: &str,
        mappers: Option<&str>,
        difficulties: Option<&[String]>,
    ) -> Result<Self> {
        let mappers = match mappers.map(|both| both.split(',').map(str::trim).collect::<Vec<_>>()) {
            None => [None, None],
            Some(names) => match names[..] {
                [a, b] if !a.is_empty() && !b.is_empty() => {
                    [Some(a.to_owned()), Some(b.to_owned())]
                }
                _ => bail!("--mappers takes two names with a comma between, as --mappers Ann,Bea"),
            },
        };
        let difficulties = match difficulties {
            Some([a, b]) => [Some(a.clone()), Some(b.clone())],
            _ => [None, None],
        };
        Ok(Self { song: song.to_owned(), mappers, difficulties })
    }
}

/// The plan of the two difficulties that are meant: those that are named, else those of the planned
/// pair of the two mappers.
///
/// # Errors
///
/// What is not there, or not the only one, in words that list what there is.
pub(super) fn choose(
    plan: &StudyPlan,
    archives: &[ArchiveFacts],
    wanted: &Wanted,
) -> Result<SongPlan> {
    let song_idx = find_song(plan, archives, &wanted.song)?;
    let Some(song) = plan.index.get(song_idx) else { bail!("there is no such song") };
    let maps = SongMaps::of(plan, archives, song, song_idx as u32);
    let rows = match &wanted.difficulties {
        [None, None] => maps.planned_pair(plan, &wanted.mappers)?,
        [a, b] => [
            maps.only(wanted.mappers[0].as_deref(), a.as_deref())?,
            maps.only(wanted.mappers[1].as_deref(), b.as_deref())?,
        ],
    };
    if (rows[0].archive_idx, rows[0].map_idx) == (rows[1].archive_idx, rows[1].map_idx) {
        bail!("both maps are the same difficulty of {}; name two", maps.name());
    }
    Ok(carto_study::plan_of_two(archives, song, rows))
}

/// Place in the index of the one song of a name: artist and title, or the title alone, whatever its
/// case.
fn find_song(plan: &StudyPlan, archives: &[ArchiveFacts], wanted: &str) -> Result<usize> {
    let folded = |text: &str| text.trim().to_lowercase();
    let wanted_key = folded(wanted);
    let names: Vec<String> =
        plan.index.iter().map(|song| song_name(&song.title, &song.artist)).collect();
    let places = |is_meant: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (0..names.len()).filter(|&place| is_meant(place)).collect()
    };
    let whole = places(&|place| folded(&names[place]) == wanted_key);
    let by_title = places(&|place| folded(&plan.index[place].title) == wanted_key);
    let part = places(&|place| folded(&names[place]).contains(&wanted_key));
    let found = [whole, by_title, part].into_iter().find(|places| !places.is_empty());
    match found.as_deref() {
        Some([one]) => Ok(*one),
        Some(several) => {
            let meant = several.iter().map(|&place| &*names[place]);
            bail!("several songs are called {wanted:?}: {}; name one of them", listed(meant))
        }
        None if names_of_sets(archives).any(|name| folded(&name).contains(&wanted_key)) => {
            bail!(
                "{wanted:?} has maps by one mapper only, as far as these files say; add a set by \
                 another, or say who made its guest difficulties with --owners"
            )
        }
        None if names.is_empty() => {
            bail!("no song here has maps by two mappers, so there is no pair to show")
        }
        None => {
            let all = listed(names.iter().map(String::as_str));
            bail!("no song is called {wanted:?}; those with maps by two mappers are: {all}")
        }
    }
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    let shown = names.iter().take(MAX_LISTED).copied().collect::<Vec<_>>().join("; ");
    match names.len().saturating_sub(MAX_LISTED) {
        0 => shown,
        n_more => format!("{shown}; and {n_more} more"),
    }
}

/// The difficulties of one song that can be compared.
struct SongMaps<'a> {
    archives: &'a [ArchiveFacts],
    song: &'a IndexedSong,
    song_idx: u32,
    rows: Vec<&'a RegistryRow>,
}

impl<'a> SongMaps<'a> {
    fn of(
        plan: &'a StudyPlan,
        archives: &'a [ArchiveFacts],
        song: &'a IndexedSong,
        song_idx: u32,
    ) -> Self {
        let is_of_song = |row: &&RegistryRow| {
            let map = archives.get(row.archive_idx as usize);
            let map = map.and_then(|archive| archive.maps.get(row.map_idx as usize));
            row.song_idx == song_idx && map.is_some_and(|map| map.refusal.is_none())
        };
        let rows = plan.registry.iter().filter(is_of_song).collect();
        Self { archives, song, song_idx, rows }
    }

    fn name(&self) -> String {
        song_name(&self.song.title, &self.song.artist)
    }

    fn difficulty(&self, row: &RegistryRow) -> &'a str {
        let archive = self.archives.get(row.archive_idx as usize);
        let map = archive.and_then(|archive| archive.maps.get(row.map_idx as usize));
        map.map_or("", |map| map.version())
    }

    /// The pair that the plan compares: of two mappers, or the only one; A first, as named.
    fn planned_pair(
        &self,
        plan: &StudyPlan,
        mappers: &[Option<String>; 2],
    ) -> Result<[&'a RegistryRow; 2]> {
        let planned = plan.songs.iter().find(|song| song.song_idx == self.song_idx);
        let pairs = planned.into_iter().flat_map(|song| {
            song.pairs.iter().filter_map(|pair| {
                let [a, b] = [song.map(pair.a)?, song.map(pair.b)?].map(|map| {
                    let is_it = |row: &&&RegistryRow| {
                        (row.archive_idx, row.map_idx) == (map.archive_idx, map.map_idx)
                    };
                    self.rows.iter().find(is_it).copied()
                });
                Some([a?, b?])
            })
        });
        let pairs: Vec<[&RegistryRow; 2]> = pairs.collect();
        let [Some(a), Some(b)] = mappers else {
            return match &pairs[..] {
                [one] => Ok(*one),
                [] => bail!("no two maps of {} can be compared: {}", self.name(), self.all()),
                _ => bail!(
                    "{} has {}; name two with --mappers: {}",
                    self.name(),
                    counted(pairs.len(), "pair of mappers", "pairs of mappers"),
                    self.all()
                ),
            };
        };
        for mapper in [a, b] {
            self.only_mapper(mapper)?;
        }
        let is_by = |[one, other]: &[&RegistryRow; 2]| is_by(one, a) && is_by(other, b);
        let turned = pairs.iter().map(|&[one, other]| [other, one]);
        match pairs.iter().copied().chain(turned).find(is_by) {
            Some(pair) => Ok(pair),
            None => bail!(
                "{a} and {b} have no pair of maps that is compared in {}; name two difficulties \
                 with --difficulties: {}",
                self.name(),
                self.all()
            ),
        }
    }

    /// The one difficulty of a name, and of a mapper where one is named.
    fn only(&self, mapper: Option<&str>, difficulty: Option<&str>) -> Result<&'a RegistryRow> {
        if let Some(mapper) = mapper {
            self.only_mapper(mapper)?;
        }
        let name = difficulty.unwrap_or_default();
        let is_meant = |row: &&&RegistryRow| {
            let is_named = self.difficulty(row).trim().to_lowercase() == name.trim().to_lowercase();
            is_named && mapper.is_none_or(|mapper| is_by(row, mapper))
        };
        let found: Vec<&RegistryRow> = self.rows.iter().filter(is_meant).copied().collect();
        match found[..] {
            [one] => Ok(one),
            [] => {
                let by = mapper.map(|mapper| format!(" by {mapper}")).unwrap_or_default();
                bail!("{} has no difficulty {name:?}{by}: {}", self.name(), self.all())
            }
            _ if mapper.is_none() => bail!(
                "{} has {} called {name:?}; say whose with --mappers: {}",
                self.name(),
                counted(found.len(), "difficulty", "difficulties"),
                self.all()
            ),
            _ => bail!(
                "{} has {} called {name:?} by one mapper, so they cannot be told apart; name the \
                 one set alone",
                self.name(),
                counted(found.len(), "difficulty", "difficulties")
            ),
        }
    }

    fn only_mapper(&self, mapper: &str) -> Result<()> {
        match self.rows.iter().any(|row| is_by(row, mapper)) {
            true => Ok(()),
            false => bail!("{} has no map by {mapper}: {}", self.name(), self.all()),
        }
    }

    /// All mappers with their difficulties, by name: `Ann [Hard, Insane]; Bea [Extra]`.
    fn all(&self) -> String {
        let mut mappers: Vec<(String, Vec<&str>)> = Vec::new();
        for row in &self.rows {
            let Some(owner) = row.owner.as_ref().filter(|owner| !owner.is_nobody()) else {
                continue;
            };
            let name = owner.text();
            match mappers.iter_mut().find(|(known, _)| *known == name) {
                Some((_, difficulties)) => difficulties.push(self.difficulty(row)),
                None => mappers.push((name, vec![self.difficulty(row)])),
            }
        }
        mappers.sort();
        let text = |(name, mut difficulties): (String, Vec<&str>)| {
            difficulties.sort_unstable();
            format!("{name} [{}]", difficulties.join(", "))
        };
        let texts: Vec<String> = mappers.into_iter().map(text).collect();
        listed(texts.iter().map(String::as_str))
    }
}

/// Whether a difficulty is by a mapper, by the spelling that osu! takes for one name; of several
/// makers by any of them, or by all in one text.
fn is_by(row: &RegistryRow, mapper: &str) -> bool {
    let key = |name: &str| creator_key(Mode::Osu, name).into_owned();
    let wanted = key(mapper);
    row.owner.as_ref().is_some_and(|owner| {
        owner.names.iter().any(|name| key(name) == wanted) || key(&owner.text()) == wanted
    })
}

/// The songs of all sets, whoever mapped them.
fn names_of_sets(archives: &[ArchiveFacts]) -> impl Iterator<Item = String> {
    let heads = archives.iter().filter_map(|archive| archive.head.as_ref());
    heads.map(|head| song_name(&head.title, &head.artist))
}
