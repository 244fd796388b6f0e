//! What is shown of a run.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::sync::Arc;

use carto_protocol::Kept;
use carto_types::{
    Backend, EncoderFacts, Issue, OtherAudio, PlannedMap, SongMap, SongMapper, SongPair, SongPlan,
    SongRow, SongStatus, StudyPlan, match_key,
};

use super::run::{Demo, RunController};
use super::song_list::SongCounts;
use super::songs::{Progress, Song, other_audio};
use super::sources::SourceId;
use crate::run::view::{Counts, LatentProgress, Phase, SongChanges, Stage, StageState, StageView};

/// Songs of one mapper that are named where there is no other.
const N_LONE_SONGS: usize = 5;

impl<F> RunController<F> {
    /// Whether the demo set is shown.
    pub(crate) fn is_demo(&self) -> bool {
        self.demo != Demo::No
    }

    /// Which encoder, once it is there.
    pub(crate) fn encoder(&self) -> Option<&EncoderFacts> {
        self.latents.loaded().map(|loaded| &loaded.facts)
    }

    /// What computes latents, once that is known.
    pub(crate) fn backend(&self) -> Option<&Backend> {
        self.latents.loaded().map(|loaded| &loaded.backend)
    }

    /// How many workers may compute latents at once.
    ///
    /// A graphics processor is one: a second worker would only wait for it. Latents that
    /// nobody asked for leave half of the processor to the person.
    ///
    /// - `n_workers`: as many as the machine has room for
    pub(crate) fn encoder_limit(&self, n_workers: usize) -> usize {
        let n_wanted = if self.latents.is_background() { n_workers.div_ceil(2) } else { n_workers };
        self.backend().map_or(n_wanted, |backend| backend.worker_limit(n_wanted))
    }

    /// Whether what is read is kept for the next visit.
    pub(crate) fn is_keeping(&self) -> bool {
        self.keeping.is_on
    }

    /// What is kept, as far as that is known.
    pub(crate) fn kept(&self) -> Option<&Kept> {
        self.keeping.kept.as_ref()
    }

    /// How far the latents are.
    pub(crate) fn latents(&self) -> LatentProgress {
        self.latents.view(self.now_s)
    }

    /// Whether any worker has something to say yet.
    pub(crate) fn is_waiting(&self) -> bool {
        !self.jobs.is_empty() || self.phase == Phase::Running || self.latents.is_working()
    }

    /// What was found so far.
    pub(crate) fn counts(&self) -> Counts {
        Counts {
            n_sets: self.sources.n_known(),
            n_bare: self.sources.n_bare(),
            has_folders: self.sources.has_folders(),
            n_beatmaps: self.sources.n_maps(),
            n_songs: self.planned.as_ref().map_or(0, |planned| planned.plan.index.len()),
        }
    }

    /// Songs that are compared.
    pub(crate) fn n_songs_compared(&self) -> usize {
        self.songs.counts().n_with_pairs
    }

    /// What was left out or is odd, where it may differ from what this gave last.
    pub(crate) fn take_changed_issues(&mut self) -> Option<Vec<Issue>> {
        mem::take(&mut self.changed.issues).then(|| self.issues())
    }

    /// What the latest summary says, and what came since, each once.
    pub(super) fn issues(&self) -> Vec<Issue> {
        let of_archives = self.sources.all_facts().flat_map(|facts| &facts.issues);
        let of_plan = self.planned.iter().flat_map(|planned| &planned.plan.issues);
        let of_songs =
            self.songs.values().filter_map(Song::outcome).flat_map(|outcome| &outcome.issues);
        let of_files = self.sources.issues();
        let mut told = BTreeSet::new();
        self.summary
            .issues
            .iter()
            .chain(&of_files)
            .chain(of_archives)
            .chain(of_plan)
            .chain(of_songs)
            .filter(|issue| told.insert((&issue.subject, issue.cause.as_str(), &issue.message)))
            .cloned()
            .collect()
    }

    /// The three stages, in order.
    pub(crate) fn stages(&self) -> Vec<StageView> {
        Stage::ALL.into_iter().map(|stage| self.stage(stage)).collect()
    }

    fn stage(&self, stage: Stage) -> StageView {
        let (n_done, n_total) = self.stage_counts(stage);
        let clock = &self.clocks[stage as usize];
        let per_s = clock.per_s(self.now_s);
        StageView {
            stage,
            state: self.stage_state(stage),
            n_done,
            n_total,
            per_s,
            left_s: per_s.map(|per_s| n_total.saturating_sub(n_done) as f64 / per_s),
            elapsed_s: clock.elapsed_s(self.now_s),
        }
    }

    /// Behind us, and in all.
    pub(super) fn stage_counts(&self, stage: Stage) -> (usize, usize) {
        let SongCounts { n_maps_done, n_maps, n_pairs_done, n_pairs, .. } = self.songs.counts();
        match stage {
            Stage::ReadArchives => (self.sources.n_done(), self.sources.n_total()),
            Stage::NineChannels => (n_maps_done, n_maps),
            Stage::ComparePairs => (n_pairs_done, n_pairs),
        }
    }

    fn stage_state(&self, stage: Stage) -> StageState {
        let (is_begun, is_over) = match stage {
            // Nothing is read while the demo set is made.
            Stage::ReadArchives => (self.sources.n_total() > 0, self.is_all_scanned()),
            Stage::NineChannels => (self.is_plan_fresh(), self.are_maps_done()),
            Stage::ComparePairs => (self.is_plan_fresh(), self.is_all_compared()),
        };
        match (is_begun, is_over, self.phase) {
            (false, ..) => StageState::Waiting,
            (true, true, _) => StageState::Done,
            (true, false, Phase::Running) => StageState::Running,
            (true, false, _) => StageState::Stopped,
        }
    }

    fn are_maps_done(&self) -> bool {
        let SongCounts { n_maps_done, n_maps, .. } = self.songs.counts();
        self.is_plan_fresh() && n_maps_done == n_maps
    }

    pub(super) fn is_stage_running(&self, stage: Stage) -> bool {
        self.stage_state(stage) == StageState::Running
    }

    /// The songs, in the order of the index, where they may differ from what this gave
    /// last.
    pub(crate) fn take_changed_songs(&mut self) -> Option<SongChanges> {
        let changed = self.songs.take_changed();
        if mem::take(&mut self.changed.songs) {
            return Some(SongChanges::All(self.song_rows()));
        }
        if changed.is_empty() {
            return None;
        }
        let mut rows = BTreeMap::new();
        for song in changed.iter().filter_map(|key| self.songs.get(key)) {
            rows.entry(song.plan.song_idx as usize).or_insert_with(|| self.changed_row(song));
        }
        Some(SongChanges::Rows(rows))
    }

    fn changed_row(&self, song: &Song) -> SongRow {
        let SongPlan { song_idx, title, artist, .. } = &song.plan;
        let index = self.planned.as_ref().map(|planned| &planned.plan.index);
        let indexed = index.and_then(|index| index.get(*song_idx as usize));
        let mut row = SongRow {
            song_idx: *song_idx,
            title: indexed.map_or(title, |song| &song.title).clone(),
            artist: indexed.map_or(artist, |song| &song.artist).clone(),
            mappers: self.mappers_of(*song_idx),
            difficulties: self.difficulties_of(*song_idx),
            maps: Arc::default(),
            pairs: Arc::default(),
            other_audio: OtherAudio::default(),
            n_pairs: None,
            r: None,
            status: SongStatus::Waiting,
        };
        fill(&mut row, song, self.leaves_out_doubtful);
        row
    }

    /// The mappers of a song of the index.
    fn mappers_of(&self, song_idx: u32) -> Arc<[SongMapper]> {
        let planned = self.planned.as_ref();
        planned.and_then(|it| it.mappers.get(song_idx as usize)).cloned().unwrap_or_default()
    }

    /// Names of the difficulties of a song of the index.
    fn difficulties_of(&self, song_idx: u32) -> Arc<str> {
        let planned = self.planned.as_ref();
        planned.and_then(|it| it.difficulties.get(song_idx as usize)).cloned().unwrap_or_default()
    }

    /// Names of all difficulties of each song of a plan, one a line.
    ///
    /// - `archive_ids`: the source of each archive of the plan's list
    pub(super) fn difficulties_of_songs(
        &self,
        plan: &StudyPlan,
        archive_ids: &[SourceId],
    ) -> Vec<Arc<str>> {
        let mut names = vec![String::new(); plan.index.len()];
        for row in &plan.registry {
            let facts = archive_ids.get(row.archive_idx as usize);
            let facts = facts.and_then(|id| self.sources.facts(*id));
            let map = facts.and_then(|facts| facts.maps.get(row.map_idx as usize));
            let version = map.and_then(|map| map.fields.as_ref()?.version.as_deref());
            if let (Some(version), Some(names)) = (version, names.get_mut(row.song_idx as usize)) {
                if !names.is_empty() {
                    names.push('\n');
                }
                names.push_str(version);
            }
        }
        names.into_iter().map(Arc::from).collect()
    }

    /// One row for each song of the index, in its order.
    pub(super) fn song_rows(&self) -> Vec<SongRow> {
        let Some(planned) = &self.planned else { return Vec::new() };
        let mut rows: Vec<SongRow> = (0..)
            .zip(&planned.plan.index)
            .map(|(song_idx, song)| SongRow {
                song_idx,
                title: song.title.clone(),
                artist: song.artist.clone(),
                mappers: self.mappers_of(song_idx),
                difficulties: self.difficulties_of(song_idx),
                maps: Arc::default(),
                pairs: Arc::default(),
                other_audio: OtherAudio::default(),
                n_pairs: Some(0),
                r: None,
                status: SongStatus::NoPairs,
            })
            .collect();
        for song in self.songs.values() {
            if let Some(row) = rows.get_mut(song.plan.song_idx as usize) {
                fill(row, song, self.leaves_out_doubtful);
            }
        }
        rows
    }

    /// The maps of a song as they are shown.
    ///
    /// - `archive_ids`: the source of each archive of the plan's list
    pub(super) fn shown_maps(&self, plan: &SongPlan, archive_ids: &[SourceId]) -> Arc<[SongMap]> {
        let facts = |map: &PlannedMap| {
            let id = archive_ids.get(map.archive_idx as usize)?;
            self.sources.facts(*id)?.maps.get(map.map_idx as usize)
        };
        plan.maps.iter().map(|map| SongMap::planned(map, facts(map))).collect()
    }

    /// Where no song has two mappers: titles and artists of the first songs there are.
    pub(crate) fn lone_songs(&self) -> Vec<(String, String)> {
        // A plan of a part of the archives does not know which songs have two mappers.
        let has_songs = self.planned.as_ref().is_none_or(|it| !it.plan.index.is_empty());
        if has_songs || !self.is_plan_fresh() {
            return Vec::new();
        }
        let mut known = BTreeSet::new();
        let heads = self.sources.all_facts().filter_map(|facts| facts.head.as_ref());
        heads
            .filter(|head| known.insert(match_key(&head.title, &head.artist)))
            .map(|head| (head.title.clone(), head.artist.clone()))
            .take(N_LONE_SONGS)
            .collect()
    }
}

/// - `leaves_out`: whether doubtful pairs are left out
fn fill(row: &mut SongRow, song: &Song, leaves_out: bool) {
    let is_kept = |pair: &&SongPair| !leaves_out || pair.doubt.is_none();
    row.n_pairs = song.outcome().map(|_| song.pairs.iter().filter(is_kept).count());
    row.other_audio = other_audio(song);
    row.maps = Arc::clone(&song.maps);
    row.pairs = Arc::clone(&song.pairs);
    row.r = song.means;
    row.status = status_of(song);
}

fn status_of(song: &Song) -> SongStatus {
    match &song.progress {
        Progress::Waiting => SongStatus::Waiting,
        Progress::InWork => {
            SongStatus::Comparing { n_done: song.n_maps_done(), n_total: song.plan.maps.len() }
        }
        Progress::Finished(outcome) if outcome.pairs.is_empty() => SongStatus::NoPairs,
        Progress::Finished(_) => SongStatus::Done,
    }
}
