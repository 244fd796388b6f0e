//! The workers of the view, and the classifier that travels to them.

use carto_port::pool::{Script, WorkerPool, broken_text};
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
        let pool = |depth: usize, on_broken: fn(BeatmapsState)| {
            let script = || Script::named("carto-beatmaps-worker");
            WorkerPool::with_depth(depth, script, move |error: &JobError| {
                state.failure.set(broken_text(error));
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

/// A classifier as a file, which travels without being copied; `None` if the browser has
/// no room for it.
pub(crate) fn model_file(bytes: &[u8]) -> Option<File> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    File::new_with_u8_array_sequence(&parts, "model.classifier").ok()
}
