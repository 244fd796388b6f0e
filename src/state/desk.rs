//! The worker of results: its jobs, and where their answers go.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};
use std::sync::Arc;

use carto_pool::{Job, PoolEvent, WorkerPool};
use carto_protocol::{JobError, JobId, Request, Response, encode};
use carto_types::{Refreshed, ShownResult};
use leptos::prelude::*;
use web_sys::File;

use super::results::{Asked, Opened, Signals};
use crate::program::Program;

/// What a job's answer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To be shown in the first view.
    Open,
    /// To be laid over what is shown.
    Beside,
    /// To be held against the bundled figures.
    Refresh,
    /// To be saved.
    Export,
    /// To be sent.
    Link,
    /// To be read.
    Differences,
    /// Part D of one's own.
    CrossValidation,
}

/// Gives the worker of results its jobs and takes its answers.
pub(super) struct Desk {
    pool: WorkerPool<Response>,
    next_id: Cell<JobId>,
    purposes: RefCell<BTreeMap<JobId, Purpose>>,
    signals: Signals,
}

impl Desk {
    pub(super) fn new(signals: Signals) -> Rc<Self> {
        Rc::new_cyclic(|me: &Weak<Self>| {
            let me = me.clone();
            let told = move |event| {
                if let Some(desk) = me.upgrade() {
                    desk.on_event(event);
                }
            };
            let pool = WorkerPool::new(|| Program::Results.script(), told);
            // One thing at a time is quick enough, and answers come in order.
            pool.set_limit(Some(1));
            Self { pool, next_id: Cell::new(1), purposes: RefCell::default(), signals }
        })
    }

    pub(super) fn ask(
        &self,
        purpose: Purpose,
        files: Vec<File>,
        request: impl FnOnce(JobId) -> Request,
    ) {
        let id = self.next_id.get();
        self.next_id.set(id + 1);
        self.forget(purpose);
        self.purposes.borrow_mut().insert(id, purpose);
        match encode(&request(id)) {
            Ok(bytes) => self.pool.submit(Job { id, bytes, files, is_urgent: false }),
            Err(_) => self.fail(id, &JobError::BadMessage.to_string()),
        }
    }

    /// Nobody waits any more for an answer to what was asked last.
    pub(super) fn forget(&self, purpose: Purpose) {
        self.purposes.borrow_mut().retain(|_, asked| *asked != purpose);
    }

    /// Answers to what was asked last; all others come too late.
    fn on_event(&self, event: PoolEvent<Response>) {
        match event {
            PoolEvent::Answer(Response::ResultOpened { job_id, opened }) => {
                self.on_opened(job_id, opened);
            }
            PoolEvent::Answer(Response::PublishedRefreshed { job_id, found })
                if self.finish(job_id).is_some() =>
            {
                self.signals.refresh.set(asked(found.map(|Refreshed { changes, shown, json }| {
                    self.signals.live.set(Some(Arc::new(Opened { shown, json })));
                    changes
                })));
            }
            PoolEvent::Answer(Response::CrossValidationRead { job_id, part })
                if self.finish(job_id).is_some() =>
            {
                self.signals.cross_validation.set(Some(part));
            }
            PoolEvent::Answer(Response::ResultExported { job_id, files })
                if self.finish(job_id).is_some() =>
            {
                self.signals.export.set(asked(files));
            }
            PoolEvent::Answer(Response::LinkMade { job_id, fragment })
                if self.finish(job_id).is_some() =>
            {
                self.signals.link.set(asked(fragment));
            }
            PoolEvent::Answer(Response::ResultsCompared { job_id, part })
                if self.finish(job_id).is_some() =>
            {
                self.signals.differences.set(asked(part));
            }
            PoolEvent::Answer(Response::Failed { job_id: Some(job_id), error }) => {
                self.fail(job_id, &error.to_string());
            }
            PoolEvent::Broken { error } => {
                let waiting: Vec<JobId> = self.purposes.borrow().keys().copied().collect();
                waiting.into_iter().for_each(|job_id| self.fail(job_id, &error.to_string()));
            }
            PoolEvent::Answer(_) => {}
        }
    }

    fn finish(&self, job_id: JobId) -> Option<Purpose> {
        self.purposes.borrow_mut().remove(&job_id)
    }

    fn on_opened(&self, job_id: JobId, opened: Result<(ShownResult, String), String>) {
        let signals = &self.signals;
        let opened = opened.map(|(shown, json)| Opened { shown, json });
        match (self.finish(job_id), opened) {
            (Some(Purpose::Open), Ok(opened)) => {
                signals.opened.set(Some(Arc::new(opened)));
                signals.opening.set(Asked::Done(()));
                self.forget(Purpose::Export);
                self.forget(Purpose::Link);
                signals.export.set(Asked::Not);
                signals.link.set(Asked::Not);
            }
            (Some(Purpose::Open), Err(why)) => signals.opening.set(Asked::Failed(why)),
            (Some(Purpose::Beside), Ok(opened)) => {
                signals.beside.set(Some(Arc::new(opened)));
                signals.laying.set(Asked::Done(()));
            }
            (Some(Purpose::Beside), Err(why)) => signals.laying.set(Asked::Failed(why)),
            _ => {}
        }
    }

    fn fail(&self, job_id: JobId, why: &str) {
        let why = why.to_owned();
        let signals = &self.signals;
        match self.finish(job_id) {
            Some(Purpose::Open) => signals.opening.set(Asked::Failed(why)),
            Some(Purpose::Beside) => signals.laying.set(Asked::Failed(why)),
            Some(Purpose::Refresh) => signals.refresh.set(Asked::Failed(why)),
            Some(Purpose::Export) => signals.export.set(Asked::Failed(why)),
            Some(Purpose::Link) => signals.link.set(Asked::Failed(why)),
            Some(Purpose::Differences) => signals.differences.set(Asked::Failed(why)),
            Some(Purpose::CrossValidation) => signals.cross_validation.set(Some(Err(why))),
            None => {}
        }
    }
}

fn asked<T>(answer: Result<T, String>) -> Asked<T> {
    answer.map_or_else(Asked::Failed, Asked::Done)
}
