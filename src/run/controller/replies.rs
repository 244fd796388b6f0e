//! What workers reply. What belongs to a job that was given up is ignored.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use carto_protocol::{EncodedPair, JobError, Kept, MapDone};
use carto_types::{ArchiveFacts, Issue, LatentSong, SongOutcome, StudyPlan, Summary};

use super::actions::nothing_readable;
use super::command::JobId;
use super::issues::{cause_of, message_of};
use super::owners::mappers_of_songs;
use super::run::{Changed, Demo, Planned, RunController, Work};
use super::song_list::Songs;
use super::songs::{Song, SongKey, songs_of_plan};
use super::sources::{Arrival, SourceId};
use crate::run::view::Phase;

/// A summary in between may take this part of one worker's time, as 1 in so many.
const SUMMARY_SHARE: f64 = 5.0;

/// Summaries in between come at most this often, in seconds.
const MIN_SUMMARY_GAP_S: f64 = 0.5;

impl<F> RunController<F> {
    /// An archive was read.
    pub(crate) fn on_scanned(&mut self, job_id: JobId, reply: Result<ArchiveFacts, JobError>) {
        let Some(Work::Scan(id)) = self.jobs.remove(&job_id) else { return };
        match reply {
            Ok(facts) => {
                self.changed.issues |= !facts.issues.is_empty();
                self.sources.finish(id, facts);
            }
            Err(error) => {
                let subject = self.sources.get(id).map(|source| source.name.clone());
                let subject = subject.unwrap_or_default();
                self.sources
                    .lose(id, Issue::skipped(subject, cause_of(&error), message_of(&error)));
                self.changed.issues = true;
            }
        }
    }

    /// The plan is made.
    pub(crate) fn on_planned(&mut self, job_id: JobId, reply: Result<StudyPlan, JobError>) {
        let Some(Work::Plan { archive_ids, since_s }) = self.jobs.remove(&job_id) else { return };
        match reply {
            Ok(plan) => {
                self.plan_s += self.now_s - since_s;
                self.adopt_plan(archive_ids, plan);
            }
            Err(error) => self.stop_with(&error),
        }
    }

    /// A map of a song is encoded or refused.
    pub(crate) fn on_map_done(&mut self, job_id: JobId, MapDone { map_idx, status }: MapDone) {
        if let Some(Work::Song(key)) = self.jobs.get(&job_id) {
            self.songs.update(key, |song| song.note_map(map_idx, &status));
        }
    }

    /// A song is compared.
    pub(crate) fn on_song_compared(&mut self, job_id: JobId, reply: Result<SongOutcome, JobError>) {
        let Some(Work::Song(key)) = self.jobs.remove(&job_id) else { return };
        let finish = |song: &mut Song| {
            match reply {
                Ok(outcome) => song.finish(outcome),
                Err(error) => song.fail(cause_of(&error), message_of(&error)),
            }
            song.outcome().is_some_and(|outcome| !outcome.issues.is_empty())
        };
        let Some(has_issues) = self.songs.update(&key, finish) else { return };
        self.summary_timing.note_song();
        self.are_latents_behind = true;
        self.changed.issues |= has_issues;
    }

    /// What is finished is summarised.
    pub(crate) fn on_summarised(&mut self, job_id: JobId, reply: Result<Summary, JobError>) {
        let Some(Work::Summarise { keys, is_last, since_s }) = self.jobs.remove(&job_id) else {
            return;
        };
        match reply {
            Ok(summary) => {
                self.time_next_summary(self.now_s - since_s);
                self.show(summary, &keys, is_last);
            }
            Err(error) if is_last => {
                self.failure = Some(error.to_string());
                self.close();
            }
            // The last one will tell; until then the table lacks its means.
            Err(_) => {}
        }
    }

    /// The demo set is made.
    pub(crate) fn on_demo(&mut self, job_id: JobId, reply: Result<Vec<Arrival<F>>, JobError>) {
        let Some(Work::Demo) = self.jobs.remove(&job_id) else { return };
        match reply {
            Ok(arrivals) => {
                self.demo = Demo::Yes;
                self.sources.add(arrivals, 0, Vec::new());
                self.changed.issues = true;
            }
            Err(error) => {
                self.demo = Demo::Wanted;
                self.stop_with(&error);
            }
        }
    }

    /// A worker has told what is kept.
    pub(crate) fn on_kept(&mut self, job_id: JobId, reply: Result<Kept, JobError>) {
        let Some(Work::AskKept) = self.jobs.remove(&job_id) else { return };
        self.keeping.on_reply(reply);
    }

    /// A pack is opened.
    pub(crate) fn on_pack_opened(
        &mut self,
        job_id: JobId,
        reply: Result<(Vec<Arrival<F>>, Vec<Issue>), JobError>,
    ) {
        let Some(Work::Pack(path)) = self.jobs.remove(&job_id) else { return };
        self.sources.finish_pack(&path);
        self.changed.issues = true;
        match reply {
            Ok((arrivals, issues)) => {
                self.sources.add(arrivals, 0, issues);
            }
            Err(error) => {
                let issue = Issue::skipped(path, cause_of(&error), message_of(&error));
                self.sources.note(vec![issue]);
            }
        }
        if self.sources.n_total() == 0 && !self.sources.has_packs() {
            self.phase = Phase::Empty;
            self.failure = Some(nothing_readable(&self.sources.issues()));
        }
    }

    /// No worker can be started: stops, and says why.
    pub(crate) fn on_broken(&mut self, error: &JobError) {
        self.release_all();
        self.stop_with(error);
    }

    /// The latents of a song are compared.
    pub(crate) fn on_latents_compared(
        &mut self,
        job_id: JobId,
        reply: Result<LatentSong, JobError>,
    ) {
        if self.latents.on_latents_compared(job_id, reply) {
            self.note_latents();
        }
    }

    /// The latents of a pair are compared on bars.
    pub(crate) fn on_pair_encoded(&mut self, job_id: JobId, reply: Result<EncodedPair, JobError>) {
        if self.latents.on_pair_encoded(job_id, reply) {
            self.note_latents();
        }
    }

    /// A summary would say more of latents than the last one.
    fn note_latents(&mut self) {
        self.summary_timing.note_song();
        // All songs so far have latents: the files are written once more.
        if !self.latents.is_working() {
            self.summary_timing.is_closed = false;
        }
    }

    /// Makes the plan the present one, unless files came since it was asked for.
    fn adopt_plan(&mut self, archive_ids: Vec<SourceId>, plan: StudyPlan) {
        let is_early = !self.is_all_scanned();
        if !is_early && archive_ids != self.sources.read_ids() {
            return;
        }
        let mut known = self.songs.take();
        let place = |(key, song): (&SongKey, &Song)| (key.clone(), song.plan.song_idx);
        let places: Vec<_> = known.iter().map(place).collect();
        let mut songs = songs_of_plan(&plan, &archive_ids, &mut known);
        for (_, song) in &mut songs {
            if song.maps.is_empty() {
                song.maps = self.shown_maps(&song.plan, &archive_ids);
            }
        }
        self.songs = Songs::new(songs);
        if !self.songs.are_at(places.iter().map(|(key, place)| (key, *place))) {
            // It would name other songs; the next summary has it again.
            self.summary.evidence = None;
        }
        let mappers = mappers_of_songs(&plan);
        let difficulties = self.difficulties_of_songs(&plan, &archive_ids);
        let plan = Rc::new(plan);
        self.planned = Some(Planned {
            archive_ids,
            plan,
            mappers,
            difficulties,
            is_outdated: false,
            is_early,
            checked: Cell::default(),
        });
        self.are_latents_behind = true;
        self.changed = Changed::ALL;
    }

    fn time_next_summary(&mut self, took_s: f64) {
        let gap_s = (took_s * (SUMMARY_SHARE - 1.0)).max(MIN_SUMMARY_GAP_S);
        self.summary_timing.not_before_s = self.now_s + gap_s;
    }

    fn show(&mut self, summary: Summary, keys: &BTreeMap<u32, SongKey>, is_last: bool) {
        let has_means: BTreeSet<u32> = summary.songs.iter().map(|song| song.song_idx).collect();
        for (_, key) in keys.iter().filter(|(song_idx, _)| !has_means.contains(*song_idx)) {
            // All its pairs are left out now.
            if self.songs.get(key).is_some_and(|song| song.means.is_some()) {
                self.songs.update(key, |song| song.means = None);
            }
        }
        for means in summary.songs {
            let Some(key) = keys.get(&means.song_idx) else { continue };
            let is_news = |song: &Song| song.means != Some(means.mean_r);
            if self.songs.get(key).is_some_and(is_news) {
                self.songs.update(key, |song| song.means = Some(means.mean_r));
            }
        }
        self.summary.track_a = summary.track_a;
        self.summary.track_b = summary.track_b;
        self.summary.synthesis = summary.synthesis;
        // A plan may have come meanwhile.
        let has_its_places = self.songs.are_at(keys.iter().map(|(place, key)| (key, *place)));
        self.summary.evidence = summary.evidence.filter(|_| has_its_places);
        self.summary.doubtful = summary.doubtful;
        if self.summary.issues != summary.issues {
            self.summary.issues = summary.issues;
            self.changed.issues = true;
        }
        if is_last {
            self.summary.files = summary.files.into();
            self.keeping.ask_size();
            self.close();
        }
    }

    /// The last summary is there, or will never be; latents that were finished
    /// while it was made want one more.
    fn close(&mut self) {
        self.summary_timing.is_closed = !self.summary_timing.is_stale || self.latents.is_working();
        if self.phase == Phase::Running {
            self.phase = Phase::Done;
        }
    }

    /// Stops since it makes no sense to go on; a person may try again.
    fn stop_with(&mut self, error: &JobError) {
        if self.phase == Phase::Running {
            self.phase = Phase::Cancelled;
        }
        // A summary would fail as well.
        self.summary_timing.is_closed = true;
        self.failure = Some(error.to_string());
    }
}
