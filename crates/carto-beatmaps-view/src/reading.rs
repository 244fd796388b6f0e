//! Reading and classifying of maps: jobs for the workers, and how their replies come to be
//! shown.

use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use carto_port::pool::{Job, WorkClock, flat_reply, no_progress};
use carto_protocol::{ClassifyMaps, JobError, ReadMaps};
use carto_types::{Cause, Issue, MapsRead, Mods, SourceFiles};
use leptos::prelude::*;
use web_sys::File;

use crate::queue::{Unshown, Waiting, take_batch};
use crate::rows::{Prediction, Row};
use crate::state::{BeatmapsState, ReadProgress};
use crate::workers::Pools;

/// Maps that are classified in one job: a few hundred, so that replies come soon.
const CLASSIFIED_AT_ONCE: usize = 200;

/// Time between two drawings while files are read, unless drawing takes long.
const SHOW_EVERY_MS: f64 = 400.0;

/// The share of time that drawing may take while files are read: a person sorts and types
/// meanwhile.
const DRAWING_SHARE: f64 = 0.1;

/// What waits, what is read, and what was read. A handle that can be copied anywhere.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    state: BeatmapsState,
    pools: StoredValue<Rc<Pools>, LocalStorage>,
    /// The file of the classifier in use, which travels with every job.
    pub(crate) model_file: StoredValue<Option<File>, LocalStorage>,
    waiting: StoredValue<VecDeque<Waiting>, LocalStorage>,
    is_pump_due: StoredValue<bool>,
    unshown: StoredValue<Unshown>,
    is_show_due: StoredValue<bool>,
    /// When the view may be drawn next, in milliseconds of the page's clock.
    show_at_ms: StoredValue<f64>,
    clock: StoredValue<WorkClock>,
    /// Files read, shown or not.
    n_done: StoredValue<usize>,
    /// Jobs that read and are not done.
    n_in_work: StoredValue<usize>,
}

impl Reading {
    pub(crate) fn new(state: BeatmapsState, pools: StoredValue<Rc<Pools>, LocalStorage>) -> Self {
        Self {
            state,
            pools,
            model_file: StoredValue::new_local(None),
            waiting: StoredValue::new_local(VecDeque::new()),
            is_pump_due: StoredValue::new(false),
            unshown: StoredValue::default(),
            is_show_due: StoredValue::new(false),
            show_at_ms: StoredValue::new(0.0),
            clock: StoredValue::default(),
            n_done: StoredValue::new(0),
            n_in_work: StoredValue::new(0),
        }
    }

    /// Reads a source when its turn comes.
    pub(crate) fn add(self, source: SourceFiles, files: Vec<File>) {
        let is_first = !self.state.read.with_untracked(ReadProgress::is_reading);
        let n_done = self.n_done.get_value();
        if is_first {
            self.waiting.set_value(VecDeque::new());
            self.clock.update_value(|clock| clock.set_running(true, now_ms() / 1000.0));
            self.note_pace();
        }
        self.state.read.update(|read| {
            read.n_all = if is_first { n_done } else { read.n_all } + 1;
        });
        let waits = Waiting { source, files, is_alone: false, is_suspect: false };
        self.waiting.update_value(|waiting| waiting.push_back(waits));
        // Files come one by one; those of one moment are shared out together.
        if !replace(self.is_pump_due, true) {
            set_timeout(
                move || {
                    if self.is_pump_due.try_set_value(false).is_none() {
                        self.pump();
                    }
                },
                Duration::ZERO,
            );
        }
    }

    /// Leaves the rest unread; what is read stays.
    pub(crate) fn stop(self) {
        self.cancel();
        self.show();
        let n_done = self.n_done.get_value();
        self.state.read.set(ReadProgress { n_done, n_all: n_done, per_s: None });
    }

    /// Leaves the rest unread, and forgets what was read and is not shown yet.
    pub(crate) fn forget(self) {
        self.cancel();
        self.unshown.set_value(Unshown::default());
        self.n_done.set_value(0);
        self.state.read.set(ReadProgress::default());
    }

    fn cancel(self) {
        self.pools.get_value().readers.cancel_all();
        self.n_in_work.set_value(0);
        self.waiting.set_value(VecDeque::new());
        self.clock.update_value(|clock| clock.set_running(false, now_ms() / 1000.0));
    }

    /// Gives the workers what they have room for.
    fn pump(self) {
        let pools = self.pools.get_value();
        while pools.readers.room() > 0 {
            let n_jobs = pools.readers.room();
            let n_in_work = self.n_in_work.get_value();
            let batch =
                self.waiting.try_update_value(|waiting| take_batch(waiting, n_jobs, n_in_work));
            let Some(batch) = batch.filter(|batch| !batch.is_empty()) else { return };
            let sources = batch.iter().map(|one| one.source.clone()).collect();
            let files = batch.iter().flat_map(|one| one.files.clone()).collect();
            let call = ReadMaps { sources };
            self.n_in_work.set_value(n_in_work + 1);
            pools.readers.submit(Job::new(call, files), no_progress, move |reply| {
                self.n_in_work.update_value(|n| *n = n.saturating_sub(1));
                self.on_read(batch, reply);
                self.pump();
            });
        }
    }

    fn on_read(self, batch: Vec<Waiting>, reply: Result<Vec<MapsRead>, JobError>) {
        match reply {
            // One of them broke the worker, or one of another job: the others lose nothing by it.
            Err(_) if batch.iter().any(|one| !one.is_suspect) => {
                return self.waiting.update_value(|waiting| match batch.len() {
                    1 => waiting.extend(batch.into_iter().map(|one| Waiting {
                        is_alone: true,
                        is_suspect: true,
                        ..one
                    })),
                    _ => {
                        for one in batch.into_iter().rev() {
                            waiting.push_front(Waiting { is_alone: true, ..one });
                        }
                    }
                });
            }
            Err(error) => {
                let failed = |name: &str| {
                    let issue = Issue::skipped(name, Cause::WorkerFailed, error.to_string());
                    MapsRead { issues: vec![issue], ..MapsRead::default() }
                };
                for one in &batch {
                    self.take(&one.source.path, failed(&one.source.path));
                }
            }
            Ok(read) => {
                let names = batch.iter().map(|one| &one.source.path);
                let rows = names.zip(read).flat_map(|(name, read)| self.take(name, read));
                self.classify(&rows.collect::<Vec<_>>());
            }
        }
        self.n_done.update_value(|n_done| *n_done += batch.len());
        self.note_pace();
        self.show_soon();
    }

    fn take(self, name: &str, read: MapsRead) -> Vec<Row> {
        self.unshown.try_update_value(|unshown| unshown.add_file(name, read)).unwrap_or_default()
    }

    /// Asks for the label probabilities of these rows; of none without a classifier.
    pub(crate) fn classify(self, rows: &[Row]) {
        let model_id = self.state.model.with_untracked(|model| model.as_ref().map(|it| it.id));
        let Some(model_id) = model_id else { return };
        let readable: Vec<&Row> = rows.iter().filter(|row| !row.map.numbers.is_empty()).collect();
        for rows in readable.chunks(CLASSIFIED_AT_ONCE) {
            let keys: Vec<u32> = rows.iter().map(|row| row.key).collect();
            let rows = rows.iter().flat_map(|row| row.map.numbers.clone()).collect();
            self.pools.get_value().classifier.submit(
                Job::new(ClassifyMaps { model_id, rows }, self.model_files()),
                no_progress,
                move |reply| match flat_reply(reply) {
                    Ok(found) if self.state.is_in_use(model_id) => {
                        self.note(model_id, &keys, found);
                    }
                    Ok(_) => {}
                    Err(why) => self.state.failure.set(why),
                },
            );
        }
    }

    /// The classifier's file as a job takes it.
    pub(crate) fn model_files(self) -> Vec<File> {
        self.model_file.with_value(|file| file.iter().cloned().collect())
    }

    /// Notes label probabilities by a classifier, three lists for each row.
    fn note(self, model_id: u32, keys: &[u32], mut found: Vec<Vec<f64>>) {
        self.unshown.update_value(|unshown| {
            for &key in keys {
                let rest = found.split_off(Mods::ALL.len().min(found.len()));
                let probabilities = std::mem::replace(&mut found, rest);
                unshown.add_prediction(key, Prediction { model_id, probabilities });
            }
        });
        self.show_soon();
    }

    /// Has the view drawn as soon as it may be.
    fn show_soon(self) {
        if replace(self.is_show_due, true) {
            return;
        }
        let wait_ms = (self.show_at_ms.get_value() - now_ms()).max(0.0);
        set_timeout(
            move || {
                if self.is_show_due.try_set_value(false).is_none() {
                    self.show();
                }
            },
            Duration::from_millis(wait_ms as u64),
        );
    }

    /// Shows what came since it was drawn last.
    pub(crate) fn show(self) {
        let began_ms = now_ms();
        let unshown = self.unshown.try_update_value(std::mem::take).unwrap_or_default();
        unshown.show(self.state);
        let n_done = self.n_done.get_value();
        let per_s = self.clock.with_value(|clock| clock.per_s(began_ms / 1000.0));
        self.state.read.update(|read| (read.n_done, read.per_s) = (n_done, per_s));
        if !self.state.read.with_untracked(ReadProgress::is_reading) {
            self.clock.update_value(|clock| clock.set_running(false, began_ms / 1000.0));
        }
        self.show_at_ms.set_value(began_ms + SHOW_EVERY_MS);
        // All that follows from it is drawn before the next task.
        set_timeout(
            move || {
                let took_ms = now_ms() - began_ms;
                let next_ms = began_ms + (took_ms / DRAWING_SHARE).max(SHOW_EVERY_MS);
                let _ = self.show_at_ms.try_set_value(next_ms);
            },
            Duration::ZERO,
        );
    }

    fn note_pace(self) {
        let n_done = self.n_done.get_value();
        self.clock.update_value(|clock| clock.note(n_done, now_ms() / 1000.0));
    }
}

/// The value of before.
fn replace(flag: StoredValue<bool>, value: bool) -> bool {
    flag.try_update_value(|flag| std::mem::replace(flag, value)).unwrap_or(value)
}

pub(crate) fn now_ms() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}
