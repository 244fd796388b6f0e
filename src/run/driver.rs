use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;

use carto_port::pool::{Job, WorkerPool, n_workers};
use carto_protocol::{
    AnalysisRequest, AudioRequest, Call, EncoderRequest, JobError, LoadedEncoder, NoProgress,
    OpenPack,
};
use carto_types::{Mode, OfferedEncoder, OfferedRun, OfferedSong, PackContents};
use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::set_interval_with_handle;
use web_sys::File;

use super::announce::Announcer;
use super::controller::{
    AnalysisCommand, AudioCommand, Command, EncoderCommand, JobId, Loaded, RunController,
};
use super::new_files::{demo_files, packed_files, weights_file};
use super::state::RunState;
use super::view::OwnedDifficulty;
use crate::program::Program;

/// How often the views may change at first: often enough to look alive.
const SHOW_INTERVAL: Duration = Duration::from_millis(100);

/// How often they may change in a long run, in seconds.
const MAX_SHOW_GAP_S: f64 = 1.0;

/// A change of the views may come after this part of the time since a person did something,
/// so that all changes of a run of any length together cost the page little.
const SHOW_SHARE: f64 = 0.02;

/// How much longer the lists stay as they are for each of their rows, in seconds: making
/// them takes the page some microseconds a row.
const LIST_SHOW_S: f64 = 0.0002;

/// How long the lists stay as they are at most, in seconds.
const MAX_LIST_SHOW_S: f64 = 8.0;

/// Jobs that a worker of the analysis has at a time: it reads for two while it computes for
/// one, since what a browser takes for a read is the way there and back.
const JOBS_PER_WORKER: usize = 3;

/// How often times and throughput are told when nothing else changes, in seconds.
const IDLE_SHOW_S: f64 = 0.5;

/// A controller of files of the browser.
type Controller = RunController<File>;

/// What the controller does with what comes back of a job.
type Take<T> = fn(&mut Controller, JobId, T);

/// Ties the controller of a run to workers, the clock and the signals.
pub(super) struct RunDriver {
    controller: RefCell<Controller>,
    analysis: WorkerPool<AnalysisRequest>,
    audio: WorkerPool<AudioRequest>,
    encoders: WorkerPool<EncoderRequest>,
    state: RunState,
    announcer: RefCell<Announcer>,
    ticker: Cell<Option<IntervalHandle>>,
    is_changed: Cell<bool>,
    /// When a person did something last.
    acted_at_s: Cell<f64>,
    shown_at_s: Cell<f64>,
    lists_shown_at_s: Cell<f64>,
    me: Weak<Self>,
}

impl RunDriver {
    pub(super) fn new(state: RunState) -> Rc<Self> {
        Rc::new_cyclic(|me: &Weak<Self>| Self {
            controller: RefCell::new(RunController::new(Mode::default())),
            analysis: WorkerPool::with_depth(
                JOBS_PER_WORKER,
                || Program::Analysis.script(),
                on_broken(me, RunController::on_broken),
            ),
            audio: WorkerPool::new(
                || Program::Audio.script(),
                on_broken(me, RunController::on_audio_broken),
            ),
            encoders: WorkerPool::new(
                || Program::Encoder.script(),
                on_broken(me, |run, error| run.latents.on_broken(error)),
            ),
            state,
            announcer: RefCell::default(),
            ticker: Cell::new(None),
            is_changed: Cell::new(false),
            acted_at_s: Cell::new(0.0),
            shown_at_s: Cell::new(f64::NEG_INFINITY),
            lists_shown_at_s: Cell::new(f64::NEG_INFINITY),
            me: me.clone(),
        })
    }

    /// Lets a person's action change the run, and shows it at once.
    pub(super) fn act(&self, action: impl FnOnce(&mut Controller)) {
        action(self.controller.borrow_mut().at(now_s()));
        self.send_commands();
        self.acted_at_s.set(now_s());
        self.lists_shown_at_s.set(f64::NEG_INFINITY);
        self.show();
        self.keep_ticking();
    }

    /// What [`RunController::difficulties`] gives.
    pub(super) fn difficulties(&self, words: &str, n_max: usize) -> (Vec<OwnedDifficulty>, usize) {
        self.controller.borrow().difficulties(words, n_max)
    }

    /// What [`RunController::offered_song`] gives.
    pub(super) fn offered_song(&self, name: &str) -> Option<(OfferedSong, Vec<File>)> {
        self.controller.borrow().offered_song(name)
    }

    /// What [`RunController::offered_run`] gives.
    pub(super) fn offered_run(&self) -> Option<(OfferedRun, Vec<File>)> {
        self.controller.borrow().offered_run()
    }

    /// What [`RunController::offered_encoder`] gives.
    pub(super) fn offered_encoder(&self) -> Option<(OfferedEncoder, File)> {
        self.controller.borrow().offered_encoder()
    }

    /// Lets what comes of a worker change the run, and shows it soon.
    fn update(&self, change: impl FnOnce(&mut Controller)) {
        change(self.controller.borrow_mut().at(now_s()));
        self.send_commands();
        self.is_changed.set(true);
        if self.is_show_due() {
            self.show();
        }
        self.keep_ticking();
    }

    /// Ends what was given up, and sends what there is to do to the workers.
    fn send_commands(&self) {
        let mut controller = self.controller.borrow_mut();
        let controller = controller.at(now_s());
        if controller.take_dropped_jobs() {
            self.analysis.cancel_all();
            self.audio.cancel_all();
        }
        for command in controller.next_commands(self.analysis.room()) {
            self.send_to_analysis(command);
        }
        // Nobody asked for it: half of the processor is left to the person.
        self.audio.set_limit(Some(n_workers().div_ceil(2)));
        for command in controller.next_audio_commands(self.audio.room()) {
            self.send_to_audio(command);
        }
        if !controller.is_hearing() {
            // What they read of a recording stays in their memory.
            self.audio.end_idle();
        }
        if controller.latents.take_dropped_jobs() {
            self.encoders.cancel_all();
        }
        self.encoders.set_limit(Some(controller.encoder_limit(n_workers())));
        for command in controller.next_latent_commands(self.encoders.room()) {
            self.send_to_encoder(command);
        }
    }

    fn send_to_analysis(&self, command: AnalysisCommand<File>) {
        let Command { job_id, request, files, is_urgent } = command;
        let (pool, add) = (&self.analysis, (job_id, files, is_urgent));
        match request {
            AnalysisRequest::ScanArchive(call) => {
                self.submit(pool, call, add, no_progress, Controller::on_scanned);
            }
            AnalysisRequest::PlanStudy(call) => {
                self.submit(pool, call, add, no_progress, Controller::on_planned);
            }
            AnalysisRequest::CompareSong(call) => {
                self.submit(pool, call, add, Controller::on_map_done, Controller::on_song_compared);
            }
            AnalysisRequest::Summarise(call) => {
                self.submit(pool, call, add, no_progress, Controller::on_summarised);
            }
            AnalysisRequest::MakeDemo(call) => {
                self.submit(pool, call, add, no_progress, |run, job_id, reply| {
                    run.on_demo(job_id, reply.map(demo_files));
                });
            }
            AnalysisRequest::OpenPack(call) => self.open_pack(call, job_id, add.1),
            AnalysisRequest::AskKept(call) => {
                self.submit(pool, call, add, no_progress, Controller::on_kept);
            }
        }
    }

    /// Queues the opening of a pack, and gives the controller the archives in it.
    fn open_pack(&self, call: OpenPack, job_id: JobId, files: Vec<File>) {
        let me = self.me.clone();
        let (name, pack) = (call.name.clone(), files.first().cloned());
        let on_end = move |reply: Result<PackContents, JobError>, archives: Vec<File>| {
            let reply = reply.map(|contents| packed_files(contents, archives, name, pack));
            with(&me, |driver| driver.update(|run| run.on_pack_opened(job_id, reply)));
        };
        let job = Job { call, files, is_urgent: false };
        self.analysis.submit_for_files(job, carto_port::pool::no_progress, on_end);
    }

    fn send_to_audio(&self, command: AudioCommand<File>) {
        let Command { job_id, request: AudioRequest::HearSong(call), files, is_urgent } = command;
        let add = (job_id, files, is_urgent);
        self.submit(&self.audio, call, add, no_progress, Controller::on_song_heard);
    }

    fn send_to_encoder(&self, command: EncoderCommand<File>) {
        let Command { job_id, request, files, is_urgent } = command;
        let (pool, add) = (&self.encoders, (job_id, files, is_urgent));
        match request {
            EncoderRequest::LoadEncoder(call) => {
                self.submit(
                    pool,
                    call,
                    add,
                    |run, job_id, loaded| run.latents.on_bytes_loaded(job_id, loaded),
                    |run, job_id, reply| {
                        run.latents.on_encoder_loaded(job_id, reply.and_then(with_weights));
                    },
                );
            }
            EncoderRequest::EncodeMap(call) => {
                self.submit(
                    pool,
                    call,
                    add,
                    |run, job_id, tile| run.latents.on_tile_done(job_id, tile),
                    |run, job_id, reply| run.latents.on_map_encoded(job_id, reply),
                );
            }
            EncoderRequest::CompareLatents(call) => {
                self.submit(pool, call, add, no_progress, Controller::on_latents_compared);
            }
            EncoderRequest::EncodePair(call) => {
                self.submit(
                    pool,
                    call,
                    add,
                    |run, job_id, tile| run.latents.on_tile_done(job_id, tile),
                    Controller::on_pair_encoded,
                );
            }
            // Views that are programs of their own ask these of workers of their own.
            EncoderRequest::EncodeStrips(_)
            | EncoderRequest::LatentsOfStretch(_)
            | EncoderRequest::MeasureLatents(_) => {}
        }
    }

    /// Queues a call, and gives the controller what comes back of it.
    ///
    /// - `add`: the controller's name for the job, its files, and whether it is urgent
    fn submit<C: Call>(
        &self,
        pool: &WorkerPool<C::Requests>,
        call: C,
        add: (JobId, Vec<File>, bool),
        on_progress: Take<C::Progress>,
        on_end: Take<Result<C::Reply, JobError>>,
    ) {
        let (job_id, files, is_urgent) = add;
        let me = self.me.clone();
        let tell_progress = move |progress| {
            with(&me, |driver| driver.update(|run| on_progress(run, job_id, progress)));
        };
        let me = self.me.clone();
        let tell_end = move |reply| {
            with(&me, |driver| driver.update(|run| on_end(run, job_id, reply)));
        };
        pool.submit(Job { call, files, is_urgent }, tell_progress, tell_end);
    }

    /// Keeps the ticker going as long as there is anything to wait for or to show.
    fn keep_ticking(&self) {
        let is_waiting = self.is_changed.get() || self.controller.borrow().is_waiting();
        match (self.ticker.take(), is_waiting) {
            (None, true) => {
                let me = self.me.clone();
                let tick = move || with(&me, Self::on_tick);
                self.ticker.set(set_interval_with_handle(tick, SHOW_INTERVAL).ok());
            }
            (Some(ticker), false) => ticker.clear(),
            (ticker, _) => self.ticker.set(ticker),
        }
    }

    fn on_tick(&self) {
        // A summary that was not due yet may be due now.
        self.send_commands();
        let is_idle = now_s() - self.shown_at_s.get() >= IDLE_SHOW_S;
        if is_idle || (self.is_changed.get() && self.is_show_due()) {
            self.show();
        }
        self.keep_ticking();
    }

    /// Whether the views may change again: soon, and at once when the run has turned.
    fn is_show_due(&self) -> bool {
        let now_s = now_s();
        let gap_s = (SHOW_SHARE * (now_s - self.acted_at_s.get()))
            .clamp(SHOW_INTERVAL.as_secs_f64(), MAX_SHOW_GAP_S);
        now_s - self.shown_at_s.get() >= gap_s || self.state.has_turned(&self.controller.borrow())
    }

    /// Shows the run as it is now.
    fn show(&self) {
        let now_s = now_s();
        self.is_changed.set(false);
        self.shown_at_s.set(now_s);
        let mut controller = self.controller.borrow_mut();
        let list_gap_s = (LIST_SHOW_S * self.state.n_listed() as f64).min(MAX_LIST_SHOW_S);
        let is_due = now_s - self.lists_shown_at_s.get() >= list_gap_s;
        if is_due || !controller.is_waiting() || self.state.has_turned(&controller) {
            self.lists_shown_at_s.set(now_s);
            self.state.show_lists(controller.at(now_s));
        }
        self.state.show(controller.at(now_s), &mut self.announcer.borrow_mut(), now_s);
    }
}

/// Does something, as long as there is a driver.
fn with(me: &Weak<RunDriver>, act: impl FnOnce(&RunDriver)) {
    if let Some(driver) = me.upgrade() {
        act(&driver);
    }
}

fn on_broken(
    me: &Weak<RunDriver>,
    take: fn(&mut Controller, &JobError),
) -> impl Fn(&JobError) + 'static {
    let me = me.clone();
    move |error| with(&me, |driver| driver.update(|run| take(run, error)))
}

/// An encoder with the file that its weights travel as; where the browser has no room
/// for that the job has failed.
fn with_weights(
    reply: Result<LoadedEncoder, String>,
) -> Result<Result<Loaded<File>, String>, JobError> {
    let LoadedEncoder { encoder: facts, backend, weights } = match reply {
        Ok(loaded) => loaded,
        Err(why) => return Ok(Err(why)),
    };
    let weights = weights_file(&facts.name, &weights).ok_or(JobError::BadMessage)?;
    Ok(Ok(Loaded { facts, backend, weights }))
}

fn no_progress(_: &mut Controller, _: JobId, never: NoProgress) {
    match never {}
}

/// Seconds of the page's own clock.
fn now_s() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now() / 1000.0)
}
