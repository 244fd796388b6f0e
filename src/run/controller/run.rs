use std::cell::Cell;
use std::collections::BTreeMap;
use std::mem;
use std::rc::Rc;
use std::sync::Arc;

use carto_port::pool::WorkClock;
use carto_types::{
    DeviceChoice, DoubtCounts, Issue, Mode, OutputFile, OwnerRow, Packed, RunEvidence, SongMapper,
    StudyPlan, Synthesis, TrackA, TrackB,
};

use super::command::JobId;
use super::keeping::Keeping;
use super::latents::{Latents, SetAside};
use super::song_list::Songs;
use super::songs::SongKey;
use super::sources::{SourceId, Sources};
use crate::run::view::{Phase, Stage};

/// The seed of the demo set: any would do, this one is always the same.
pub(super) const DEMO_SEED: u64 = 1;

/// A summary in between needs so many new songs, as 1 in so many of those that are there.
const MIN_NEW_SHARE: usize = 10;

/// All that is known of a run; `F` is the handle of a file.
#[derive(Debug)]
pub(in crate::run) struct RunController<F> {
    /// The rules by which maps take part and are read.
    pub(in crate::run) mode: Mode,
    /// Where the run stands as a whole.
    pub(in crate::run) phase: Phase,
    /// Why the run as a whole cannot go on, if it cannot.
    pub(in crate::run) failure: Option<String>,
    /// What the latest summary says.
    pub(in crate::run) summary: LatestSummary,
    /// The encoder's half, which takes most replies of its workers itself.
    pub(in crate::run) latents: Latents<F>,
    /// What is kept for the next visit.
    pub(super) keeping: Keeping,
    /// Whether doubtful pairs are left out of all figures and files.
    pub(in crate::run) leaves_out_doubtful: bool,
    /// Seconds of the page's own clock.
    pub(super) now_s: f64,
    /// What a person says of the owners of difficulties, of maps that are there or not.
    pub(super) owners: Vec<OwnerRow>,
    pub(super) sources: Sources<F>,
    /// Drops of which more is on its way.
    pub(super) n_walks: usize,
    pub(super) planned: Option<Planned>,
    pub(super) songs: Songs,
    pub(super) jobs: BTreeMap<JobId, Work>,
    pub(super) next_job_id: JobId,
    pub(super) demo: Demo,
    pub(super) summary_timing: SummaryTiming,
    pub(super) clocks: [WorkClock; 3],
    pub(super) plan_s: f64,
    /// Whether the latents have to be told again which songs there are.
    pub(super) are_latents_behind: bool,
    /// Whether it was the stop of the run that stopped the latents.
    pub(super) has_stopped_latents: bool,
    /// Whether jobs were given up that workers may still be at.
    pub(super) has_dropped_jobs: bool,
    pub(super) changed: Changed,
    /// The run that was cleared last, as long as it can be brought back.
    pub(super) cleared: Option<Box<ClearedRun<F>>>,
}

/// A run that was cleared.
#[derive(Debug)]
pub(super) struct ClearedRun<F> {
    /// Without encoder, and with nothing in work.
    pub(super) run: RunController<F>,
    /// The latents of its songs.
    pub(super) latents: SetAside<F>,
    /// Whether a summary was on its way.
    pub(super) lacks_summary: bool,
}

/// A plan and the sources it was made from.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) archive_ids: Vec<SourceId>,
    pub(super) plan: Rc<StudyPlan>,
    /// The mappers of each song of the index.
    pub(super) mappers: Vec<Arc<[SongMapper]>>,
    /// Names of all difficulties of each song of the index, one a line.
    pub(super) difficulties: Vec<Arc<str>>,
    /// Whether a file of it is read again.
    pub(super) is_outdated: bool,
    /// Whether it was made before all was read, to have something to show soon.
    pub(super) is_early: bool,
    /// Of what generation of the sources [`Self::is_of`] was last asked, and what it gave.
    pub(super) checked: Cell<Option<(u64, bool)>>,
}

/// What a job is about.
#[derive(Debug)]
pub(super) enum Work {
    Scan(SourceId),
    Plan {
        archive_ids: Vec<SourceId>,
        since_s: f64,
    },
    Song(SongKey),
    /// The recordings of a song.
    Hear(SongKey),
    Summarise {
        keys: BTreeMap<u32, SongKey>,
        is_last: bool,
        since_s: f64,
    },
    Demo,
    /// A pack, by its path.
    Pack(String),
    AskKept,
}

/// Whether this is the demo's run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Demo {
    No,
    Wanted,
    InWork,
    Yes,
}

/// What the latest summary says.
#[derive(Debug, Default)]
pub(in crate::run) struct LatestSummary {
    /// Agreement over all pairs so far; `None` before the first.
    pub(in crate::run) track_a: Option<TrackA>,
    /// Agreement per latent over all pairs so far; `None` before the first.
    pub(in crate::run) track_b: Option<TrackB>,
    /// How latents correlate with channels so far.
    pub(in crate::run) synthesis: Option<Synthesis>,
    /// How much of the agreement is more than a shared grid, which only the code that draws it
    /// unpacks; `None` before the first pair, and by the published rules. It tells songs by their
    /// places in the index.
    pub(in crate::run) evidence: Option<Packed<RunEvidence>>,
    /// The doubtful pairs among those compared so far.
    pub(in crate::run) doubtful: DoubtCounts,
    /// The files to save; empty while work goes on.
    pub(in crate::run) files: Arc<[OutputFile]>,
    pub(super) issues: Vec<Issue>,
}

/// When the next summary is due.
#[derive(Debug, Default)]
pub(super) struct SummaryTiming {
    /// Something was finished since the last one was asked for.
    pub(super) is_stale: bool,
    /// Songs that were finished since then.
    pub(super) n_new: usize,
    /// Not before this time.
    pub(super) not_before_s: f64,
    /// The last one of this phase is there, or cannot be had.
    pub(super) is_closed: bool,
}

/// Which of the longer lists may differ from what was shown last.
#[derive(Debug, Default)]
pub(super) struct Changed {
    pub(super) songs: bool,
    pub(super) issues: bool,
}

impl SummaryTiming {
    /// A song was finished, or its latents.
    pub(super) fn note_song(&mut self) {
        self.is_stale = true;
        self.n_new += 1;
    }

    /// Whether one in between is due: there is enough that is new, so that all of them
    /// together cost no more than a few times the last.
    pub(super) fn is_due(&self, now_s: f64, n_finished: usize) -> bool {
        let is_enough = self.n_new == 0 || self.n_new * MIN_NEW_SHARE >= n_finished;
        self.is_stale && now_s >= self.not_before_s && is_enough
    }
}

impl Planned {
    /// Another one is to be made, though of the same sources.
    pub(super) fn outdate(&mut self) {
        self.is_outdated = true;
        self.checked.set(None);
    }

    /// Whether it is of all that was read.
    pub(super) fn is_of<F>(&self, sources: &Sources<F>) -> bool {
        let generation = sources.generation();
        if let Some((at, is_of)) = self.checked.get()
            && at == generation
        {
            return is_of;
        }
        let is_of = !self.is_outdated && !self.is_early && sources.are_read(&self.archive_ids);
        self.checked.set(Some((generation, is_of)));
        is_of
    }
}

impl Changed {
    pub(super) const ALL: Self = Self { songs: true, issues: true };
}

impl<F> RunController<F> {
    /// A run without files.
    pub(crate) fn new(mode: Mode) -> Self {
        Self {
            mode,
            phase: Phase::Empty,
            failure: None,
            summary: LatestSummary::default(),
            latents: Latents::new(DeviceChoice::default()),
            keeping: Keeping::default(),
            leaves_out_doubtful: false,
            now_s: 0.0,
            owners: Vec::new(),
            sources: Sources::new(mode),
            n_walks: 0,
            planned: None,
            songs: Songs::default(),
            jobs: BTreeMap::new(),
            next_job_id: 0,
            demo: Demo::No,
            summary_timing: SummaryTiming::default(),
            clocks: Default::default(),
            plan_s: 0.0,
            are_latents_behind: false,
            has_stopped_latents: false,
            has_dropped_jobs: false,
            changed: Changed::default(),
            cleared: None,
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

    pub(super) fn go_on(&mut self) {
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
    pub(super) fn release_all(&mut self) {
        self.jobs.clear();
        self.keeping.release();
        self.has_dropped_jobs = true;
        self.sources.release_all();
        self.songs.update_all(|_, song| song.release());
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
