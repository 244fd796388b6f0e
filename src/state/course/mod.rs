//! The course of a run, from dropped files to written ones, as a state machine.
//!
//! Whoever drives it calls an action or [`Course::on_answer`], ends all jobs if
//! [`Course::take_dropped_jobs`] says so, and carries out [`Course::next_orders`]. What there is to do
//! always follows from what is known, so that going on after a stop, files that
//! come late and songs that need no second look take no road of their own.

mod actions;
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

use carto_protocol::{DeviceChoice, JobId};
use carto_types::{Issue, Mode, OutputFile, StudyPlan, Synthesis, TrackA, TrackB};

use self::clock::StageClock;
use self::latents::Latents;
use self::songs::{Song, SongKey};
use self::sources::{SourceId, Sources};
use super::view::{Phase, Stage};

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
