//! The course of a run, from dropped files to written ones, as a state machine.
//!
//! Whoever drives it calls an action or [`Course::on_answer`], ends all jobs if
//! [`Course::take_dropped_jobs`] says so, and carries out [`Course::next_orders`]. What there is to do
//! always follows from what is known, so that going on after a stop, files that
//! come late and songs that need no second look take no road of their own.

mod answers;
mod clock;
mod latents;
mod notes;
mod orders;
mod record;
mod songs;
mod sources;
#[cfg(test)]
mod tests;
mod views;

use std::collections::BTreeMap;
use std::mem;

use carto_protocol::{
    DeviceChoice, EncoderSource, Issue, JobId, Mode, OutputFile, StudyPlan, Synthesis, TrackA,
    TrackB,
};

use self::clock::StageClock;
use self::latents::Latents;
use self::songs::{Song, SongKey};
use self::sources::{SourceId, Sources};
use super::view::{Phase, Stage};
use crate::files::{NameClass, classify};

pub(super) use self::orders::Order;
pub(super) use self::sources::Arrival;

/// The seed of the demo set: any would do, this one is always the same.
const DEMO_SEED: u64 = 1;

/// All that is known of a run; `F` is the handle of a file.
#[derive(Debug)]
pub(super) struct Course<F> {
    mode: Mode,
    phase: Phase,
    sources: Sources<F>,
    planned: Option<Planned>,
    songs: BTreeMap<SongKey, Song>,
    jobs: BTreeMap<JobId, Work>,
    next_job_id: JobId,
    demo: Demo,
    shown: Shown,
    summary_timing: SummaryTiming,
    clocks: [StageClock; 3],
    plan_s: f64,
    failure: Option<String>,
    latents: Latents<F>,
    /// Whether it was the stop of the run that stopped the latents.
    has_stopped_latents: bool,
    /// Whether jobs were given up that workers may still be at.
    has_dropped_jobs: bool,
}

/// A plan and the sources it was made from.
#[derive(Debug)]
struct Planned {
    archive_ids: Vec<SourceId>,
    plan: StudyPlan,
    /// Of `plan.songs`, in its order.
    keys: Vec<SongKey>,
    /// Whether a file of it is read again.
    is_outdated: bool,
}

/// What a job is about.
#[derive(Debug, Clone, PartialEq)]
enum Work {
    Scan(SourceId),
    Plan { archive_ids: Vec<SourceId>, since_s: f64 },
    Song(SongKey),
    Summarise { keys: BTreeMap<u32, SongKey>, is_last: bool, since_s: f64 },
    Demo,
}

/// Whether this is the demo's run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Demo {
    No,
    Wanted,
    InWork,
    Yes,
}

/// The latest summary.
#[derive(Debug, Default)]
struct Shown {
    track_a: Option<TrackA>,
    track_b: Option<TrackB>,
    synthesis: Option<Synthesis>,
    issues: Vec<Issue>,
    outputs: Vec<OutputFile>,
}

/// When the next summary is due.
#[derive(Debug, Default)]
struct SummaryTiming {
    /// Something was finished since the last one was asked for.
    is_stale: bool,
    /// Not before this time.
    not_before_s: f64,
    /// The last one of this phase is there, or cannot be had.
    is_closed: bool,
}

impl<F> Course<F> {
    /// A run without files.
    pub(crate) fn new(mode: Mode) -> Self {
        Self {
            mode,
            phase: Phase::Empty,
            sources: Sources::new(mode),
            planned: None,
            songs: BTreeMap::new(),
            jobs: BTreeMap::new(),
            next_job_id: 0,
            demo: Demo::No,
            shown: Shown::default(),
            summary_timing: SummaryTiming::default(),
            clocks: Default::default(),
            plan_s: 0.0,
            failure: None,
            latents: Latents::new(DeviceChoice::default()),
            has_stopped_latents: false,
            has_dropped_jobs: false,
        }
    }

    /// Whether all jobs handed out so far were given up, told once: whoever
    /// carries them out must end them before it takes new orders.
    pub(crate) fn take_dropped_jobs(&mut self) -> bool {
        mem::take(&mut self.has_dropped_jobs)
    }

    /// Takes in files and goes on; a demo that was shown makes room for them.
    pub(crate) fn add(
        &mut self,
        arrivals: Vec<Arrival<F>>,
        n_other: usize,
        issues: Vec<Issue>,
        now_s: f64,
    ) {
        let has_any = arrivals.iter().any(|arrival| classify(&arrival.path) != NameClass::Other);
        if has_any && self.demo != Demo::No {
            self.clear();
        }
        let n_before = self.sources.n_total();
        let again = self.sources.add(arrivals, n_other, issues);
        self.try_again(&again);
        self.failure = None;
        if self.sources.n_total() > n_before || self.phase == Phase::Done {
            self.go_on(now_s);
        }
        if !has_any {
            self.failure = Some(NOTHING_READABLE.to_owned());
        } else if self.sources.n_total() == 0 {
            self.failure = Some(ONLY_TOLERANT.to_owned());
        }
    }

    /// Clears the run and asks for the demo set.
    pub(crate) fn run_demo(&mut self, now_s: f64) {
        self.clear();
        self.demo = Demo::Wanted;
        self.go_on(now_s);
    }

    /// Takes in the demo's archives, if they are still wanted.
    pub(crate) fn add_demo(&mut self, job_id: JobId, arrivals: Vec<Arrival<F>>, now_s: f64) {
        if self.jobs.remove(&job_id) == Some(Work::Demo) {
            self.demo = Demo::Yes;
            self.sources.add(arrivals, 0, Vec::new());
            self.tick(now_s);
        }
    }

    /// Stops; what is done stays.
    pub(crate) fn cancel(&mut self, now_s: f64) {
        if self.phase == Phase::Running {
            self.release_all();
            self.has_stopped_latents = self.latents.pause();
            self.phase = Phase::Cancelled;
            self.summary_timing.is_closed = false;
            self.tick(now_s);
        }
    }

    /// Goes on where it was stopped.
    pub(crate) fn resume(&mut self, now_s: f64) {
        if self.phase == Phase::Cancelled {
            self.latents.resume();
            self.go_on(now_s);
        }
    }

    /// Forgets everything but the mode.
    pub(crate) fn clear(&mut self) {
        // Job ids go on: late answers must find nothing.
        let mut latents = mem::replace(&mut self.latents, Latents::new(DeviceChoice::default()));
        latents.clear_songs();
        latents.resume();
        *self = Self {
            next_job_id: self.next_job_id,
            has_dropped_jobs: true,
            latents,
            ..Self::new(self.mode)
        };
    }

    /// Does everything again by other rules.
    pub(crate) fn set_mode(&mut self, mode: Mode, now_s: f64) {
        if mode == self.mode {
            return;
        }
        self.mode = mode;
        self.release_all();
        self.sources.set_mode(mode);
        self.planned = None;
        self.songs.clear();
        self.latents.clear_songs();
        self.shown = Shown::default();
        self.clocks = Default::default();
        self.plan_s = 0.0;
        self.failure = None;
        if self.phase != Phase::Empty || self.sources.n_total() > 0 {
            self.go_on(now_s);
        }
    }

    /// Computes latents with this encoder, of all songs there are and will be.
    pub(crate) fn choose_encoder(&mut self, source: EncoderSource, file: Option<F>) {
        self.latents.choose(source, file);
        // A summary on its way is of the encoder before.
        let n_jobs = self.jobs.len();
        self.jobs.retain(|_, work| !matches!(work, Work::Summarise { .. }));
        self.summary_timing.is_stale |= self.jobs.len() < n_jobs;
        if self.shown.track_b.take().is_some() {
            // The files have its figures too.
            self.summary_timing.is_closed = false;
        }
        self.shown.synthesis = None;
    }

    /// Says what is to compute latents, from the next encoder on.
    pub(crate) fn set_device(&mut self, device: DeviceChoice) {
        self.latents.set_device(device);
    }

    /// Stops the latents; what is done stays.
    pub(crate) fn pause_latents(&mut self) {
        self.latents.pause();
        self.summary_timing.is_closed = false;
    }

    /// Goes on with the latents.
    pub(crate) fn resume_latents(&mut self) {
        self.latents.resume();
    }

    /// Takes up what came to nothing and needs one of these sources, which are there
    /// once more.
    fn try_again(&mut self, again: &[SourceId]) {
        if again.iter().any(|id| self.sources.facts(*id).is_none()) {
            self.jobs.retain(|_, work| !matches!(work, Work::Plan { .. }));
            self.planned.iter_mut().for_each(|planned| planned.is_outdated = true);
        }
        for (key, song) in &mut self.songs {
            let is_of_it = song.source_ids.iter().any(|id| again.contains(id));
            if is_of_it && (song.lacks_a_file() || self.latents.lacks_a_map(key)) {
                song.start_anew();
            }
        }
    }

    fn go_on(&mut self, now_s: f64) {
        self.phase = Phase::Running;
        self.failure = None;
        if mem::take(&mut self.has_stopped_latents) {
            self.latents.resume();
        }
        self.shown.outputs.clear();
        // A last summary on its way would be of less than there is now.
        self.jobs.retain(|_, work| !matches!(work, Work::Summarise { is_last: true, .. }));
        self.summary_timing.is_closed = false;
        self.tick(now_s);
    }

    /// Nothing is in work any more.
    fn release_all(&mut self) {
        self.jobs.clear();
        self.has_dropped_jobs = true;
        self.sources.release_all();
        self.songs.values_mut().for_each(Song::release);
        if self.demo == Demo::InWork {
            self.demo = Demo::Wanted;
        }
    }

    /// Lets the stages' clocks run or stand. To be called now and then while
    /// the run goes on, so that throughput falls when nothing is done.
    pub(crate) fn tick(&mut self, now_s: f64) {
        for stage in Stage::ALL {
            let (n_done, _) = self.stage_counts(stage);
            let is_running = self.is_stage_running(stage);
            let clock = &mut self.clocks[stage as usize];
            clock.set_running(is_running, now_s);
            clock.note(n_done, now_s);
        }
        self.latents.tick(now_s);
    }
}

/// What is said when not one file of a drop can be read.
const NOTHING_READABLE: &str =
    "None of these files is a beatmap archive. Drop .osz archives, or folders that hold them.";

/// What is said when only the other rules would read what was dropped.
const ONLY_TOLERANT: &str = "The published rules read names that end in lower-case .osz or .osu. \
    Switch to the tolerant mode to read these files.";
