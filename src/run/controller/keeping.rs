//! What is kept for the next visit: whether anything is, how much, and that it goes.

use std::mem;

use carto_protocol::{AskKept, JobError, Kept};

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
    /// Keeps from now on; or nothing any more, and then what is kept is deleted.
    pub(super) fn set(&mut self, is_on: bool) {
        let was_on = mem::replace(&mut self.is_on, is_on);
        if was_on && !is_on {
            self.delete();
        }
        self.ask_size();
    }

    /// How much is kept has changed.
    pub(super) fn ask_size(&mut self) {
        if self.is_on && self.wanted.is_none() {
            self.wanted = Some(AskKept { is_deleted: false });
        }
    }

    /// All that is kept is to go.
    pub(super) fn delete(&mut self) {
        self.wanted = Some(AskKept { is_deleted: true });
    }

    /// The next question, which a worker now has.
    pub(super) fn take_wanted(&mut self) -> Option<AskKept> {
        let call = self.wanted.take()?;
        self.in_work = Some(call.clone());
        Some(call)
    }

    /// A worker has answered.
    pub(super) fn on_reply(&mut self, reply: Result<Kept, JobError>) {
        self.in_work = None;
        self.kept = Some(reply.unwrap_or_else(|error| Kept {
            n_bytes: self.kept.as_ref().map_or(0, |kept| kept.n_bytes),
            problem: Some(error.to_string()),
        }));
    }

    /// The worker is gone: what it was asked is asked again.
    pub(super) fn release(&mut self) {
        let unanswered = self.in_work.take();
        self.wanted = self.wanted.take().or(unanswered);
    }
}
