//! What a person says of who made a difficulty.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use carto_types::{
    ArchiveFacts, MapFacts, Mode, OwnerEvidence, OwnerRow, OwnerTable, SongMapper, StudyPlan,
    creator_key,
};

use super::run::{Planned, RunController, Work};
use crate::run::view::{OwnedDifficulty, Phase};

impl<F> RunController<F> {
    /// Says who made a difficulty, or that it is nobody's where `mappers` is empty; what its
    /// files say where there are no `mappers`. Songs that come out otherwise by it are compared
    /// again, and no other.
    ///
    /// - `md5`: of its `.osu`
    pub(crate) fn set_owner(&mut self, md5: &str, mappers: Option<Vec<String>>) {
        let of_it = |map: &&MapFacts| map.md5 == md5;
        let map = self.sources.all_facts().flat_map(|facts| &facts.maps).find(of_it);
        let fields = map.and_then(|map| map.fields.as_ref());
        let id = fields.and_then(|fields| fields.beatmap_id.clone()).unwrap_or_default();
        // What was said of its number was said of it.
        self.owners.retain(|row| row.md5 != md5 && (id.is_empty() || row.beatmap_id != id));
        if let Some(mappers) = mappers {
            self.owners.push(OwnerRow::of_md5(md5, mappers));
        }
        self.plan_again();
    }

    /// Takes what was said of owners elsewhere, as in a result that was opened. Of what is said
    /// twice of one difficulty this counts.
    pub(crate) fn add_owners(&mut self, rows: &[OwnerRow]) {
        let new = |row: &&OwnerRow| !self.owners.contains(row);
        let rows: Vec<_> = rows.iter().filter(new).cloned().collect();
        if !rows.is_empty() {
            self.owners.extend(rows);
            self.plan_again();
        }
    }

    /// What was said of the maps that are there; what was said of others waits for them.
    pub(super) fn owners_here(&self) -> Vec<OwnerRow> {
        if self.owners.is_empty() || self.mode == Mode::Published {
            return Vec::new();
        }
        let maps = || self.sources.all_facts().flat_map(|facts| &facts.maps);
        let sums: BTreeSet<_> = maps().map(|map| &*map.md5).collect();
        let ids = maps().filter_map(|map| map.fields.as_ref()?.beatmap_id.as_deref());
        let ids: BTreeSet<_> = ids.collect();
        let is_here = |row: &&OwnerRow| {
            (!row.md5.is_empty() && sums.contains(&*row.md5)) || ids.contains(&*row.beatmap_id)
        };
        self.owners.iter().filter(is_here).cloned().collect()
    }

    /// The first difficulties that have these words in their song, name, mapper or file, and
    /// how many there are; none under the published rules, which know hosts alone.
    ///
    /// - `words`: in any case; empty for all
    pub(crate) fn difficulties(&self, words: &str, n_max: usize) -> (Vec<OwnedDifficulty>, usize) {
        let (table, words) = (OwnerTable::new(&self.owners), words.trim().to_lowercase());
        let maps = self.sources.all_facts().flat_map(|facts| {
            let facts: &ArchiveFacts = facts;
            facts.maps.iter().filter_map(|map| owned_difficulty(facts, map, &table))
        });
        let has = |text: &str| text.to_lowercase().contains(&words);
        let (mut found, mut n_found, mut sums) = (Vec::new(), 0, BTreeSet::new());
        for it in maps {
            // One file may lie in two archives.
            if !sums.insert(it.md5.clone()) {
                continue;
            }
            if has(&it.song) || has(&it.version) || has(&it.source) || has(&it.owner.text()) {
                n_found += 1;
                if found.len() < n_max {
                    found.push(it);
                }
            }
        }
        (found, n_found)
    }

    /// A plan on its way is of what was said before.
    pub(super) fn plan_again(&mut self) {
        self.jobs.retain(|_, work| !matches!(work, Work::Plan { .. }));
        self.planned.iter_mut().for_each(Planned::outdate);
        if self.mode == Mode::Osu && self.phase != Phase::Empty {
            self.go_on();
        }
    }
}

fn owned_difficulty(
    facts: &ArchiveFacts,
    map: &MapFacts,
    table: &OwnerTable<'_>,
) -> Option<OwnedDifficulty> {
    let fields = map.fields.as_ref()?;
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let said = table.owner(&map.md5, fields.beatmap_id.as_deref());
    Some(OwnedDifficulty {
        md5: map.md5.clone(),
        source: facts.name.clone(),
        song: format!("{} – {}", text(&fields.artist), text(&fields.title)),
        version: text(&fields.version),
        star_rating: map.star_rating,
        owner: said.or_else(|| map.owner.clone())?,
    })
}

/// The mappers of each song of the index, each with the strongest evidence for any of their
/// difficulties there.
pub(super) fn mappers_of_songs(plan: &StudyPlan) -> Vec<Arc<[SongMapper]>> {
    let mut evidence: BTreeMap<(u32, String), OwnerEvidence> = BTreeMap::new();
    for row in &plan.registry {
        if let Some(owner) = &row.owner {
            let key = creator_key(Mode::Osu, &owner.text()).into_owned();
            let known = evidence.entry((row.song_idx, key)).or_insert(owner.evidence);
            *known = known.or_stronger(owner.evidence);
        }
    }
    let mapper = |song_idx: u32, name: &String| {
        let key = (song_idx, creator_key(Mode::Osu, name).into_owned());
        SongMapper { name: name.clone(), evidence: evidence.get(&key).copied() }
    };
    let songs = (0..)
        .zip(&plan.index)
        .map(|(song_idx, song)| song.mappers.iter().map(|name| mapper(song_idx, name)).collect());
    songs.collect()
}
