//! The pool of workers: takes jobs, gives answers, survives panics.
//!
//! [`scheduler`] decides and touches no browser; [`WorkerPool`] carries out
//! what it decides; [`worker`] is one worker and the news of it.

mod program;
mod scheduler;
#[cfg(test)]
mod scheduler_tests;
mod worker;
mod workers;

pub(crate) use program::Program;
pub(crate) use workers::{Job, PoolEvent, WorkerPool};
