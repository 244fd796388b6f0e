use std::collections::BTreeSet;

use carto_types::{Backend, EncoderFacts, Issue, Mode, OutputFile, Synthesis, TrackA, TrackB};

use super::songs::{Progress, Song};
use super::{Course, Demo};
use crate::state::view::{
    Counts, LatentView, Phase, SongRow, SongStatus, Stage, StageState, StageView,
};

impl<F> Course<F> {
    pub(crate) fn mode(&self) -> Mode {
        self.mode
    }

    pub(crate) fn phase(&self) -> Phase {
        self.phase
    }

    pub(crate) fn is_demo(&self) -> bool {
        self.demo != Demo::No
    }

    pub(crate) fn failure(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    pub(crate) fn track_a(&self) -> Option<&TrackA> {
        self.shown.track_a.as_ref()
    }

    pub(crate) fn track_b(&self) -> Option<&TrackB> {
        self.shown.track_b.as_ref()
    }

    pub(crate) fn synthesis(&self) -> Option<&Synthesis> {
        self.shown.synthesis.as_ref()
    }

    pub(crate) fn encoder(&self) -> Option<&EncoderFacts> {
        self.latents.facts()
    }

    pub(crate) fn backend(&self) -> Option<&Backend> {
        self.latents.backend()
    }

    pub(crate) fn latents(&self, now_s: f64) -> LatentView {
        self.latents.view(now_s)
    }

    /// Whether the encoder's jobs handed out so far were given up, told once.
    pub(crate) fn take_dropped_latent_jobs(&mut self) -> bool {
        self.latents.take_dropped_jobs()
    }

    pub(crate) fn outputs(&self) -> &[OutputFile] {
        &self.shown.outputs
    }

    /// Whether any worker has something to say yet.
    pub(crate) fn is_waiting(&self) -> bool {
        !self.jobs.is_empty() || self.phase == Phase::Running || self.latents.is_working()
    }

    pub(crate) fn counts(&self) -> Counts {
        Counts {
            n_archives: self.sources.all_facts().count(),
            n_beatmaps: self.sources.all_facts().map(|facts| facts.maps.len()).sum(),
            n_songs: self.planned.as_ref().map_or(0, |planned| planned.plan.index.len()),
        }
    }

    /// What the latest summary says, and what came since, each once.
    pub(crate) fn issues(&self) -> Vec<Issue> {
        let of_archives = self.sources.all_facts().flat_map(|facts| &facts.issues);
        let of_plan = self.planned.iter().flat_map(|planned| &planned.plan.issues);
        let of_songs =
            self.songs.values().filter_map(Song::outcome).flat_map(|outcome| &outcome.issues);
        let of_files = self.sources.issues();
        let mut told = BTreeSet::new();
        self.shown
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

    pub(crate) fn stages(&self, now_s: f64) -> Vec<StageView> {
        Stage::ALL.into_iter().map(|stage| self.stage(stage, now_s)).collect()
    }

    fn stage(&self, stage: Stage, now_s: f64) -> StageView {
        let (n_done, n_total) = self.stage_counts(stage);
        let clock = &self.clocks[stage as usize];
        let per_s = clock.per_s(now_s);
        StageView {
            stage,
            state: self.stage_state(stage),
            n_done,
            n_total,
            per_s,
            left_s: per_s.map(|per_s| n_total.saturating_sub(n_done) as f64 / per_s),
            elapsed_s: clock.elapsed_s(now_s),
        }
    }

    /// Behind us, and in all.
    pub(super) fn stage_counts(&self, stage: Stage) -> (usize, usize) {
        let sum = |count: fn(&Song) -> usize| self.songs.values().map(count).sum();
        match stage {
            Stage::ReadArchives => (self.sources.n_done(), self.sources.n_total()),
            Stage::NineChannels => (sum(Song::n_maps_done), sum(|song| song.plan.maps.len())),
            Stage::ComparePairs => {
                (sum(|song| song.outcome().map_or(0, |it| it.pairs.len())), sum(Song::n_pairs))
            }
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
        self.is_plan_fresh()
            && self.songs.values().all(|song| song.n_maps_done() == song.plan.maps.len())
    }

    pub(super) fn is_stage_running(&self, stage: Stage) -> bool {
        self.stage_state(stage) == StageState::Running
    }

    /// One row for each song of the index, in its order.
    pub(crate) fn song_rows(&self) -> Vec<SongRow> {
        let Some(planned) = &self.planned else { return Vec::new() };
        let mut rows: Vec<SongRow> = (0..)
            .zip(&planned.plan.index)
            .map(|(song_idx, song)| SongRow {
                song_idx,
                title: song.title.clone(),
                artist: song.artist.clone(),
                n_mappers: song.mappers.len(),
                n_pairs: Some(0),
                r: None,
                status: SongStatus::NoPairs,
            })
            .collect();
        for song in self.songs.values() {
            if let Some(row) = rows.get_mut(song.plan.song_idx as usize) {
                row.n_pairs = song.outcome().map(|outcome| outcome.pairs.len());
                row.r = song.means;
                row.status = status_of(song);
            }
        }
        rows
    }
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
