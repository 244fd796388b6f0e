//! What is kept for the next visit: whether anything is, how much, and that it goes.

use std::mem;

use carto_protocol::{AnalysisRequest, AskKept, JobError, Kept};

use super::command::{AnalysisCommand, Command, JobId};
use super::run::{Demo, RunController, Work};

/// Whether replies are kept, and what is known of those that are.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    /// Whether jobs from now on are to keep their replies.
    pub(super) is_on: bool,
    /// What was told last.
    pub(super) kept: Option<Kept>,
    /// The next question.
    wanted: Option<AskKept>,
    /// The question that a worker has.
    in_work: Option<AskKept>,
}

impl Keeping {
    /// How much is kept has changed.
    pub(super) fn ask_size(&mut self) {
        if self.is_on && self.wanted.is_none() {
            self.wanted = Some(AskKept { is_deleted: false });
        }
    }

    /// The worker is gone: what it was asked is asked again.
    pub(super) fn release(&mut self) {
        let unanswered = self.in_work.take();
        self.wanted = self.wanted.take().or(unanswered);
    }
}

impl<F> RunController<F> {
    /// Keeps what is read and compared from now on for the next visit; or nothing any more,
    /// and deletes what is kept.
    pub(crate) fn set_keeping(&mut self, is_on: bool) {
        let was_on = mem::replace(&mut self.keeping.is_on, is_on);
        if was_on && !is_on {
            self.delete_kept();
        }
        self.keeping.ask_size();
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
        self.keeping.wanted = Some(AskKept { is_deleted: true });
    }

    /// Whether what is read is kept for the next visit.
    pub(crate) fn is_keeping(&self) -> bool {
        self.keeping.is_on
    }

    /// What is kept, as far as that is known.
    pub(crate) fn kept(&self) -> Option<&Kept> {
        self.keeping.kept.as_ref()
    }

    /// A worker has told what is kept.
    pub(crate) fn on_kept(&mut self, job_id: JobId, reply: Result<Kept, JobError>) {
        let Some(Work::AskKept) = self.jobs.remove(&job_id) else { return };
        self.keeping.in_work = None;
        self.keeping.kept = Some(reply.unwrap_or_else(|error| Kept {
            n_bytes: self.keeping.kept.as_ref().map_or(0, |kept| kept.n_bytes),
            problem: Some(error.to_string()),
        }));
    }

    /// Whether the next job is to keep its reply: not that of the demo set, which is made
    /// anew each time.
    pub(super) fn is_kept(&self) -> bool {
        self.keeping.is_on && self.demo == Demo::No
    }
}

impl<F: Clone> RunController<F> {
    /// The next question about what is kept.
    pub(super) fn command_ask_kept(&mut self) -> Option<AnalysisCommand<F>> {
        let call = self.keeping.wanted.take()?;
        self.keeping.in_work = Some(call.clone());
        let command = self.command(Work::AskKept, AnalysisRequest::AskKept(call), Vec::new());
        Some(Command { is_urgent: true, ..command })
    }
}
