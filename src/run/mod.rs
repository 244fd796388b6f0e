//! The run of the page: what was dropped, what is known of it, what is left to do.
//!
//! [`controller`] is a state machine without a browser in it: actions, replies and the
//! clock go in, commands and views come out. [`driver`] ties it to workers and to the
//! signals of [`state`], which are all that the views see of a [`Run`].

mod announce;
mod controller;
mod driver;
mod new_files;
mod state;
mod view;

use std::rc::Rc;

use carto_protocol::{DropPart, EncoderSource};
use carto_types::{
    DeviceChoice, FileKind, Mode, OfferedEncoder, OfferedRun, OfferedSong, OwnerRow,
};
use leptos::prelude::*;
use web_sys::File;

use self::controller::{Arrival, RunController};
use self::driver::RunDriver;
use self::state::RunState;
use crate::files::{Dropped, DroppedFile};
use crate::settings;

pub(crate) use self::view::{
    Counts, EncoderState, LatentProgress, OwnedDifficulty, Phase, Question, Stage, StageState,
    StageView,
};

/// The run of this page: what a person can do, and signals of how it stands.
///
/// A handle that can be copied anywhere; the app makes one and puts it into
/// context. All work is done by workers; signals change at most ten times a
/// second.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    driver: StoredValue<Rc<RunDriver>, LocalStorage>,
    n_clears: StoredValue<u32>,
    /// How the run stands.
    pub(crate) state: RunState,
}

impl Run {
    /// A run without files. No worker is started before there is work for it.
    pub(crate) fn new() -> Self {
        let state = RunState::default();
        let driver = StoredValue::new_local(RunDriver::new(state));
        let run = Self { driver, n_clears: StoredValue::new(0), state };
        if settings::is_keeping() {
            run.act(RunController::go_on_keeping);
        }
        run
    }

    /// Starts with these files, or goes on with them too: what was read and
    /// compared stays, unless the demo was shown, which they replace.
    pub(crate) fn add_files(self, files: impl Into<Dropped>) {
        let Dropped { mut files, sets, n_other, issues, part } = files.into();
        // The last one counts: there is one encoder at a time.
        let is_encoder =
            |file: &mut DroppedFile| FileKind::of_name(&file.path) == FileKind::Encoder;
        if let Some(encoder) = files.extract_if(.., is_encoder).last() {
            let source = EncoderSource::File { name: encoder.file.name() };
            self.choose_encoder(source, Some(encoder.file));
        }
        let files = files.into_iter().map(Arrival::from);
        let arrivals: Vec<_> = files.chain(sets.into_iter().map(Arrival::from)).collect();
        let is_first = matches!(part, DropPart::Whole | DropPart::First);
        let is_nothing = arrivals.is_empty() && n_other == 0 && issues.is_empty();
        self.act(|run| {
            if is_first && !is_nothing || !arrivals.is_empty() {
                run.add(arrivals, n_other, issues);
            } else {
                // What came before in this drop is what the run is about.
                run.note(n_other, issues);
            }
            match part {
                DropPart::First => run.expect_more(),
                DropPart::Last => run.expect_no_more(),
                DropPart::Whole | DropPart::Middle => {}
            }
        });
    }

    /// Makes the demo set and runs it in place of what was there.
    pub(crate) fn run_demo(self) {
        self.n_clears.update_value(|n| *n += 1);
        self.act(RunController::run_demo);
    }

    /// Stops at once. What is done stays.
    pub(crate) fn cancel(self) {
        self.act(RunController::cancel);
    }

    /// Goes on where it was stopped.
    pub(crate) fn resume(self) {
        self.act(RunController::resume);
    }

    /// Forgets all files; until other ones come [`Self::undo_clear`] brings them back.
    pub(crate) fn clear(self) {
        self.n_clears.update_value(|n| *n += 1);
        self.act(RunController::clear);
    }

    /// Takes back why it could not go on, which a person has read.
    pub(crate) fn dismiss_failure(self) {
        self.act(RunController::dismiss_failure);
    }

    /// Brings back what was cleared last.
    pub(crate) fn undo_clear(self) {
        self.n_clears.update_value(|n| *n += 1);
        self.act(RunController::undo_clear);
    }

    /// How often a person cleared it, which ends the walks through folders of before.
    pub(crate) fn n_clears(self) -> u32 {
        self.n_clears.get_value()
    }

    /// Does everything again by other rules; nothing if they are the present ones.
    pub(crate) fn set_mode(self, mode: Mode) {
        self.act(|run| run.set_mode(mode));
    }

    /// Leaves doubtful pairs out of all figures and files, or takes them in again.
    pub(crate) fn leave_out_doubtful(self, is_on: bool) {
        self.act(|run| run.leave_out_doubtful(is_on));
    }

    /// Says who made a difficulty; nobody where `mappers` is empty, what its files say where
    /// there are none. Only what comes out otherwise by it is compared again.
    pub(crate) fn set_owner(self, md5: &str, mappers: Option<Vec<String>>) {
        self.act(|run| run.set_owner(md5, mappers));
    }

    /// Takes what an opened result says of owners.
    pub(crate) fn add_owners(self, rows: &[OwnerRow]) {
        self.act(|run| run.add_owners(rows));
    }

    /// The first difficulties with these words in song, name, mapper or file, and how many
    /// there are.
    pub(crate) fn difficulties(self, words: &str, n_max: usize) -> (Vec<OwnedDifficulty>, usize) {
        let driver = self.driver.try_get_value();
        driver.map(|driver| driver.difficulties(words, n_max)).unwrap_or_default()
    }

    /// A song whose maps can be opened, by its name, with its files; `None` where no song of the
    /// plan is called so.
    pub(crate) fn offered_song(self, name: &str) -> Option<(OfferedSong, Vec<File>)> {
        self.driver.try_get_value()?.offered_song(name)
    }

    /// All songs of the plan, with its files; `None` without a plan.
    pub(crate) fn offered_run(self) -> Option<(OfferedRun, Vec<File>)> {
        self.driver.try_get_value()?.offered_run()
    }

    /// The encoder, with the file that its weights stand in, once it is loaded.
    pub(crate) fn offered_encoder(self) -> Option<(OfferedEncoder, File)> {
        self.driver.try_get_value()?.offered_encoder()
    }

    /// Keeps what is read from now on for the next visit, or deletes what is kept.
    pub(crate) fn set_keeping(self, is_on: bool) {
        self.act(|run| run.set_keeping(is_on));
    }

    /// Asks how much is kept, where anything is: the answer is part of the state.
    pub(crate) fn ask_kept(self) {
        self.act(RunController::ask_kept);
    }

    /// Deletes what is kept for the next visit.
    pub(crate) fn delete_kept(self) {
        self.act(RunController::delete_kept);
    }

    /// Computes latents with this encoder; with the file that it stands in,
    /// where the source is one.
    pub(crate) fn choose_encoder(self, source: EncoderSource, file: Option<File>) {
        self.act(|run| run.choose_encoder(source, file));
    }

    /// Says what is to compute latents, from the next encoder on.
    pub(crate) fn set_device(self, device: DeviceChoice) {
        self.act(|run| run.set_device(device));
    }

    /// Stops the latents at once. What is done stays.
    pub(crate) fn pause_latents(self) {
        self.act(RunController::pause_latents);
    }

    /// Goes on with the latents where they were stopped.
    pub(crate) fn resume_latents(self) {
        self.act(RunController::resume_latents);
    }

    /// Lets latents start by themselves with this encoder, once songs are compared.
    ///
    /// - `is_on`: a person's setting
    /// - `is_metered`: whether what is fetched costs the person, who is asked first then
    pub(crate) fn offer_encoder(self, source: EncoderSource, is_on: bool, is_metered: bool) {
        self.act(|run| {
            run.offer_encoder(source, is_metered);
            run.set_automatic_latents(is_on);
        });
    }

    /// Lets latents start by themselves, or not; what was started so stops, or goes on.
    pub(crate) fn set_automatic_latents(self, is_on: bool) {
        self.act(|run| run.set_automatic_latents(is_on));
    }

    /// Answers what [`EncoderState::Asking`] asks.
    pub(crate) fn answer_about_latents(self, is_wanted: bool) {
        self.act(|run| run.answer_about_latents(is_wanted));
    }

    fn act(self, action: impl FnOnce(&mut RunController<File>)) {
        // The driver lives as long as the page: there is always one.
        if let Some(driver) = self.driver.try_get_value() {
            driver.act(action);
        }
    }
}
