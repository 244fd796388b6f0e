//! What the view asks of the encoder's worker: the latents of a pair, and how much they agree on a
//! stretch. The worker starts when latents are shown first.

use std::rc::Rc;
use std::sync::Arc;

use carto_port::pool::{
    Job, Script, WorkerPool, broken_text, encoder_program, flat_reply, no_progress,
};
use carto_protocol::{
    EncodeStrips, EncodedStrips, EncoderRequest, JobError, LatentsOfStretch, OpenedPair,
};
use carto_types::OfferedEncoder;
use carto_ui::{PendingRequest, RequestState};
use leptos::prelude::*;
use web_sys::File;

use crate::latent_state::{Computed, LatentState};
use crate::latent_words::computed_text;
use crate::state::SongState;

/// What the latents that are shown, or on their way, are made of.
#[derive(Debug, Clone, Default)]
struct Source {
    pair: Option<Arc<OpenedPair>>,
    encoder: Option<OfferedEncoder>,
}

impl Source {
    /// Whether another one has the same latents.
    fn is_same(&self, other: &Self) -> bool {
        let is_same_pair = match (&self.pair, &other.pair) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        let is_same_encoder = match (&self.encoder, &other.encoder) {
            (Some(one), Some(other)) => one.is_same(other),
            (one, other) => one.is_none() && other.is_none(),
        };
        is_same_pair && is_same_encoder
    }
}

/// Computes latents of the pair that is shown. A handle that can be copied anywhere.
#[derive(Clone, Copy)]
pub(crate) struct LatentClient {
    song: SongState,
    state: LatentState,
    pool: StoredValue<Rc<WorkerPool<EncoderRequest>>, LocalStorage>,
    weights: StoredValue<Option<File>, LocalStorage>,
    source: StoredValue<Source>,
}

impl LatentClient {
    /// A client without a worker.
    pub(crate) fn new(song: SongState) -> Self {
        let state = song.latents;
        let script = || Script::named(encoder_program());
        let pool = WorkerPool::new(script, move |error: &JobError| {
            state.computed.set(RequestState::Failed(broken_text(error)));
        });
        pool.set_limit(Some(1));
        let client = Self {
            song,
            state,
            pool: StoredValue::new_local(Rc::new(pool)),
            weights: StoredValue::new_local(None),
            source: StoredValue::new(Source::default()),
        };
        Effect::new(move || client.follow());
        Effect::new(move || client.ask_here());
        client
    }

    /// Takes the encoder of the run, with the file of its weights.
    pub(crate) fn offer(self, offered: Option<(OfferedEncoder, File)>) {
        let (encoder, weights) = offered.unzip();
        self.weights.set_value(weights);
        if self.state.encoder.with_untracked(|before| *before != encoder) {
            self.state.encoder.set(encoder);
        }
    }

    /// Stops the computation.
    pub(crate) fn stop(self) {
        self.state.is_stopped.set(true);
    }

    /// Computes them, after a stop or a failure.
    pub(crate) fn start(self) {
        self.state.computed.set(RequestState::Idle);
        self.state.is_stopped.set(false);
    }

    /// Computes the latents that are to be shown, and gives up those that are not.
    fn follow(self) {
        let Self { song, state, .. } = self;
        let now = Source { pair: song.opened(), encoder: state.encoder.get() };
        let is_other = self.source.with_value(|before| !before.is_same(&now));
        if is_other {
            self.give_up();
            state.is_stopped.set(false);
            self.source.set_value(now.clone());
        }
        let is_wanted =
            state.choice.get().is_some() && song.is_shown.get() && !state.is_stopped.get();
        let is_idle = state.computed.with(|it| matches!(it, RequestState::Idle));
        let is_pending = state.computed.with(RequestState::is_pending);
        match (is_wanted, now.pair, now.encoder) {
            (true, Some(pair), Some(encoder)) if is_idle => self.compute(&pair, encoder),
            (false, ..) if is_pending => self.give_up(),
            _ => {}
        }
    }

    /// Nothing of the latents is there or on its way any more.
    fn give_up(self) {
        let state = self.state;
        self.pool.get_value().cancel_all();
        state.computed.set(RequestState::Idle);
        state.progress.set(None);
        state.here.set(None);
    }

    fn compute(self, pair: &OpenedPair, encoder: OfferedEncoder) {
        let state = self.state;
        let Some(weights) = self.weights.get_value() else { return };
        let request = PendingRequest::begin(state.computed);
        let call = EncodeStrips {
            first_frame: pair.strips.first_frame,
            signals: pair.strips.maps.each_ref().map(|map| map.values.clone()),
            weights_sha256: encoder.facts.weights_sha256.clone(),
            device: encoder.device,
        };
        let on_progress = move |tile| state.progress.set(Some(tile));
        let on_end = move |reply: Result<Result<EncodedStrips, String>, JobError>| {
            if !request.is_wanted() {
                return;
            }
            state.progress.set(None);
            let found = flat_reply(reply).map(|encoded| {
                let facts = encoder.facts.clone();
                Arc::new(Computed { facts, encoded: Arc::new(encoded) })
            });
            if let Ok(computed) = &found {
                self.song.announcement.set(computed_text(&computed.encoded.latents));
            }
            request.end(found);
        };
        let job = Job::new(call, vec![weights]);
        self.pool.get_value().submit(job, on_progress, on_end);
    }

    /// Agreement follows what is visible once that rests.
    fn ask_here(self) {
        let Self { song, state, .. } = self;
        let visible = song.settled.get();
        let Some(computed) = state.computed() else { return };
        if state.choice.with(Option::is_none) || visible.length_ms() <= 0.0 {
            return;
        }
        let key = computed.encoded.key.clone();
        let call = LatentsOfStretch { key, from_ms: visible.from_ms, to_ms: visible.to_ms };
        let on_end = move |reply: Result<Result<_, String>, JobError>| {
            let is_it = |it: &RequestState<Arc<Computed>>| matches!(it, RequestState::Ready(now) if Arc::ptr_eq(now, &computed));
            if song.settled.get_untracked() != visible || !state.computed.with_untracked(is_it) {
                return;
            }
            match flat_reply(reply) {
                Ok(here) => state.here.set(Some(here)),
                // The worker has lost them: they can be computed again.
                Err(why) => state.computed.set(RequestState::Failed(why)),
            }
        };
        let job = Job::new(call, Vec::new());
        self.pool.get_value().submit(job, no_progress, on_end);
    }
}

/// The client of the latents.
pub(crate) fn use_latents() -> LatentClient {
    expect_context::<LatentClient>()
}
