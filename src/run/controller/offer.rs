//! Songs of the run, handed to the views of one song and of mappers with their files.

use std::cmp::Reverse;

use carto_types::{
    MapFacts, OfferedEncoder, OfferedMap, OfferedPair, OfferedRun, OfferedSong, Ownership,
    PlannedPair, RegistryRow, SourceKind, StudyPlan, song_name,
};

use super::run::{Planned, RunController};
use super::songs::Song;
use super::sources::SourceId;

impl<F: Clone> RunController<F> {
    /// The encoder, with the file that its weights stand in; `None` until one is loaded.
    pub(crate) fn offered_encoder(&self) -> Option<(OfferedEncoder, F)> {
        self.latents.offered()
    }

    /// A song of the run by its name, with the files of its sources one after the other; `None`
    /// where no song of the plan is called so.
    ///
    /// - `name`: `artist - title`, in any case
    pub(crate) fn offered_song(&self, name: &str) -> Option<(OfferedSong, Vec<F>)> {
        let planned = self.planned.as_ref()?;
        let wanted = name.trim().to_lowercase();
        let is_it = |title: &str, artist: &str| song_name(title, artist).to_lowercase() == wanted;
        let song_idx = planned.plan.index.iter().position(|it| is_it(&it.title, &it.artist))?;
        let indexed = planned.plan.index.get(song_idx)?;
        let rows: Vec<_> = rows_of(&planned.plan, song_idx).collect();
        let mut slots: Vec<u32> = rows.iter().map(|row| row.archive_idx).collect();
        slots.sort_unstable();
        slots.dedup();
        let maps: Vec<_> =
            rows.iter().filter_map(|row| self.offered_map(planned, &slots, row)).collect();
        let ids: Vec<_> = slots.iter().filter_map(|slot| id_of(planned, *slot)).collect();
        let (sources, files) = self.sources.files_of(&ids);
        let compared = self.songs.values().find(|song| song.plan.song_idx as usize == song_idx);
        let pairs = compared.map(|song| pairs_of(song, &maps)).unwrap_or_default();
        let (title, artist) = (indexed.title.clone(), indexed.artist.clone());
        let maps = maps.into_iter().map(|(_, map)| map).collect();
        Some((OfferedSong { title, artist, mode: self.mode, maps, pairs, sources }, files))
    }

    /// All songs of the plan, with the files of all its sources one after the other; `None` without
    /// a plan.
    pub(crate) fn offered_run(&self) -> Option<(OfferedRun, Vec<F>)> {
        let planned = self.planned.as_ref()?;
        let mut songs: Vec<_> = self.songs.values().map(|song| song.plan.clone()).collect();
        songs.sort_by_key(|song| song.song_idx);
        let (sources, files) = self.sources.files_of(&planned.archive_ids);
        Some((OfferedRun { mode: self.mode, songs, sources }, files))
    }

    /// - returns: places of archive and map, and the map
    fn offered_map(
        &self,
        planned: &Planned,
        slots: &[u32],
        row: &RegistryRow,
    ) -> Option<((u32, u32), OfferedMap)> {
        let facts = self.sources.facts(id_of(planned, row.archive_idx)?)?;
        let map = facts.maps.get(row.map_idx as usize).filter(|map| map.refusal.is_none())?;
        let offered = OfferedMap {
            mapper: mapper_of(row, map)?,
            version: map.version().to_owned(),
            star_rating: map.star_rating,
            label: format!("{} [{}]", facts.name, map.version()),
            slot: slots.iter().position(|slot| *slot == row.archive_idx)? as u32,
            entry_idx: map.entry_idx,
            audio_idx: map.audio_idx,
            is_bare: facts.kind == SourceKind::BareMap,
        };
        Some(((row.archive_idx, row.map_idx), offered))
    }
}

/// Who made a difficulty; by the published rules its host.
fn mapper_of(row: &RegistryRow, map: &MapFacts) -> Option<String> {
    let host = || map.fields.as_ref()?.creator.clone();
    row.owner.as_ref().map(Ownership::text).or_else(host)
}

fn rows_of(plan: &StudyPlan, song_idx: usize) -> impl Iterator<Item = &RegistryRow> {
    plan.registry.iter().filter(move |row| row.song_idx as usize == song_idx)
}

fn id_of(planned: &Planned, archive_idx: u32) -> Option<SourceId> {
    planned.archive_ids.get(archive_idx as usize).copied()
}

/// The pairs that are compared, those that agree most in when they hit first; in the order of the
/// plan until that is known.
fn pairs_of(song: &Song, maps: &[((u32, u32), OfferedMap)]) -> Vec<OfferedPair> {
    let place = |map_idx: u32| {
        let map = song.plan.map(map_idx)?;
        let is_it = |((archive, idx), _): &((u32, u32), OfferedMap)| {
            (*archive, *idx) == (map.archive_idx, map.map_idx)
        };
        Some(maps.iter().position(is_it)? as u32)
    };
    let heard = |pair: &PlannedPair| song.plan.evidence.as_ref()?.heard(pair.a, pair.b);
    let onset_r = |pair: &PlannedPair| {
        let compared = song.pairs.iter().find(|it| (it.a, it.b) == (pair.a, pair.b));
        let r = compared.map_or(f64::NEG_INFINITY, |it| it.agreement.channels[0].pearson);
        // Orders as the number does, which has no order of its own.
        (r * 1e6) as i64
    };
    let mut planned: Vec<_> = song.plan.pairs.iter().collect();
    planned.sort_by_key(|pair| Reverse(onset_r(pair)));
    let offered = planned.into_iter().filter_map(|pair| {
        Some(OfferedPair { a: place(pair.a)?, b: place(pair.b)?, heard: heard(pair) })
    });
    offered.collect()
}
