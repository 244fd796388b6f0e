//! What there is to do next.

use std::mem;
use std::rc::Rc;

use carto_protocol::{
    AnalysisRequest, CompareSong, MakeDemo, OpenPack, PlanStudy, ScanArchive, Summarise,
};
use carto_types::{MapOutcome, MapStatus, Mode};

use super::command::{AnalysisCommand, Command, EncoderCommand};
use super::latents;
use super::run::{DEMO_SEED, Demo, RunController, Work};
use super::songs::{Hearing, Progress, Song, SongKey};
use crate::run::view::Phase;

/// Sources that are read before a plan may be made of them alone: fewer are read at once.
const MIN_EARLY_SOURCES: usize = 50;

/// Songs of a plan that is not of everything: they may have to be compared again when another
/// archive of theirs is found.
const MAX_EARLY_SONGS: usize = 3;

impl<F: Clone> RunController<F> {
    /// What is to be done next: at most `room` commands, a summary aside.
    ///
    /// Archives come before songs, so that files that were dropped late are in
    /// the plan before the rest of the songs is compared.
    pub(crate) fn next_commands(&mut self, room: usize) -> Vec<AnalysisCommand<F>> {
        let mut commands = Vec::new();
        if self.latents.ask_if_long(self.now_s) {
            // What has latents by now goes into the files.
            self.summary_timing.is_closed = false;
        }
        commands.extend(self.command_ask_kept());
        if self.phase == Phase::Running {
            commands.extend(self.command_demo());
            while commands.len() < room {
                let Some(command) = self.command_pack() else { break };
                commands.push(command);
            }
            while commands.len() < room {
                let Some(command) = self.command_scan() else { break };
                commands.push(command);
            }
            if self.is_early_plan_due() {
                commands.extend(self.command_plan());
            }
            if self.is_early_song_due() {
                commands.extend(self.command_song());
            }
            if self.is_all_scanned() && !self.is_plan_fresh() {
                commands.extend(self.command_plan());
            }
            if self.is_plan_fresh() {
                while commands.len() < room {
                    let next = self.command_song().or_else(|| self.command_heard_song());
                    let Some(command) = next else { break };
                    commands.push(command);
                }
            }
        }
        commands.extend(self.command_summary());
        self.tick();
        commands
    }

    /// What the encoder's workers are to do next: at most `room` commands.
    pub(crate) fn next_latent_commands(&mut self, room: usize) -> Vec<EncoderCommand<F>> {
        self.start_latents();
        self.update_latent_songs();
        self.latents.next_commands(room)
    }

    /// Lets latents that nobody asked for start, or wait, behind the nine channels.
    fn start_latents(&mut self) {
        let may_start = self.latents.may_start();
        if !may_start && !self.latents.is_background() {
            return;
        }
        let is_waiting = |song: &Song| song.progress == Progress::Waiting;
        let is_held = self.phase == Phase::Running
            && (!self.is_plan_fresh() || self.songs.values().any(is_waiting));
        self.latents.hold(is_held);
        let has_pairs = |song: &Song| song.outcome().is_some_and(|it| !it.pairs.is_empty());
        let is_on = matches!(self.phase, Phase::Running | Phase::Done);
        if may_start && is_on && self.songs.values().any(has_pairs) {
            self.latents.start_by_itself();
        }
    }

    /// Tells the latents which songs there are, and at which places of the index; once there
    /// is an encoder, and where that has changed.
    fn update_latent_songs(&mut self) {
        if self.latents.is_wanted() && mem::take(&mut self.are_latents_behind) {
            let songs = self.songs.iter().filter_map(|(key, song)| self.latent_song(key, song));
            let songs: Vec<_> = songs.collect();
            self.latents.update_songs(songs);
        }
    }

    /// A song that can have latents: one that no recording will change any more.
    fn latent_song(&self, key: &SongKey, song: &Song) -> Option<(SongKey, latents::Song<F>)> {
        let outcome = song.outcome().filter(|_| song.hearing == Hearing::Over)?;
        let is_encoded = |map: &&(u32, &MapOutcome)| map.1.status == MapStatus::Encoded;
        let maps = (0..).zip(&outcome.maps).filter(|map| is_encoded(&map)).map(|map| map.0);
        let files = self.sources.files_of(&song.source_ids);
        let (plan, target_frames) = (song.plan.clone(), outcome.target_frames?);
        let maps = maps.collect();
        let song =
            latents::Song::new(plan, self.mode, Rc::clone(outcome), target_frames, maps, files);
        Some((key.clone(), song))
    }

    /// The next question about what is kept.
    fn command_ask_kept(&mut self) -> Option<AnalysisCommand<F>> {
        let call = self.keeping.take_wanted()?;
        let command = self.command(Work::AskKept, AnalysisRequest::AskKept(call), Vec::new());
        Some(Command { is_urgent: true, ..command })
    }

    /// Whether the next job is to keep its reply: not that of the demo set, which is made
    /// anew each time.
    fn is_kept(&self) -> bool {
        self.keeping.is_on && self.demo == Demo::No
    }

    fn command_demo(&mut self) -> Option<AnalysisCommand<F>> {
        if self.demo != Demo::Wanted {
            return None;
        }
        self.demo = Demo::InWork;
        let request = AnalysisRequest::MakeDemo(MakeDemo { seed: DEMO_SEED });
        Some(self.command(Work::Demo, request, Vec::new()))
    }

    fn command_pack(&mut self) -> Option<AnalysisCommand<F>> {
        let (name, file) = self.sources.take_pack()?;
        let request = AnalysisRequest::OpenPack(OpenPack { name: name.clone() });
        Some(self.command(Work::Pack(name), request, vec![file]))
    }

    fn command_scan(&mut self) -> Option<AnalysisCommand<F>> {
        let is_kept = self.is_kept();
        let (id, source) = self.sources.take_waiting()?;
        let call = ScanArchive { source: source.listing.clone(), mode: self.mode, is_kept };
        let files = source.files.clone();
        Some(self.command(Work::Scan(id), AnalysisRequest::ScanArchive(call), files))
    }

    fn command_plan(&mut self) -> Option<AnalysisCommand<F>> {
        if self.jobs.values().any(|work| matches!(work, Work::Plan { .. })) {
            return None;
        }
        let archives = self.sources.all_facts().cloned().collect();
        let (mode, owners) = (self.mode, self.owners_here());
        let request = AnalysisRequest::PlanStudy(PlanStudy {
            mode,
            archives,
            owners,
            has_evidence: mode == Mode::Osu,
        });
        let work = Work::Plan { archive_ids: self.sources.read_ids(), since_s: self.now_s };
        Some(self.command(work, request, Vec::new()))
    }

    fn command_song(&mut self) -> Option<AnalysisCommand<F>> {
        let key = self.songs.next_waiting()?;
        self.songs.update(&key, |song| song.progress = Progress::InWork);
        self.command_comparison(key)
    }

    /// Compares a song again, by what was heard.
    fn command_heard_song(&mut self) -> Option<AnalysisCommand<F>> {
        let key = self.songs.next_heard()?;
        self.songs.update(&key, Song::start_again);
        self.command_comparison(key)
    }

    fn command_comparison(&mut self, key: SongKey) -> Option<AnalysisCommand<F>> {
        let song = self.songs.get(&key)?;
        let plan = song.plan.clone();
        let (sources, files) = self.sources.files_of(&song.source_ids);
        let call = CompareSong { mode: self.mode, song: plan, sources, is_kept: self.is_kept() };
        Some(self.command(Work::Song(key), AnalysisRequest::CompareSong(call), files))
    }

    /// The last summary when all is done or stopped; before that one now and
    /// then, as long as it takes a small part of the work.
    fn command_summary(&mut self) -> Option<AnalysisCommand<F>> {
        let is_asked = self.jobs.values().any(|work| matches!(work, Work::Summarise { .. }));
        let is_over = self.phase == Phase::Cancelled || self.are_all_settled();
        let is_last = is_over && !self.summary_timing.is_closed;
        let is_begun = self.phase != Phase::Empty && self.sources.n_total() > 0;
        let has_news = self.summary_timing.is_due(self.now_s, self.songs.counts().n_finished);
        let is_going_on = self.phase == Phase::Running || self.latents.is_working();
        let is_due = is_begun && (is_last || (has_news && is_going_on));
        if is_asked || !is_due {
            return None;
        }
        self.summary_timing.is_stale = false;
        self.summary_timing.n_new = 0;
        // A new plan may have given songs other places.
        self.update_latent_songs();
        let request =
            AnalysisRequest::Summarise(Summarise { run: self.record(is_last), has_files: is_last });
        let keys = self.songs.iter().map(|(key, song)| (song.plan.song_idx, key.clone())).collect();
        let work = Work::Summarise { keys, is_last, since_s: self.now_s };
        Some(Command { is_urgent: true, ..self.command(work, request, Vec::new()) })
    }

    /// Notes a job, and gives it away.
    pub(super) fn command<R>(&mut self, work: Work, request: R, files: Vec<F>) -> Command<R, F> {
        let job_id = self.next_job_id;
        self.next_job_id += 1;
        self.jobs.insert(job_id, work);
        Command { job_id, request, files, is_urgent: false }
    }
}

impl<F> RunController<F> {
    /// Whether a plan of what is read so far may have the first songs. Of a library a person
    /// sees nothing else for a while.
    fn is_early_plan_due(&self) -> bool {
        let is_early = self.planned.as_ref().is_none_or(|planned| planned.is_early);
        let n_planned = self.planned.as_ref().map_or(0, |planned| planned.archive_ids.len());
        let n_wanted = MIN_EARLY_SOURCES.max(2 * n_planned);
        let n_done = self.sources.n_done();
        !self.is_all_scanned() && is_early && n_done >= n_wanted && self.songs.is_empty()
    }

    /// Whether a song of an early plan is to be compared.
    fn is_early_song_due(&self) -> bool {
        let is_early = self.planned.as_ref().is_some_and(|planned| planned.is_early);
        let is_one_in_work = self.jobs.values().any(|work| matches!(work, Work::Song(_)));
        let n_compared = self.songs.counts().n_with_pairs;
        is_early && !self.is_all_scanned() && !is_one_in_work && n_compared < MAX_EARLY_SONGS
    }

    /// Whether every source is read and no more are to come.
    pub(super) fn is_all_scanned(&self) -> bool {
        let is_all_there = self.n_walks == 0 && matches!(self.demo, Demo::No | Demo::Yes);
        is_all_there && self.sources.is_all_read()
    }

    /// Whether the plan is made from all that was read.
    pub(super) fn is_plan_fresh(&self) -> bool {
        self.is_all_scanned()
            && self.planned.as_ref().is_some_and(|planned| planned.is_of(&self.sources))
    }

    /// Whether no song is left.
    pub(super) fn is_all_compared(&self) -> bool {
        self.is_plan_fresh() && self.songs.are_all_finished()
    }
}
