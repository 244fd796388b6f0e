//! The pool of workers: takes jobs, gives answers, survives panics.
//!
//! `scheduler` decides and touches no browser; [`WorkerPool`] carries out what it
//! decides; `worker` is one worker and the news of it. What is asked and answered is
//! up to the page and its worker: anything that is a [`carto_protocol::Answer`].

mod address;
mod scheduler;
#[cfg(test)]
mod scheduler_tests;
mod worker;
mod workers;

pub use address::absolute;
pub use worker::{Script, lost};
pub use workers::{Job, PoolEvent, WorkerPool};
