//! A run, from dropped files to written ones, as a state machine without a browser.
//!
//! Whoever drives it tells the time with [`RunController::at`], calls an action or
//! hands over what a worker replied, ends all jobs if
//! [`RunController::take_dropped_jobs`] says so, and carries out
//! [`RunController::next_commands`]. What there is to do always follows from what is
//! known, so that going on after a stop, files that come late and songs that need no
//! second look take no road of their own.

mod actions;
mod clock;
mod commands;
mod issues;
mod latents;
mod notes;
mod record;
mod replies;
mod songs;
mod sources;
#[cfg(test)]
mod tests;
mod views;

use std::collections::BTreeMap;
use std::mem;
use std::rc::Rc;
use std::sync::Arc;

use carto_protocol::DeviceChoice;
use carto_types::{Issue, Mode, OutputFile, StudyPlan, Synthesis, TrackA, TrackB};

use self::clock::StageClock;
use self::latents::Latents;
use self::songs::{Song, SongKey};
use self::sources::{SourceId, Sources};
use super::view::{Phase, Stage};

pub(super) use self::commands::{AnalysisCommand, Command, EncoderCommand};
pub(super) use self::latents::Loaded;
pub(super) use self::sources::Arrival;

/// The seed of the demo set: any would do, this one is always the same.
const DEMO_SEED: u64 = 1;

/// Names one job; never used twice in a page's life.
pub(super) type JobId = u32;

/// All that is known of a run; `F` is the handle of a file.
#[derive(Debug)]
pub(super) struct RunController<F> {
    /// The rules by which maps take part and are read.
    pub(super) mode: Mode,
    /// Where the run stands as a whole.
    pub(super) phase: Phase,
    /// Why the run as a whole cannot go on, if it cannot.
    pub(super) failure: Option<String>,
    /// What the latest summary says.
    pub(super) summary: LatestSummary,
    /// Seconds of the page's own clock.
    now_s: f64,
    sources: Sources<F>,
    planned: Option<Planned>,
    songs: BTreeMap<SongKey, Song>,
    jobs: BTreeMap<JobId, Work>,
    next_job_id: JobId,
    demo: Demo,
    summary_timing: SummaryTiming,
    clocks: [StageClock; 3],
    plan_s: f64,
    latents: Latents<F>,
    /// Whether the latents have to be told again which songs there are.
    are_latents_behind: bool,
    /// Whether it was the stop of the run that stopped the latents.
    has_stopped_latents: bool,
    /// Whether jobs were given up that workers may still be at.
    has_dropped_jobs: bool,
    changed: Changed,
}

/// A plan and the sources it was made from.
#[derive(Debug)]
struct Planned {
    archive_ids: Vec<SourceId>,
    plan: Rc<StudyPlan>,
    /// Of `plan.songs`, in its order.
    keys: Vec<SongKey>,
    /// Whether a file of it is read again.
    is_outdated: bool,
}

/// What a job is about.
#[derive(Debug)]
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

/// What the latest summary says.
#[derive(Debug, Default)]
pub(super) struct LatestSummary {
    /// Agreement over all pairs so far; `None` before the first.
    pub(super) track_a: Option<TrackA>,
    /// Agreement per latent over all pairs so far; `None` before the first.
    pub(super) track_b: Option<TrackB>,
    /// How latents correlate with channels so far.
    pub(super) synthesis: Option<Synthesis>,
    /// The files to save; empty while work goes on.
    pub(super) files: Arc<[OutputFile]>,
    issues: Vec<Issue>,
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

/// Which of the longer lists may differ from what was shown last.
#[derive(Debug, Default)]
struct Changed {
    songs: bool,
    issues: bool,
}

impl Changed {
    const ALL: Self = Self { songs: true, issues: true };
}

impl<F> RunController<F> {
    /// A run without files.
    pub(crate) fn new(mode: Mode) -> Self {
        Self {
            mode,
            phase: Phase::Empty,
            failure: None,
            summary: LatestSummary::default(),
            now_s: 0.0,
            sources: Sources::new(mode),
            planned: None,
            songs: BTreeMap::new(),
            jobs: BTreeMap::new(),
            next_job_id: 0,
            demo: Demo::No,
            summary_timing: SummaryTiming::default(),
            clocks: Default::default(),
            plan_s: 0.0,
            latents: Latents::new(DeviceChoice::default()),
            are_latents_behind: false,
            has_stopped_latents: false,
            has_dropped_jobs: false,
            changed: Changed::default(),
        }
    }

    /// The run at this time, in seconds of the page's own clock; to be called before
    /// anything that depends on the time.
    pub(crate) fn at(&mut self, now_s: f64) -> &mut Self {
        self.now_s = now_s;
        self
    }

    /// Whether all jobs handed out so far were given up, told once: whoever
    /// carries them out must end them before it takes new commands.
    pub(crate) fn take_dropped_jobs(&mut self) -> bool {
        mem::take(&mut self.has_dropped_jobs)
    }

    /// Whether the encoder's jobs handed out so far were given up, told once.
    pub(crate) fn take_dropped_latent_jobs(&mut self) -> bool {
        self.latents.take_dropped_jobs()
    }

    fn go_on(&mut self) {
        self.phase = Phase::Running;
        self.failure = None;
        if mem::take(&mut self.has_stopped_latents) {
            self.latents.resume();
        }
        self.summary.files = Arc::default();
        // A last summary on its way would be of less than there is now.
        self.jobs.retain(|_, work| !matches!(work, Work::Summarise { is_last: true, .. }));
        self.summary_timing.is_closed = false;
        self.tick();
    }

    /// Nothing is in work any more.
    fn release_all(&mut self) {
        self.jobs.clear();
        self.has_dropped_jobs = true;
        self.sources.release_all();
        self.songs.values_mut().for_each(Song::release);
        self.changed.songs = true;
        if self.demo == Demo::InWork {
            self.demo = Demo::Wanted;
        }
    }

    /// Lets the stages' clocks run or stand. To be called now and then while
    /// the run goes on, so that throughput falls when nothing is done.
    pub(crate) fn tick(&mut self) {
        for stage in Stage::ALL {
            let (n_done, _) = self.stage_counts(stage);
            let is_running = self.is_stage_running(stage);
            let clock = &mut self.clocks[stage as usize];
            clock.set_running(is_running, self.now_s);
            clock.note(n_done, self.now_s);
        }
        self.latents.tick(self.now_s);
    }
}
