use std::collections::BTreeMap;
use std::mem;

use carto_protocol::{JobError, JobId, Response};
use carto_types::{
    Backend, EncoderFacts, Issue, MapStatus, Severity, SongOutcome, StudyPlan, Summary,
};

use super::songs::{SongKey, songs_of_plan};
use super::sources::SourceId;
use super::{Course, Demo, Planned, Work};
use crate::state::view::Phase;

/// A summary in between may take this part of one worker's time, as 1 in so many.
const SUMMARY_SHARE: f64 = 5.0;

/// Summaries in between come at most this often, in seconds.
const MIN_SUMMARY_GAP_S: f64 = 0.5;

impl<F> Course<F> {
    /// Takes in what a worker says. Answers to jobs that were given up are
    /// ignored, and so is the demo set, which [`Course::add_demo`] takes.
    pub(crate) fn on_answer(&mut self, response: Response, now_s: f64) {
        match response {
            Response::MapDone { job_id, map_idx, status } => {
                self.on_map_done(job_id, map_idx, &status);
            }
            Response::Failed { job_id: Some(job_id), error } => self.on_failed(job_id, &error),
            Response::Scanned { job_id, facts } => {
                if let Some(Work::Scan(id)) = self.jobs.remove(&job_id) {
                    self.sources.finish(id, facts);
                }
            }
            Response::Planned { job_id, plan } => {
                if let Some(Work::Plan { archive_ids, since_s }) = self.jobs.remove(&job_id) {
                    self.plan_s += now_s - since_s;
                    self.adopt_plan(archive_ids, plan);
                }
            }
            Response::SongDone { job_id, outcome } => {
                if let Some(Work::Song(key)) = self.jobs.remove(&job_id) {
                    self.on_song_done(&key, outcome);
                }
            }
            Response::Summarised { job_id, summary } => {
                if let Some(Work::Summarise { keys, is_last, since_s }) = self.jobs.remove(&job_id)
                {
                    self.time_next_summary(now_s - since_s, now_s);
                    self.show(summary, &keys, is_last);
                }
            }
            // The demo set and what encoders say take other roads.
            _ => {}
        }
        self.tick(now_s);
    }

    /// Takes in what an encoder's worker says; see [`Course::on_encoder`].
    pub(crate) fn on_latent_answer(&mut self, response: Response, now_s: f64) {
        if self.latents.on_answer(response) {
            self.summary_timing.is_stale = true;
            // All songs so far have latents: the files are written once more.
            if !self.latents.is_working() {
                self.summary_timing.is_closed = false;
            }
        }
        self.tick(now_s);
    }

    /// Takes in the encoder, whose weights travel as `weights` from now on.
    pub(crate) fn on_encoder(
        &mut self,
        job_id: JobId,
        facts: EncoderFacts,
        backend: Backend,
        weights: F,
        now_s: f64,
    ) {
        self.latents.on_loaded(job_id, facts, backend, weights);
        self.tick(now_s);
    }

    /// No worker for the encoder can be started.
    pub(crate) fn on_latents_broken(&mut self, error: &JobError, now_s: f64) {
        self.latents.on_broken(error);
        self.tick(now_s);
    }

    /// No worker can be started: stops, and says why.
    pub(crate) fn on_broken(&mut self, error: &JobError, now_s: f64) {
        self.release_all();
        self.stop_with(error);
        self.tick(now_s);
    }

    fn on_map_done(&mut self, job_id: JobId, map_idx: u32, status: &MapStatus) {
        if let Some(Work::Song(key)) = self.jobs.get(&job_id)
            && let Some(song) = self.songs.get_mut(key)
        {
            song.note_map(map_idx, status);
        }
    }

    fn on_song_done(&mut self, key: &SongKey, outcome: SongOutcome) {
        if let Some(song) = self.songs.get_mut(key) {
            song.finish(outcome);
            self.summary_timing.is_stale = true;
        }
    }

    /// Makes the plan the present one, unless files came since it was asked for.
    fn adopt_plan(&mut self, archive_ids: Vec<SourceId>, plan: StudyPlan) {
        if archive_ids != self.sources.read_ids() {
            return;
        }
        let mut known = mem::take(&mut self.songs);
        let songs = songs_of_plan(&plan, &archive_ids, self.mode, &mut known);
        let keys = songs.iter().map(|(key, _)| key.clone()).collect();
        self.songs = songs.into_iter().collect();
        self.planned = Some(Planned { archive_ids, plan, keys, is_outdated: false });
    }

    fn time_next_summary(&mut self, took_s: f64, now_s: f64) {
        let gap_s = (took_s * (SUMMARY_SHARE - 1.0)).max(MIN_SUMMARY_GAP_S);
        self.summary_timing.not_before_s = now_s + gap_s;
    }

    fn show(&mut self, summary: Summary, keys: &BTreeMap<u32, SongKey>, is_last: bool) {
        for (song_idx, _, means) in summary.songs {
            if let Some(song) = keys.get(&song_idx).and_then(|key| self.songs.get_mut(key)) {
                song.means = <[f64; 9]>::try_from(means).ok();
            }
        }
        self.shown.track_a = summary.track_a;
        self.shown.track_b = summary.track_b;
        self.shown.synthesis = summary.synthesis;
        self.shown.issues = summary.issues;
        if is_last {
            self.shown.outputs = summary.files;
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

    fn on_failed(&mut self, job_id: JobId, error: &JobError) {
        match self.jobs.remove(&job_id) {
            Some(Work::Scan(id)) => {
                let subject = self.sources.get(id).map(|source| source.path.clone());
                self.sources.lose(id, issue_of(subject.unwrap_or_default(), error));
            }
            Some(Work::Song(key)) => {
                if let Some(song) = self.songs.get_mut(&key) {
                    song.fail(cause_of(error), &message_of(error));
                    self.summary_timing.is_stale = true;
                }
            }
            Some(Work::Summarise { is_last: true, .. }) => {
                self.failure = Some(error.to_string());
                self.close();
            }
            // The last one will tell; until then the table lacks its means.
            Some(Work::Summarise { is_last: false, .. }) | None => {}
            Some(Work::Demo) => {
                self.demo = Demo::Wanted;
                self.stop_with(error);
            }
            Some(Work::Plan { .. }) => self.stop_with(error),
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

fn issue_of(subject: String, error: &JobError) -> Issue {
    Issue {
        severity: Severity::Skipped,
        subject,
        cause: cause_of(error).to_owned(),
        message: message_of(error),
    }
}

/// The error, and what a person can do about the file or song that it hit.
fn message_of(error: &JobError) -> String {
    match error {
        JobError::Panic { .. } => {
            format!("{error}. All else goes on without it; please report this line")
        }
        JobError::BadMessage | JobError::WorkerLost { .. } => {
            format!("{error}. All else goes on without it; drop it again to try once more")
        }
    }
}

fn cause_of(error: &JobError) -> &'static str {
    match error {
        JobError::BadMessage => "bad-message",
        JobError::Panic { .. } => "fault",
        JobError::WorkerLost { .. } => "worker-lost",
    }
}
