//! The workers of the view, and what its requests have in common.

use carto_port::pool::{Job, Script, WorkerPool};
use carto_protocol::{BeatmapsRequest, JobError};
use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use web_sys::File;

use crate::state::{BeatmapsState, RequestState};

/// The view's workers, all of one program.
pub(crate) struct Pools {
    /// Read files, as many at once as the machine can.
    pub(crate) readers: WorkerPool<BeatmapsRequest>,
    /// Classifies and explains: one worker is enough, and keeps the classifier in memory.
    pub(crate) classifier: WorkerPool<BeatmapsRequest>,
    /// Trains, beside the others.
    pub(crate) trainer: WorkerPool<BeatmapsRequest>,
}

impl Pools {
    /// Pools without workers; what none of them can do any more is told in the state.
    pub(crate) fn new(state: BeatmapsState) -> Self {
        // A worker that reads has the next files read while it computes.
        let script = || Script::named("carto-beatmaps-worker");
        let pool = |depth: usize, on_broken: fn(BeatmapsState)| {
            WorkerPool::with_depth(depth, script, move |error: &JobError| {
                state.failure.set(format!("{error}. Reload the page to try again."));
                on_broken(state);
            })
        };
        let pools = Self {
            readers: pool(2, |state| state.read.update(|read| read.n_all = read.n_done)),
            classifier: pool(1, |_| ()),
            trainer: pool(1, |state| state.trained.set(RequestState::Idle)),
        };
        pools.classifier.set_limit(Some(1));
        pools.trainer.set_limit(Some(1));
        pools
    }
}

/// A call that waits for its turn.
pub(crate) fn job<C>(call: C, files: Vec<File>) -> Job<C> {
    Job { call, files, is_urgent: false }
}

/// A reply, or in words why there is none.
pub(crate) fn in_words<T>(reply: Result<Result<T, String>, JobError>) -> Result<T, String> {
    reply.unwrap_or_else(|error| Err(error.to_string()))
}

/// Shows a reply, unless something else was asked for since.
pub(crate) fn settle<T: Send + Sync + 'static>(
    state: RwSignal<RequestState<T>>,
    number: u32,
    reply: Result<T, String>,
) {
    if state.with_untracked(|state| state.is_pending(number)) {
        state.set(reply.into());
    }
}

/// A classifier as a file, which travels without being copied; `None` if the browser has
/// no room for it.
pub(crate) fn model_file(bytes: &[u8]) -> Option<File> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    File::new_with_u8_array_sequence(&parts, "model.classifier").ok()
}
