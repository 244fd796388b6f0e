//! What a person does to a run.

use carto_protocol::EncoderSource;
use carto_types::{DeviceChoice, Issue, Mode};

use super::run::{Changed, Demo, LatestSummary, Planned, RunController, Work};
use super::song_list::Songs;
use super::sources::{Arrival, SourceId};
use crate::run::view::Phase;

impl<F> RunController<F> {
    /// Adds files and goes on; a demo that was shown makes room for them.
    pub(crate) fn add(&mut self, arrivals: Vec<Arrival<F>>, n_other: usize, issues: Vec<Issue>) {
        let is_any = |arrival: &Arrival<F>| arrival.kind().is_some() || arrival.is_pack();
        let has_any = arrivals.iter().any(is_any);
        if has_any && self.demo != Demo::No {
            self.clear();
        }
        if has_any {
            // What was cleared before is not what a person is at any more.
            self.cleared = None;
        }
        // Of a drop of which nothing could be read its own message has told all.
        if self.phase == Phase::Empty && self.failure.is_some() && self.n_walks == 0 {
            self.sources.clear_notes();
        }
        let n_before = self.sources.n_total();
        let again = self.sources.add(arrivals, n_other, issues);
        self.changed.issues = true;
        self.are_latents_behind = true;
        let is_reopened = self.try_again(&again);
        self.failure = None;
        let is_more = self.sources.n_total() > n_before || self.sources.has_packs();
        // While it runs, a last summary on its way would be of less than there is now.
        let is_running = self.phase == Phase::Running;
        // Who stopped while folders were walked did not ask to go on with the rest.
        let is_held = self.phase == Phase::Cancelled && self.n_walks > 0;
        if !is_held && (is_more || self.phase == Phase::Done || (is_running && is_reopened)) {
            self.go_on();
        }
        if !has_any {
            self.failure = Some(nothing_readable(&self.sources.issues()));
        } else if self.sources.n_total() == 0 && !self.sources.has_packs() {
            self.failure = Some(ONLY_OSU.to_owned());
        }
    }

    /// Takes back why it could not go on.
    pub(crate) fn dismiss_failure(&mut self) {
        self.failure = None;
    }

    /// Tells of what else a drop held whose files came before.
    pub(crate) fn note(&mut self, n_other: usize, issues: Vec<Issue>) {
        if n_other == 0 && issues.is_empty() {
            return;
        }
        self.sources.add(Vec::new(), n_other, issues);
        self.changed.issues = true;
        // What is told belongs into the report, also where that is written already.
        if self.phase == Phase::Done {
            self.go_on();
        }
    }

    /// More of a drop is on its way: nothing is over before it is there.
    pub(crate) fn expect_more(&mut self) {
        self.n_walks += 1;
    }

    /// All of a drop is there.
    pub(crate) fn expect_no_more(&mut self) {
        self.n_walks = self.n_walks.saturating_sub(1);
    }

    /// Clears the run, which can be brought back, and asks for the demo set.
    pub(crate) fn run_demo(&mut self) {
        self.clear();
        self.cleared = self.cleared.take().filter(|cleared| !cleared.run.is_demo());
        self.demo = Demo::Wanted;
        self.go_on();
    }

    /// Stops; what is done stays.
    pub(crate) fn cancel(&mut self) {
        if self.phase == Phase::Running {
            self.release_all();
            self.has_stopped_latents = self.latents.pause();
            self.phase = Phase::Cancelled;
            self.summary_timing.is_closed = false;
            self.tick();
        }
    }

    /// Goes on where it was stopped.
    pub(crate) fn resume(&mut self) {
        if self.phase == Phase::Cancelled {
            self.latents.resume();
            self.go_on();
        }
    }

    /// Keeps what is read and compared from now on for the next visit; or nothing any more,
    /// and deletes what is kept.
    pub(crate) fn set_keeping(&mut self, is_on: bool) {
        self.keeping.set(is_on);
    }

    /// Keeps from now on, as at an earlier visit.
    pub(crate) fn go_on_keeping(&mut self) {
        self.keeping.is_on = true;
    }

    /// Asks how much is kept, where anything is.
    pub(crate) fn ask_kept(&mut self) {
        self.keeping.ask_size();
    }

    /// Deletes all that is kept.
    pub(crate) fn delete_kept(&mut self) {
        self.keeping.delete();
    }

    /// Does everything again by other rules.
    pub(crate) fn set_mode(&mut self, mode: Mode) {
        if mode == self.mode {
            return;
        }
        self.mode = mode;
        self.release_all();
        self.sources.set_mode(mode);
        self.planned = None;
        self.songs = Songs::default();
        self.latents.clear_songs();
        self.summary = LatestSummary::default();
        self.changed = Changed::ALL;
        self.clocks = Default::default();
        self.plan_s = 0.0;
        self.failure = None;
        if self.phase != Phase::Empty || self.sources.n_total() > 0 {
            self.go_on();
        }
    }

    /// Leaves doubtful pairs out of all figures and files, or takes them in again; nothing is
    /// compared anew.
    pub(crate) fn leave_out_doubtful(&mut self, is_on: bool) {
        if is_on == self.leaves_out_doubtful {
            return;
        }
        self.leaves_out_doubtful = is_on;
        self.changed.songs = true;
        // A summary on its way is of the other choice.
        self.jobs.retain(|_, work| !matches!(work, Work::Summarise { .. }));
        self.summary_timing.is_stale = true;
        self.summary_timing.is_closed = false;
        self.summary_timing.not_before_s = self.now_s;
        if self.phase == Phase::Done {
            self.go_on();
        }
    }

    /// Computes latents with this encoder, of all songs there are and will be.
    pub(crate) fn choose_encoder(&mut self, source: EncoderSource, file: Option<F>) {
        self.has_stopped_latents = false;
        if !self.latents.choose(source, file) {
            return;
        }
        // A summary on its way is of the encoder before.
        let n_jobs = self.jobs.len();
        self.jobs.retain(|_, work| !matches!(work, Work::Summarise { .. }));
        self.summary_timing.is_stale |= self.jobs.len() < n_jobs;
        if self.summary.track_b.take().is_some() {
            // The files have its figures too.
            self.summary_timing.is_closed = false;
        }
        self.summary.synthesis = None;
    }

    /// Says what is to compute latents, from the next encoder on.
    pub(crate) fn set_device(&mut self, device: DeviceChoice) {
        self.latents.set_device(device);
    }

    /// Stops the latents; what is done stays.
    pub(crate) fn pause_latents(&mut self) {
        self.latents.pause();
        self.has_stopped_latents = false;
        self.summary_timing.is_closed = false;
    }

    /// Goes on with the latents.
    pub(crate) fn resume_latents(&mut self) {
        self.latents.resume_as_asked();
        self.has_stopped_latents = false;
    }

    /// Names the encoder that latents start with by themselves.
    ///
    /// - `is_metered`: whether what is fetched costs the person, who is asked first then
    pub(crate) fn offer_encoder(&mut self, source: EncoderSource, is_metered: bool) {
        self.latents.offer(source, is_metered);
    }

    /// Lets latents start by themselves, or not.
    pub(crate) fn set_automatic_latents(&mut self, is_on: bool) {
        self.latents.set_automatic(is_on);
        if self.latents.is_background() {
            self.has_stopped_latents = false;
            self.summary_timing.is_closed = false;
        }
    }

    /// Takes a person's answer to what was asked about the latents.
    pub(crate) fn answer_about_latents(&mut self, is_wanted: bool) {
        self.latents.answer(is_wanted);
    }

    /// Starts again what came to nothing and needs one of these sources, which are there
    /// once more. Whether there is any such thing.
    fn try_again(&mut self, again: &[SourceId]) -> bool {
        let mut is_reopened = again.iter().any(|id| self.sources.facts(*id).is_none());
        if is_reopened {
            self.jobs.retain(|_, work| !matches!(work, Work::Plan { .. }));
            self.planned.iter_mut().for_each(Planned::outdate);
        }
        let latents = &self.latents;
        self.songs.update_all(|key, song| {
            let is_of_it = song.source_ids.iter().any(|id| again.contains(id));
            let is_open = is_of_it && (song.lacks_a_file() || latents.lacks_a_map(key));
            if is_open {
                song.start_anew();
                is_reopened = true;
            }
            is_open
        });
        is_reopened
    }
}

/// What is said when not one file of a drop can be read.
const NOTHING_READABLE: &str = "None of these files is a beatmap archive. \
    Drop .osz archives, or folders that hold them or extracted sets.";

/// Files that are named with their reason where nothing can be read.
const N_NAMED: usize = 3;

/// What is said when nothing can be read: that, and why, of the first files.
///
/// Without a run there is no list of skipped files in which they would stand.
pub(super) fn nothing_readable(issues: &[Issue]) -> String {
    let why = issues.iter().take(N_NAMED);
    let why = why.map(|issue| format!(" {}: {}.", issue.subject, issue.message));
    std::iter::once(NOTHING_READABLE.to_owned()).chain(why).collect()
}

/// What is said when only the other rules would read what was dropped.
const ONLY_OSU: &str = "The published rules read names that end in lower-case .osz or .osu. \
    Under Rules, choose As osu! players know it to read these files.";
